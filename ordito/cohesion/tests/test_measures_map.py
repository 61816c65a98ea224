"""`ordito map`: the drawing, the same data as rows and as sentences, and bodies that stay put."""

import csv
from xml.etree import ElementTree

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from ordito.cohesion.measures.layout import spring_layout, strongest_ties
from ordito.cohesion.tests.act_files import rows_of, write

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def acts(tmp_path):
    pairs = [("2026-01-01", pair) for pair in ("ab", "bc", "cd", "de", "ea", "<&")]
    return write(tmp_path / "acts.csv", rows_of(*pairs, *pairs))


def draw(acts, out, **options):
    call_command("map", acts, out=out, verbosity=0, **options)
    return ElementTree.parse(out).getroot()


def test_a_map_has_a_title_a_description_labels_and_one_tab_stop(acts, tmp_path):
    root = draw(acts, tmp_path / "map.svg", lab="L")
    assert root.get("role") == "graphics-document"
    assert root.find(f"{SVG}title").text == "Chi ha lavorato con chi in L: 7 enti, 6 legami"
    assert "a ha lavorato con b, e." in root.find(f"{SVG}desc").text
    assert [one.get("tabindex") for one in root.iter() if one.get("tabindex")] == ["0"]
    labels = {one.text for one in root.iter(f"{SVG}text")}
    assert {"a", "b", "c", "d", "e", "<", "&"} <= labels
    assert not list(root.iter(f"{SVG}script"))
    assert not [one for one in root.iter() if one.get("style") or one.get("onclick")]
    assert len(list(root.iter(f"{SVG}line"))) == 6


def test_the_rows_and_the_sentences_say_the_same(acts, tmp_path):
    draw(acts, tmp_path / "map.svg")
    rows = list(csv.DictReader((tmp_path / "map.csv").open()))
    assert {(row["body"], row["tied_with"]) for row in rows} >= {("a", "b"), ("b", "a"), ("&", "<")}
    assert len(rows) == 12
    said = (tmp_path / "map.txt").read_text()
    assert "b ha lavorato con a, c." in said
    assert "non un giudizio" in said


def test_the_same_file_draws_the_same_map(acts, tmp_path):
    draw(acts, tmp_path / "one.svg")
    draw(acts, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_bodies_stay_where_they_stood_last_month(acts, tmp_path):
    draw(acts, tmp_path / "before.svg", ties="all")
    more = write(tmp_path / "more.csv", rows_of(("2026-01-01", "az"), lab="M"))
    call_command(
        "map", acts, more, out=tmp_path / "after.svg", ties="all", positions=tmp_path / "before.csv"
    )
    places = [
        {row["body"]: (row["x"], row["y"]) for row in csv.DictReader((tmp_path / name).open())}
        for name in ("before.csv", "after.csv")
    ]
    assert set(places[1]) - set(places[0]) == {"z"}
    assert all(places[1][body] == place for body, place in places[0].items())


def test_more_than_eighty_bodies_are_drawn_as_groups(tmp_path):
    ring = [("2026-01-01", (f"b{n:03}", f"b{(n + 1) % 120:03}")) for n in range(120)]
    acts = write(tmp_path / "acts.csv", rows_of(*ring))
    sectors = write(
        tmp_path / "sectors.csv",
        [(f"b{n:03}", "xyz"[n % 3]) for n in range(120)],
        ("body", "sector"),
    )
    root = draw(acts, tmp_path / "groups.svg", attributes=sectors)
    assert root.find(f"{SVG}title").text == "Chi ha lavorato con chi: 3 gruppi di enti, 3 legami"
    root = draw(acts, tmp_path / "plain.svg")
    assert "80 gruppi di enti" in root.find(f"{SVG}title").text
    assert "altri 41 enti" in (tmp_path / "plain.txt").read_text()


def test_a_map_of_nothing_says_so(tmp_path):
    acts = write(tmp_path / "acts.csv", rows_of(("2026-01-01", "abcdef")))
    root = draw(acts, tmp_path / "map.svg")
    assert root.find(f"{SVG}title").text == "Nessun legame"
    assert "Senza legami: a, b, c, d, e, f." in (tmp_path / "map.txt").read_text()


def test_what_a_map_refuses(acts, tmp_path):
    with pytest.raises(CommandError, match=r"FILE\.svg"):
        call_command("map", acts, out=tmp_path / "map.png")
    with pytest.raises(CommandError, match="«M» non c'è"):
        call_command("map", acts, out=tmp_path / "map.svg", lab="M")
    bad = write(tmp_path / "bad.csv", [("a", "2", "0")], ("body", "x", "y"))
    with pytest.raises(CommandError, match="riga 2: servono"):
        call_command("map", acts, out=tmp_path / "map.svg", positions=bad)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acts.csv", "bad.csv"]


def test_the_strongest_ties_of_each_body_are_kept():
    weights = np.zeros((5, 5))
    weights[0, 1:] = weights[1:, 0] = [4, 3, 2, 1]
    found = strongest_ties(weights, 3)
    assert found[0].tolist() == [False, True, True, True, True]  # the fourth is its best of body 4
    assert found.sum() == 8


def test_tied_bodies_stand_nearer_than_others():
    ties = np.kron(np.eye(2), np.ones((4, 4))).astype(bool) & ~np.eye(8, dtype=bool)
    points = spring_layout(ties, seed=1)
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    assert apart[ties].mean() < apart[~ties & ~np.eye(8, dtype=bool)].mean() / 2
    assert points.min() == 0
    assert points.max() == 1
