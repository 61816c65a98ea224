"""The drawing of the governance: tight, with a legend, and no line over another."""

import re
from itertools import pairwise

import pytest

from conftest import make_body
from ordito.governance import acts
from ordito.governance.drawing import draw
from ordito.governance.models import Body, Mandate


@pytest.fixture
def shapes(cast):
    """The wide and the narrow drawing of three issuers and seven labs, two of them asked twice."""
    issuers = [
        cast.assembly,
        make_body(cast.district, cast.anna, name="Tavolo Tecnico", kind=Body.Kind.TECHNICAL_TABLE),
        make_body(cast.district, cast.anna, name="Ufficio di Piano", kind=Body.Kind.PLAN_OFFICE),
    ]
    labs = [cast.lab, *(make_body(cast.district, cast.anna) for _each in range(6))]
    for number, lab in enumerate([*labs, *labs[:2]]):
        acts.give_mandate(lab, text="Fare", issuer=issuers[number % 3], by=cast.anna)
    drawing = draw(list(cast.district.bodies.all()), list(Mandate.objects.all()))
    return {"wide": drawing, "narrow": drawing.narrow}


def segments(path):
    """The straight lines of a path, each as (is_vertical, where, from, to)."""
    points, x, y = [], 0, 0
    for letter, first, second in re.findall(r"([MHV])(\d+)(?: (\d+))?", path):
        x = int(first) if letter in "MH" else x
        y = int(second) if letter == "M" else int(first) if letter == "V" else y
        points.append((x, y))
    for (x1, y1), (x2, y2) in pairwise(points):
        yield (True, x1, *sorted((y1, y2))) if x1 == x2 else (False, y1, *sorted((x1, x2)))


@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_the_lines_of_two_issuers_never_lie_over_one_another(shapes, form):
    lines = [(a.track, one) for a in shapes[form].arrows for one in segments(a.path)]

    assert len({track for track, _one in lines}) == 3
    for track, (is_vertical, where, start, end) in lines:
        for other, (also_vertical, there, begin, stop) in lines:
            if other != track and is_vertical == also_vertical and where == there:
                assert end <= begin or stop <= start


@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_no_line_crosses_a_box(shapes, form):
    drawing = shapes[form]
    for arrow in drawing.arrows:
        for is_vertical, where, start, end in segments(arrow.path):
            for box in drawing.boxes:
                left, right = box.x, box.x + drawing.box_width
                top, bottom = box.y, box.y + drawing.box_height
                if is_vertical:
                    assert not (left < where < right and start < bottom and end > top)
                else:
                    assert not (top < where < bottom and start < right and end > left)


@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_each_issuer_is_told_in_the_legend_with_its_line(shapes, form):
    drawing = shapes[form]

    assert [key.label for key in drawing.legend] == [
        "Mandati di Assemblea dei Sindaci",
        "Mandati di Tavolo Tecnico",
        "Mandati di Ufficio di Piano",
    ]
    assert {key.track for key in drawing.legend} == {arrow.track for arrow in drawing.arrows}


def test_a_drawing_is_as_wide_as_what_it_holds(cast, shapes):
    few = draw([cast.assembly, cast.lab], [])

    assert few.width < shapes["wide"].width <= 1040
    assert shapes["narrow"].width <= 360
    for drawing in (*shapes.values(), few):
        right = max(box.x + drawing.box_width for box in drawing.boxes)
        assert 0 < drawing.width - right <= 30


def test_a_long_name_in_the_legend_stays_within_the_drawing(cast):
    Body.objects.filter(pk=cast.assembly.pk).update(name="Assemblea distrettuale " * 4)
    acts.give_mandate(cast.lab, text="Fare", issuer=cast.assembly, by=cast.anna)

    narrow = draw(list(cast.district.bodies.all()), list(Mandate.objects.all())).narrow

    [key] = narrow.legend
    assert " ".join(line for _y, line in key.lines) == key.label.strip()
    assert all(len(line) <= 32 for _y, line in key.lines)
    assert key.lines[-1][0] < narrow.height
