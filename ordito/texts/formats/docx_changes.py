"""A comparison as DOCX with native tracked changes: accept all, or refuse all, in Word."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from ordito.texts.engine.compare import Comparison, Row
from ordito.texts.engine.labels import labels
from ordito.texts.engine.model import Clause, Kind, Version
from ordito.texts.formats.docx_writer import saved, style_of
from ordito.texts.formats.printing import Printed, head, list_depth

RANGES = 1_000_000  # identifiers of ranges, beyond those of the changes
FRAMES = (Kind.ROW, Kind.CELL)


def write_changes(comparison: Comparison, author: str, at: datetime | None = None) -> bytes:
    """A document that shows the new text with its changes; all refused, it is the old one."""
    return _Writer(comparison, author, at or datetime.now(UTC)).written()


@dataclass
class _Writer:
    comparison: Comparison
    author: str
    at: datetime
    count: int = 0
    away: dict[str | None, list[Row]] = field(default_factory=dict)
    under: dict[str | None, list[Row]] = field(default_factory=dict)  # of either version

    def __post_init__(self) -> None:
        self.document = docx.Document()
        self.old_labels = labels(self.comparison.old)
        self.new_labels = labels(self.comparison.new)
        self.rows = {row.clause.id: row for row in self.comparison.rows}
        for row in self.comparison.rows:
            for parent in {one.parent for one in (row.old, row.new) if one}:
                self.under.setdefault(parent, []).append(row)
        self._find_departures()

    def written(self) -> bytes:
        body = self.document.element.body
        end = body[-1]  # the settings of the section stay last
        for element in self._elements():
            end.addprevious(element)
        return saved(self.document)

    def _find_departures(self) -> None:
        """Under the clause that comes before it in the old text, each one that has left."""
        before: str | None = None
        for clause in self.comparison.old:
            row = self.rows[clause.id]
            if clause.id in self.comparison.displaced and clause.kind not in FRAMES:
                self.away.setdefault(before, []).append(row)
            elif clause.kind not in FRAMES:
                before = clause.id

    def _elements(self) -> Iterator[BaseOxmlElement]:
        yield from self._departures(None)
        for row in self.comparison.rows:
            if row.clause.kind in FRAMES:
                continue
            is_moved = row.clause.id in self.comparison.displaced
            if row.clause.kind is Kind.TABLE:
                yield self._table(row)
            else:
                yield self._paragraph(row, "moveTo" if is_moved else "")
            if not is_moved:
                yield from self._departures(row.clause.id)

    def _departures(self, after: str | None) -> Iterator[BaseOxmlElement]:
        for row in self.away.get(after, ()):
            if row.clause.kind is not Kind.TABLE:
                yield self._paragraph(row, "moveFrom")

    def _paragraph(self, row: Row, move: str) -> BaseOxmlElement:
        """A paragraph with its changes; one that came or went says so on its own mark."""
        version = self.comparison.new if row.new else self.comparison.old
        clause = row.clause
        before = self._text(row.old, self.comparison.old)
        after = self._text(row.new, self.comparison.new)
        style = style_of(Printed(clause, (after or before)[0], list_depth(clause, version)))
        whole = move or ("ins" if row.old is None else "del" if row.new is None else "")
        paragraph = self._empty(style, whole)
        if move:
            text = "".join(before if move == "moveFrom" else after)
            paragraph.append(self._range(f"{move}RangeStart", clause))
            paragraph.append(self._run(move, text))
            paragraph.append(self._range(f"{move}RangeEnd", clause))
        else:
            self._fill(paragraph, row, before, after)
        return paragraph

    def _text(self, clause: Clause | None, version: Version) -> tuple[str, str]:
        if clause is None:
            return "", ""
        found = self.new_labels if version is self.comparison.new else self.old_labels
        return head(clause, found), clause.text

    def _fill(
        self,
        paragraph: BaseOxmlElement,
        row: Row,
        before: tuple[str, str],
        after: tuple[str, str],
    ) -> None:
        for kind, text in stretches(before[0], after[0]):
            paragraph.append(self._run(kind, text))
        at = 0
        for edit in row.diff.edits:
            paragraph.append(self._run("", before[1][at : edit.start]))
            paragraph.append(self._run("del", before[1][edit.start : edit.end]))
            paragraph.append(self._run("ins", edit.text))
            at = edit.end
        paragraph.append(self._run("", before[1][at:]))

    def _empty(self, style: str | None, whole: str) -> BaseOxmlElement:
        paragraph = OxmlElement("w:p")
        settings = OxmlElement("w:pPr")
        if style:
            named = OxmlElement("w:pStyle")
            named.set(qn("w:val"), self.document.styles[style].style_id)
            settings.append(named)
        if whole:
            mark = OxmlElement("w:rPr")
            mark.append(self._change(whole))
            settings.append(mark)
        paragraph.append(settings)
        return paragraph

    def _run(self, kind: str, text: str) -> BaseOxmlElement:
        run = OxmlElement("w:r")
        content = OxmlElement("w:delText" if kind == "del" else "w:t")
        content.text = text
        content.set(qn("xml:space"), "preserve")
        run.append(content)
        if not kind or not text:
            return run
        change = self._change(kind)
        change.append(run)
        return change

    def _change(self, kind: str) -> BaseOxmlElement:
        self.count += 1
        change = OxmlElement(f"w:{kind}")
        change.set(qn("w:id"), str(self.count))
        change.set(qn("w:author"), self.author)
        change.set(qn("w:date"), self.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return change

    def _range(self, tag: str, clause: Clause) -> BaseOxmlElement:
        """The edge of a move, under the name that its two ends share."""
        if tag.endswith("Start"):
            edge = self._change(tag)
            edge.set(qn("w:name"), f"move{clause.id}")
        else:
            edge = OxmlElement(f"w:{tag}")
        edge.set(qn("w:id"), str(RANGES + self.comparison.new.position[clause.id]))
        return edge

    def _table(self, row: Row) -> BaseOxmlElement:
        """A table with the rows and cells of both states, those that came or went marked."""
        table = OxmlElement("w:tbl")
        look = OxmlElement("w:tblPr")
        table.append(look)
        grid = OxmlElement("w:tblGrid")
        table.append(grid)
        rows = [one for one in self.under.get(row.clause.id, ()) if one.clause.kind is Kind.ROW]
        width = 0
        for line in rows:
            cells = [c for c in self.under.get(line.clause.id, ()) if c.clause.kind is Kind.CELL]
            width = max(width, sum(cell.clause.span[1] for cell in cells))
            table.append(self._line(line, cells))
        grid.extend(OxmlElement("w:gridCol") for _column in range(width))
        return table

    def _line(self, row: Row, cells: list[Row]) -> BaseOxmlElement:
        line = OxmlElement("w:tr")
        if row.old is None or row.new is None:
            settings = OxmlElement("w:trPr")
            settings.append(self._change("ins" if row.old is None else "del"))
            line.append(settings)
        for cell in cells:
            line.append(self._cell(cell))
        return line

    def _cell(self, row: Row) -> BaseOxmlElement:
        cell = OxmlElement("w:tc")
        settings = OxmlElement("w:tcPr")
        if row.clause.span[1] > 1:
            span = OxmlElement("w:gridSpan")
            span.set(qn("w:val"), str(row.clause.span[1]))
            settings.append(span)
        if row.old is None or row.new is None:
            settings.append(self._change("cellIns" if row.old is None else "cellDel"))
        cell.append(settings)
        paragraph = self._empty(None, "")
        before = row.old.text if row.old else ""
        after = row.new.text if row.new else ""
        self._fill(paragraph, row, ("", before), ("", after))
        cell.append(paragraph)
        return cell


def stretches(before: str, after: str) -> list[tuple[str, str]]:
    """A number that changed, struck out and put in; one that did not, as it is."""
    if before == after:
        return [("", before)]
    return [("del", before), ("ins", after)]
