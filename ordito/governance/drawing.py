"""The governance of a district as a drawing: lanes by level, arrows for mandates.

The layout is ours because no library draws lanes that assistive technology can read; the same
facts stand in a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.translation import gettext as _

from ordito.governance.models import Body, Mandate

MARGIN, GAP, LANE_GAP = 16, 22, 12
TRACK, RISE = 12, 9  # between the lines of two issuers: upright, and level
LINE = 19  # between two lines of a text
STYLES = 6
KEY_WIDTH = 66
LETTER = 9  # a letter's width at most, on average over a line of a name


@dataclass(frozen=True)
class Layout:
    """A form of the drawing: how wide it may be, and where the names of the levels stand."""

    name: str
    width: int
    label_width: int  # zero where the name of a level stands above its boxes
    label_height: int
    widest_box: int
    box_height: int
    per_row: int


WIDE = Layout("ampio", 1040, 150, 0, 270, 60, 4)
NARROW = Layout("stretto", 356, 0, 26, 300, 52, 1)


@dataclass(frozen=True)
class Box:
    """A body: its place in user units, its name in lines, and its address."""

    body: Body
    x: int
    y: int
    middle: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Lane:
    """A level: its label in lines that begin at `x`, and the strip that it takes."""

    x: int
    y: int
    height: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Arrow:
    """A mandate from a body to another, as the path of a line; `track` is its issuer's."""

    path: str
    track: int
    style: int


@dataclass(frozen=True)
class Key:
    """An entry of the legend: whose mandates a track is."""

    label: str
    track: int
    style: int
    y: int
    lines: tuple[tuple[int, str], ...]


@dataclass
class Drawing:
    """The whole picture, `width` by `height` user units; the wide one has a narrow twin."""

    layout: Layout
    n_tracks: int
    n_columns: int
    box_width: int
    width: int
    height: int = MARGIN
    lanes: list[Lane] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    legend: list[Key] = field(default_factory=list)
    narrow: "Drawing | None" = None

    @property
    def box_height(self) -> int:
        return self.layout.box_height

    @property
    def shapes(self) -> list["Drawing"]:
        return [self, self.narrow] if self.narrow else [self]

    @property
    def left(self) -> int:
        """Where the boxes begin: the tracks run between the labels and them."""
        return self.layout.label_width + TRACK * (self.n_tracks + 1)

    @property
    def free(self) -> int:
        """The height above and below a row, which the lines of wide drawings cross."""
        if self.layout.per_row == 1:
            return GAP // 3
        return max(GAP, RISE * (self.n_tracks + 1))


def draw(bodies: Sequence[Body], mandates: Iterable[Mandate]) -> Drawing:
    """Lanes from the political level down, boxes in the order of the bodies, one arrow a pair."""
    pairs = _pairs(bodies, mandates)
    drawing = _drawn(WIDE, bodies, pairs)
    drawing.narrow = _drawn(NARROW, bodies, pairs)
    return drawing


def _pairs(bodies: Sequence[Body], mandates: Iterable[Mandate]) -> list[tuple[Body, Body]]:
    """Who mandates whom, once each, in the order of the bodies."""
    shown = {body.pk: body for body in bodies}
    asked = {(m.issuer_id, m.body_id) for m in mandates if m.issuer_id and m.body_id in shown}
    return [(one, other) for one in bodies for other in bodies if (one.pk, other.pk) in asked]


def _drawn(layout: Layout, bodies: Sequence[Body], pairs: list[tuple[Body, Body]]) -> Drawing:
    levels = [(level, [b for b in bodies if b.level == level]) for level in Body.Level]
    issuers = list(dict.fromkeys(issuer for issuer, _body in pairs))
    drawing = _empty(layout, max((len(them) for _level, them in levels), default=1), len(issuers))
    for level, them in levels:
        if them:
            _add_lane(drawing, str(level.label), them)
    places = {box.body.pk: box for box in drawing.boxes}
    tracks = {issuer.pk: track for track, issuer in enumerate(issuers)}
    drawing.arrows = [
        _arrow(drawing, places[one.pk], places[other.pk], tracks[one.pk]) for one, other in pairs
    ]
    for track, issuer in enumerate(issuers):
        _add_key(drawing, _("Mandati di %(issuer)s") % {"issuer": issuer.name}, track)
    return drawing


def _empty(layout: Layout, n_most: int, n_tracks: int) -> Drawing:
    """A drawing as wide as its fullest lane, whose rows are about as full as one another."""
    n_rows = -(-n_most // layout.per_row)
    n_columns = -(-n_most // n_rows)
    room = layout.width - layout.label_width - TRACK * (n_tracks + 1) - MARGIN
    box_width = min(layout.widest_box, (room + GAP) // n_columns - GAP)
    drawing = Drawing(layout, n_tracks, n_columns, box_width, width=0)
    drawing.width = drawing.left + n_columns * (box_width + GAP) - GAP + MARGIN
    return drawing


def _add_lane(drawing: Drawing, label: str, bodies: Sequence[Body]) -> None:
    layout = drawing.layout
    n_rows = -(-len(bodies) // drawing.n_columns)
    row_height = layout.box_height + 2 * drawing.free
    top, height = drawing.height, layout.label_height + n_rows * row_height
    if layout.label_width:
        lines = _centred(wrap(label, layout.label_width // LETTER), top, height)
    else:
        lines = ((top + 22, label),)
    drawing.lanes.append(Lane(12 if layout.label_width else drawing.left, top, height, lines))
    for number, body in enumerate(bodies):
        row, column = divmod(number, drawing.n_columns)
        n_empty = max(0, drawing.n_columns - (len(bodies) - row * drawing.n_columns))
        x = drawing.left + (2 * column + n_empty) * (drawing.box_width + GAP) // 2
        y = top + layout.label_height + row * row_height + drawing.free
        lines = _centred(_short(body.name, drawing.box_width // LETTER), y, layout.box_height)
        drawing.boxes.append(Box(body, x, y, x + drawing.box_width // 2, lines))
    drawing.height = top + height + LANE_GAP


def _add_key(drawing: Drawing, label: str, track: int) -> None:
    lines = wrap(label, (drawing.width - KEY_WIDTH) // LETTER)
    placed = tuple((drawing.height + 15 + LINE * i, line) for i, line in enumerate(lines))
    drawing.legend.append(Key(label, track, track % STYLES, drawing.height + 10, placed))
    drawing.height += LINE * len(lines) + 7


def _short(name: str, letters: int) -> list[str]:
    lines = wrap(name, letters)
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + "…"]


def _centred(
    lines: list[str], top: int, height: int, step: int = LINE - 1
) -> tuple[tuple[int, str], ...]:
    first = top + (height - step * (len(lines) - 1)) // 2 + 5
    return tuple((first + step * i, line) for i, line in enumerate(lines))


def _arrow(drawing: Drawing, issuer: Box, body: Box, track: int) -> Arrow:
    """Out of the issuer, along its own track beside the boxes, and into the body.

    In columns from below and from above, since there are boxes between; one under the other by
    the side.
    """
    offset = TRACK * (track + 1)
    beside = drawing.layout.label_width + offset - TRACK // 2
    bottom = issuer.y + drawing.box_height
    if drawing.layout.per_row == 1:
        into = body.y + (drawing.box_height - TRACK) * (track + 1) // (drawing.n_tracks + 1)
        path = f"M{issuer.x} {bottom - 6}H{beside}V{into}H{body.x - 2}"
    else:
        out, into = issuer.x + 12 + offset, body.x + 12 + offset
        below, above = bottom + RISE * (track + 1) - 3, body.y - RISE * (track + 1) - 2
        path = f"M{out} {bottom}V{below}H{beside}V{above}H{into}V{body.y - 2}"
    return Arrow(path, track, track % STYLES)
