"""Results written whole or not at all: a table for the eye, JSON, CSV or Parquet."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ordito.cohesion.files.results import COLUMNS, rows

Objects = Sequence[dict[str, Any]]

MODE = 0o644
TYPES = {
    **dict.fromkeys(("level", "unit", "scene", "measure", "detail", "graph"), pa.string()),
    **dict.fromkeys(("n", "acts"), pa.int64()),
    "below_floor": pa.bool_(),
}


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write files so that each is there whole or as it was before, none before all are on disk;
    raises OSError."""
    written: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            written[path] = Path(temporary)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, part in written.items():
            part.chmod(MODE)
            part.replace(path)
    finally:
        for part in written.values():
            part.unlink(missing_ok=True)


def as_json(objects: Objects) -> bytes:
    return (json.dumps(objects, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def as_csv(objects: Objects) -> bytes:
    """Comma-separated, UTF-8; numbers with every digit that tells them apart."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(objects))
    return text.getvalue().encode()


def as_parquet(objects: Objects) -> bytes:
    schema = pa.schema([(name, TYPES.get(name, pa.float64())) for name in COLUMNS])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(objects), schema=schema), sink)
    return sink.getvalue()


def as_table(objects: Objects) -> bytes:
    """One block per unit; what is below the floor has a star, and the values six digits."""
    lines = []
    for unit in objects:
        lines.append(_opening(unit))
        lines += _block(unit["measures"])
        if unit.get("without"):
            lines += _absence(unit["without"])
        lines.append("")
    return ("\n".join(lines).rstrip() + "\n").encode() if lines else b"Nessun atto da misurare.\n"


def _opening(unit: dict[str, Any]) -> str:
    window = unit["window"]
    when = f", dal {window['since']} al {window['until']}" if window else ""
    coverage = f"{unit['coverage']:.0%}" if unit["coverage"] is not None else "n.d."
    guests = unit["guests"]["presences"]
    more = f", {guests} presenze di ospiti" if guests else ""
    more += f", {unit['assemblies']} assemblee fuori dalle coppie" if unit["assemblies"] else ""
    return (
        f"{unit['unit']}: {unit['n']} enti, {unit['acts']} atti, copertura {coverage}{when}{more}"
    )


def _block(measures: dict[str, Any]) -> list[str]:
    width = max(map(len, measures), default=0)
    return [
        f"  {name:<{width}}  {_figure(one['value']):>12}{'*' if one['below_floor'] else ' '} "
        f"{one['graph']:<9} {_standing(one)}".rstrip()
        for name, one in measures.items()
    ]


def _figure(value: Any) -> str:
    if value is None:
        return "n.d."
    if isinstance(value, dict):
        return " ".join(f"{key}:{count}" for key, count in value.items()) or "n.d."
    return f"{value:.6g}"


def _standing(one: dict[str, Any]) -> str:
    band = (one["band"] or {}).get("one_act_out")
    said = [f"{band[0]:.4g}-{band[1]:.4g} senza un atto"] if band else []
    if one["null_percentile"] is not None:
        said.append(f"{one['null_percentile']:.0f}° percentile del caso")
    return "; ".join(said)


def _absence(without: dict[str, Any]) -> list[str]:
    cut_off = [", ".join(piece) for piece in without["cut_off"]]
    return [
        f"  Senza {without['body']}: {without['connected_pairs_before']} coppie collegate tra gli "
        f"altri enti, poi {without['connected_pairs_after']}",
        *(f"    restano staccati: {piece}" for piece in cut_off),
        *_block(without["measures"]),
    ]


FORMATS: dict[str, Callable[[Objects], bytes]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "parquet": as_parquet,
}
