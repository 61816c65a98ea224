"""A Markdown text (CommonMark, with tables) as blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ordito.texts.engine.blocks import DEPTH_LIMIT, Block, Cell
from ordito.texts.engine.model import Kind, Number, Style
from ordito.texts.engine.numbering import typed_number
from ordito.texts.formats.refusals import Refusal, Refused
from ordito.texts.formats.runs import Runs

MARKS = {"strong": "bold", "em": "italic", "s": "strike"}
NESTING = 6 * DEPTH_LIMIT  # tokens deep, before the parser leaves text out without a word


def read_markdown(text: str) -> list[Block]:
    """The headings, paragraphs, lists and tables of a text. Raises Refused."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING})
    tokens = parser.enable(["table", "strikethrough"]).parse(text)
    deepest = max(tokens, key=lambda token: token.level, default=None)
    if deepest and deepest.level >= NESTING - 2:
        line = deepest.map[0] + 1 if deepest.map else 1
        raise Refused(Refusal.TOO_DEEP, f"line:{line}", str(DEPTH_LIMIT))
    return list(_Reader().read(tokens))


@dataclass
class _Reader:
    lists: list[list[int | Style]] = field(default_factory=list)  # style and next value, by depth
    heading: int = 0
    rows: list[list[Cell]] | None = None
    is_fresh: bool = False  # the next paragraph is the first of its item
    n_tables: int = 0

    def read(self, tokens: list[Token]) -> Iterator[Block]:
        line = 0
        for token in tokens:
            line = token.map[0] + 1 if token.map else line
            if token.type == "inline":
                yield from self._inline(token, line)
            elif token.type in ("code_block", "fence", "html_block"):
                yield Block(Kind.PARA, _bare(token), place=f"line:{line}")
            else:
                yield from self._frame(token, line)

    def _frame(self, token: Token, line: int) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "bullet_list_open" | "ordered_list_open":
                style = Style.BULLET if token.tag == "ul" else Style.DECIMAL
                self.lists.append([style, int(token.attrs.get("start", 1))])
                if len(self.lists) > DEPTH_LIMIT:
                    raise Refused(Refusal.TOO_DEEP, f"line:{line}", str(DEPTH_LIMIT))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.is_fresh = True
            case "table_open":
                self.rows = []
            case "tr_open" if self.rows is not None:
                self.rows.append([])
            case "table_close":
                self.n_tables += 1
                rows = tuple(tuple(row) for row in self.rows or ())
                self.rows = None
                yield Block(Kind.TABLE, place=f"table:{self.n_tables}", rows=rows)

    def _inline(self, token: Token, line: int) -> Iterator[Block]:
        if self.rows is not None:
            runs = _runs(token.children or [])[0]
            self.rows[-1].append(Cell(runs.text, tuple(runs.marks)))
            return
        for runs in _parted(_runs(token.children or [])):
            yield self._block(runs, line)

    def _block(self, runs: Runs, line: int) -> Block:
        marks, place = tuple(runs.marks), f"line:{line}"
        if self.heading:
            return Block(Kind.HEADING, runs.text, self.heading, None, marks, place)
        if not self.lists or not self.is_fresh:
            return Block(Kind.PARA, runs.text, 0, None, marks, place)
        self.is_fresh = False
        style, value = self.lists[-1]
        assert isinstance(style, Style)
        self.lists[-1][1] = int(value) + 1
        counted = 0 if style is Style.BULLET else int(value)
        depth = len(self.lists)
        return Block(Kind.LIST_ITEM, runs.text, depth, Number(style), marks, place, value=counted)


def _runs(children: list[Token]) -> list[Runs]:
    """The lines of a paragraph as they were typed."""
    lines, open_marks = [Runs()], list[str]()
    for token in children:
        kind = MARKS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if kind and token.nesting:
            open_marks.append(kind) if token.nesting > 0 else open_marks.remove(kind)
        elif token.type in ("softbreak", "hardbreak"):
            lines.append(Runs())
        elif token.type in ("text", "code_inline"):
            lines[-1].add(token.content, frozenset(open_marks))
        elif token.type == "image":
            lines[-1].add(token.content)
    return lines


def _parted(lines: list[Runs]) -> Iterator[Runs]:
    """A paragraph in one piece, or in several when its lines begin with "b)" and the like."""
    whole = Runs()
    for line in lines:
        if whole.text and typed_number(line.text, Kind.PARA):
            yield whole
            whole = Runs()
        whole.extend(line, " ")
    yield whole


def _bare(token: Token) -> str:
    """The text of a block of code, or of HTML without its tags."""
    if token.type != "html_block":
        return token.content
    children = MarkdownIt("commonmark").parseInline(token.content)[0].children or []
    return " ".join(runs.text for runs in _runs(children))
