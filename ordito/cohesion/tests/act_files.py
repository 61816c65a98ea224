"""Files of acts for the tests of the commands."""

import csv

import networkx

HEADER = ("body", "act", "kind", "day", "lab", "district")
CLOSE = 1e-9


def davis_file(path):
    graph = networkx.davis_southern_women_graph()
    rows = [
        (one, other, "party", f"1936-01-{int(other[1:]):02}", "Natchez", "Adams")
        for one, other in graph.edges
    ]
    return write(path, rows)


def write(path, rows, header=HEADER):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def rows_of(*acts, lab="L", district="D", kind="meeting"):
    """Rows from acts given as (day, bodies)."""
    return [
        (body, f"a{number}", kind, day, lab, district)
        for number, (day, bodies) in enumerate(acts)
        for body in bodies
    ]
