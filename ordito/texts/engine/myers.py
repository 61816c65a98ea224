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
    """The furthest reach on each diagonal -d, -d + 2, ... d, for each d up to the end.

    A reach past an edge does no harm: from there no path comes back, and the first to arrive at
    the corner is inside.
    """
    n, m = len(a), len(b)
    steps: list[list[int]] = []
    before = [0]
    for d in range(min(bound, n + m) + 1):
        row = []
        for place in range(d + 1):
            k = 2 * place - d
            if place == 0:
                x = before[0] if d else 0
            elif place == d or before[place] <= before[place - 1]:
                x = before[place - 1] + 1
            else:
                x = before[place]
            y = x - k
            while x < n and y < m and a[x] == b[y]:
                x += 1
                y += 1
            row.append(x)
        steps.append(row)
        if (n - m + d) % 2 == 0 and abs(n - m) <= d and row[(n - m + d) // 2] >= n:
            return steps
        before = row
    return None


def _walk_back(steps: list[list[int]], x: int, y: int) -> list[Run]:
    runs: list[Run] = []
    for d in range(len(steps) - 1, 0, -1):
        before, place = steps[d - 1], (x - y + d) // 2
        came_down = place == 0 or (place != d and before[place - 1] < before[place])
        start = before[place] if came_down else before[place - 1] + 1
        if x > start:
            runs.append((start, start - (x - y), x - start))
        x, y = (start, start - (x - y) - 1) if came_down else (start - 1, start - (x - y))
    return runs[::-1]
