"""The guidelines under consultation, as written in reStructuredText: blocks for the tests alone."""

import re
from collections.abc import Iterator
from pathlib import Path

from ordito.texts.engine.blocks import Block, Cell
from ordito.texts.engine.model import Kind, Number, Style

DATA = Path(__file__).parents[4] / "shared" / "data" / "texts" / "agid_reuse"
OLD, NEW = DATA / "1_open_2018-04-11", DATA / "3_after_comments_2018-06-18"
UNDERLINE = re.compile(r"([=\-~^\"'+*])\1{3,}$")
ITEM = re.compile(r"(\s*)(?:([-*])|(\d+|#|[a-z])[.)])\s+(?=\S)")
INLINE = (
    (re.compile(r":\w+:`([^`<]*?)\s*(?:<[^`]*>)?`"), r"\1"),
    (re.compile(r"`([^`<]*?)\s*(?:<[^`]*>)?`_*"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"\1"),
    (re.compile(r"\*([^*\s][^*]*)\*"), r"\1"),
    (re.compile(r"\\(.)"), r"\1"),
)


def read_guidelines(root: Path) -> list[Block]:
    """The pages of a state of the guidelines in the order of their tables of contents."""
    blocks: list[Block] = []
    for depth, page in _pages(root / "index.rst", 0):
        place = str(page.relative_to(root))
        blocks += _page(page.read_text(), depth, place)
    return blocks


def _pages(page: Path, depth: int) -> Iterator[tuple[int, Path]]:
    yield depth, page
    for name in re.findall(r"^\s+(?:.*<)?([\w/-]+\.rst)>?$", page.read_text(), re.MULTILINE):
        if (page.parent / name).exists():
            yield from _pages(page.parent / name, depth + 1)


def _page(text: str, depth: int, place: str) -> Iterator[Block]:
    levels: list[str] = []
    for number, lines in _chunks(text):
        where = f"{place}:{number}"
        if len(lines) >= 2 and UNDERLINE.fullmatch(lines[1].strip()):
            sign = lines[1].strip()[0]
            if sign not in levels:
                levels.append(sign)
            del levels[levels.index(sign) + 1 :]
            level = depth + len(levels)
            yield Block(Kind.HEADING, _plain(lines[0]), level, place=where)
            lines = lines[2:]
        if lines and lines[0].startswith("+-"):
            yield Block(Kind.TABLE, place=where, rows=tuple(_rows(lines)))
        elif lines:
            yield from _texts(lines, where)


def _chunks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Stretches without blank lines, less directives, their options, and targets."""
    begun, lines, skipping = 0, list[str](), False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith(".. "):
            skipping = "note::" not in line and "admonition::" not in line
            continue
        skipping = skipping and (not line.strip() or line.startswith(" "))
        if skipping:
            continue
        if line.strip():
            begun = begun if lines else number
            lines.append(line)
        elif lines:
            yield begun, lines
            lines = []


def _texts(lines: list[str], place: str) -> Iterator[Block]:
    """The paragraph or the list items of a chunk."""
    gathered: list[str] = []
    head: re.Match[str] | None = None
    for line in lines:
        found = ITEM.match(line)
        if found and gathered:
            yield _text(gathered, head, place)
            gathered = []
        if found or not gathered:
            head = found
        gathered.append((line[found.end() :] if found else line).strip().removeprefix("|").strip())
    yield _text(gathered, head, place)


def _text(lines: list[str], head: re.Match[str] | None, place: str) -> Block:
    text = _plain(" ".join(lines))
    if head is None:
        return Block(Kind.PARA, text, place=place)
    style = Style.BULLET if head[2] else Style.DECIMAL
    depth = 1 + min(len(head[1]) // 3, 3)
    return Block(Kind.LIST_ITEM, text, depth, Number(style), place=place)


def _rows(lines: list[str]) -> Iterator[tuple[Cell, ...]]:
    texts: list[str] = []
    for line in lines[1:]:
        if line.startswith("+"):
            yield tuple(Cell(_plain(" ".join(text.split()))) for text in texts)
            texts = []
            continue
        parts = line.strip().strip("|").split("|")
        texts = texts or [""] * len(parts)
        texts = [f"{old} {new}" for old, new in zip(texts, parts, strict=False)]


def _plain(text: str) -> str:
    for pattern, what in INLINE:
        text = pattern.sub(what, text)
    return text.strip()
