"""The shortest edit between two sequences (Myers 1986, greedy), within a bound on its length."""

from collections.abc import Sequence

Run = tuple[int, int, int]  # start in the first, start in the second, length


def common_runs(first: Sequence[object], second: Sequence[object], bound: int) -> list[Run] | None:
    """The runs that both sequences share along a shortest edit, in order.

    bound   the most insertions and deletions looked for. Time is in the order of the length plus
            the square of the differences, memory of the square alone: the bound keeps both.

    Returns None when the edit is longer than the bound.
    Source: E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1, 1986.
    """
    head = _common_head(first, second)
    tail = _common_head(first[head:][::-1], second[head:][::-1])
    end_a, end_b = len(first) - tail, len(second) - tail
    middle = _middle(first[head:end_a], second[head:end_b], bound)
    if middle is None:
        return None
    runs = [(0, 0, head), *((a + head, b + head, n) for a, b, n in middle), (end_a, end_b, tail)]
    return [run for run in runs if run[2]]


def _common_head(first: Sequence[object], second: Sequence[object]) -> int:
    for count, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return count
    return min(len(first), len(second))


def _middle(a: Sequence[object], b: Sequence[object], bound: int) -> list[Run] | None:
    if not a or not b:
        return [] if len(a) + len(b) <= bound else None
    numbers: dict[object, int] = {}
    left = [numbers.setdefault(item, len(numbers)) for item in a]
    right = [numbers.setdefault(item, len(numbers)) for item in b]
    steps = _search(left, right, bound)
    return None if steps is None else _walk_back(steps, len(left), len(right))


def _search(a: list[int], b: list[int], bound: int) -> list[list[int]] | None:
    """The furthest reach on each diagonal, for each number of differences up to the end."""
    n, m = len(a), len(b)
    a, b = [*a, -1], [*b, -2]  # never equal: the snake stops by itself
    reach, steps = {1: 0}, []
    for d in range(min(bound, n + m) + 1):
        low, high = -d + 2 * max(0, d - m), d - 2 * max(0, d - n)
        row = []
        for k in range(low, high + 1, 2):
            down, right = reach.get(k + 1, -1), reach.get(k - 1, -1)
            x = down if k == -d or (k != d and right < down) else right + 1
            y = x - k
            while a[x] == b[y]:
                x += 1
                y += 1
            reach[k] = x
            row.append(x)
            if x >= n and y >= m:
                return [*steps, row]
        steps.append(row)
    return None
