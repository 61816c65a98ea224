"""A map as SVG, as rows and as sentences: the same data three times."""

import csv
import io
from xml.sax.saxutils import escape

from ordito.cohesion.files.mapping import Map, Node

WIDTH, HEIGHT, MARGIN, TOP = 1200, 900, 90, 90
LABELLED = 40
LARGEST = 10
UNKNOWN = "gruppo non noto"
# Shape and colour both tell groups apart; the colours keep a contrast of 4.5 on white.
COLOURS = ("#0b5c8a", "#8a3b00", "#3d6b00", "#7a1f6b", "#5a5a00", "#444444")
SHAPES = ("circle", "square", "triangle", "diamond")


def as_svg(drawing: Map) -> str:
    """One image with a title, a description and a name on its nodes; one tab stop, no script.

    `role="graphics-document"` keeps the names inside readable by assistive technology.
    """
    groups = sorted({node.group for node in drawing.nodes}, key=lambda name: (not name, name))
    said = " ".join(sentences(drawing))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="graphics-document" aria-labelledby="title" '
        'aria-describedby="desc" tabindex="0" lang="it" font-family="sans-serif">',
        f'<title id="title">{escape(drawing.title)}</title>',
        f'<desc id="desc">{escape(said)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="20" y="36" font-size="22" fill="#111111">{escape(drawing.title)}</text>',
        *(_legend(groups) if any(groups) else ()),
        *_ties(drawing),
        *_nodes(drawing, groups),
        f'<text x="20" y="{HEIGHT - 18}" font-size="13" fill="#333333">'
        f"{escape(drawing.caveat)}</text>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def as_csv(drawing: Map) -> str:
    """One row per tie, both bodies with their points; bodies without ties once, unplaced ones not.

    The columns body, x and y are what the next map takes as --positions.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("body", "x", "y", "acts", "group", "bodies", "tied_with", "weight"))
    for number, node in enumerate(drawing.nodes):
        for left, right, weight in drawing.ties:
            if number in {left, right}:
                other = drawing.nodes[right if number == left else left]
                writer.writerow((*_cells(node), other.name, repr(weight)))
    return text.getvalue()


def sentences(drawing: Map) -> list[str]:
    """The map in words: each node with whom it is tied to, strongest first, then who stands alone."""
    found = [f"{drawing.title}."]
    for number, node in enumerate(drawing.nodes):
        others = sorted(
            (-weight, drawing.nodes[right if number == left else left].name)
            for left, right, weight in drawing.ties
            if number in {left, right}
        )
        if others:
            found.append(f"{node.name} ha lavorato con {', '.join(name for _w, name in others)}.")
    if drawing.alone:
        found.append(f"Senza legami: {', '.join(drawing.alone)}.")
    return [*found, drawing.caveat]


def _cells(node: Node) -> tuple[str, str, str, int, str, int]:
    return node.name, repr(node.x), repr(node.y), node.acts, node.group, node.n_bodies


def _place(node: Node) -> tuple[float, float]:
    x = MARGIN + node.x * (WIDTH - 2 * MARGIN)
    return round(x, 1), round(TOP + 40 + node.y * (HEIGHT - 2 * TOP - 60), 1)


def _legend(groups: list[str]) -> list[str]:
    lines, x = [], 30
    for number, group in enumerate(groups):
        lines.append(_shape(number, x, 62, 7))
        text = escape(group or UNKNOWN)
        lines.append(f'<text x="{x + 14}" y="67" font-size="14" fill="#111111">{text}</text>')
        x += 40 + 8 * len(group or UNKNOWN)
    return lines


def _ties(drawing: Map) -> list[str]:
    most = max((weight for _l, _r, weight in drawing.ties), default=1.0)
    lines = []
    for left, right, weight in drawing.ties:
        (x1, y1), (x2, y2) = _place(drawing.nodes[left]), _place(drawing.nodes[right])
        thick = round(1 + 4 * weight / most, 1)
        lines.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#8c8c8c" '
            f'stroke-width="{thick}"/>'
        )
    return lines


def _nodes(drawing: Map, groups: list[str]) -> list[str]:
    most = max((node.acts for node in drawing.nodes), default=1)
    ranked = sorted(drawing.nodes, key=lambda node: (-node.acts, node.name))
    named = set(ranked if len(ranked) <= LABELLED else ranked[:LARGEST])
    lines = []
    for node in drawing.nodes:
        x, y = _place(node)
        size = round(5 + 9 * (node.acts / most) ** 0.5, 1)
        number = groups.index(node.group)
        many = f", {node.n_bodies} enti" if node.n_bodies > 1 else ""
        about = f"{node.name}: {node.acts} presenze{many}"
        lines.append(f"<g><title>{escape(about)}</title>{_shape(number, x, y, size)}")
        if node in named:
            anchor = "end" if node.x > 0.85 else "start" if node.x < 0.15 else "middle"
            lines.append(
                f'<text x="{x}" y="{round(y - size - 4, 1)}" font-size="13" fill="#111111" '
                f'text-anchor="{anchor}">{escape(node.name)}</text>'
            )
        lines.append("</g>")
    return lines


def _shape(number: int, x: float, y: float, size: float) -> str:
    fill = f'fill="{COLOURS[number % len(COLOURS)]}" stroke="#ffffff"'
    shape = SHAPES[number % len(SHAPES)]
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="{size}" {fill}/>'
    if shape == "square":
        return (
            f'<rect x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:.1f}" '
            f'height="{2 * size:.1f}" {fill}/>'
        )
    side = size * 1.2
    points = [(x, y - side), (x + side, y + side if shape == "triangle" else y)]
    points += [(x - side, y + side)] if shape == "triangle" else [(x, y + side), (x - side, y)]
    joined = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polygon points="{joined}" {fill}/>'
