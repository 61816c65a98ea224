"""The governance of a district as a drawing: lanes by level, arrows for mandates.

The layout is ours because no library draws lanes that assistive technology can read; the same
facts stand in a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from ordito.governance.models import Body, Mandate

WIDTH, MARGIN, LANE_LABEL = 1040, 16, 150
BOX_WIDTH, BOX_HEIGHT, GAP, LANE_GAP = 194, 60, 24, 14
PER_ROW = (WIDTH - LANE_LABEL - MARGIN) // (BOX_WIDTH + GAP)


@dataclass(frozen=True)
class Box:
    """A body: its place in user units, its name in lines, and its address."""

    body: Body
    x: int
    y: int
    lines: tuple[tuple[int, str], ...]

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True)
class Lane:
    """A level: its label in lines, and the strip that it takes."""

    y: int
    height: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Arrow:
    """A mandate from a body to another, as the path of a line; each issuer has its own track."""

    path: str
    track: int


@dataclass
class Drawing:
    """The whole picture, `width` by `height` user units."""

    width: int = WIDTH
    height: int = MARGIN
    lanes: list[Lane] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def draw(bodies: Sequence[Body], mandates: Iterable[Mandate]) -> Drawing:
    """Lanes from the political level down, boxes in the order of the bodies, one arrow a pair."""
    drawing = Drawing()
    for level in Body.Level:
        them = [body for body in bodies if body.level == level]
        if them:
            _add_lane(drawing, str(level.label), them)
    places = {box.body.pk: box for box in drawing.boxes}
    pairs = {
        (mandate.issuer_id, mandate.body_id)
        for mandate in mandates
        if mandate.issuer_id in places and mandate.body_id in places
    }
    issuers = sorted({issuer for issuer, _body in pairs})
    drawing.arrows = [
        _arrow(places[issuer], places[body], issuers.index(issuer))
        for issuer, body in sorted(pairs)
    ]
    return drawing


def _add_lane(drawing: Drawing, label: str, bodies: Sequence[Body]) -> None:
    n_rows = -(-len(bodies) // PER_ROW)
    height = n_rows * BOX_HEIGHT + (n_rows - 1) * GAP + 2 * GAP
    top = drawing.height
    drawing.lanes.append(Lane(top, height, _centred(wrap(label, 16), top, height)))
    for number, body in enumerate(bodies):
        row, column = divmod(number, PER_ROW)
        x = LANE_LABEL + column * (BOX_WIDTH + GAP)
        y = top + GAP + row * (BOX_HEIGHT + GAP)
        drawing.boxes.append(Box(body, x, y, _centred(_short(body.name), y, BOX_HEIGHT)))
    drawing.height = top + height + LANE_GAP


def _short(name: str) -> list[str]:
    lines = wrap(name, 25)
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + "…"]


def _centred(
    lines: list[str], top: int, height: int, step: int = 17
) -> tuple[tuple[int, str], ...]:
    first = top + (height - step * (len(lines) - 1)) // 2 + 5
    return tuple((first + step * i, line) for i, line in enumerate(lines))


def _arrow(issuer: Box, body: Box, track: int) -> Arrow:
    """Out of the issuer's side, down its own track between the columns, into the body from above."""
    right, middle = issuer.x + BOX_WIDTH, issuer.y + BOX_HEIGHT // 2
    offset = 5 + 5 * (track % 3)
    path = f"M{right} {middle}H{right + offset}V{body.y - offset - 3}H{body.middle}V{body.y - 2}"
    return Arrow(path, track % 3)
