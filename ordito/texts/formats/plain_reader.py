"""A plain text as blocks, by its blank lines and the numbers at the head of its lines."""

from collections.abc import Iterator

from ordito.texts.engine.blocks import Block
from ordito.texts.engine.model import Kind
from ordito.texts.engine.numbering import typed_number

TITLE_LENGTH = 100


def read_plain(text: str) -> list[Block]:
    """Paragraphs are separated by blank lines; a line that begins with a number or a bullet
    opens one of its own; a line in capitals that stands alone is a heading."""
    return [_block(number, lines) for number, lines in _paragraphs(text)]


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    begun, lines = 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        opens = typed_number(line.strip(), Kind.PARA) is not None
        if lines and (opens or not line.strip()):
            yield begun, lines
            lines = []
        if line.strip():
            begun = number if not lines else begun
            lines.append(line.strip())
    if lines:
        yield begun, lines


def _block(number: int, lines: list[str]) -> Block:
    text = " ".join(lines)
    is_title = len(lines) == 1 and text.isupper() and 3 < len(text) <= TITLE_LENGTH
    is_title = is_title and typed_number(text, Kind.PARA) is None
    kind, level = (Kind.HEADING, 1) if is_title else (Kind.PARA, 0)
    return Block(kind, text, level, place=f"line:{number}")
