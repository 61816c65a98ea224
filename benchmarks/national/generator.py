"""The acts of a nation, from a fixed seed: a row group per district, ids as numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20260331
GUESTS = 0.03
REGIONS = 20
FIRST_DAY, DAYS = 19_358, 1_095
BODIES_MEDIAN, BODIES_SPREAD, BODIES_MEAN = 157, 0.8, 216
ACTS_EACH = 1_667
LARGEST = 142


@dataclass(frozen=True)
class Nation:
    """How many districts there are; the rest follows."""

    name: str
    districts: int


FULL, TENTH, HALF = Nation("full", 600), Nation("tenth", 60), Nation("half", 300)
SCHEMA = pa.schema(
    [
        (name, pa.date32() if name == "day" else pa.int32())
        for name in ("body", "act", "kind", "day", "lab", "district")
    ]
)


def write_nation(nation: Nation, path: Path) -> int:
    """Write the acts of a nation; returns the number of attendances."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    homes = _homes(nation, rng)
    n_rows = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in _districts(nation, homes, rng):
            writer.write_batch(batch, row_group_size=batch.num_rows)
            n_rows += batch.num_rows
    return n_rows


def _homes(nation: Nation, rng: np.random.Generator) -> np.ndarray:
    """The first body of each district, and the end: sizes are lognormal."""
    sizes = rng.lognormal(np.log(BODIES_MEDIAN), BODIES_SPREAD, nation.districts)
    sizes = np.maximum(8, sizes * BODIES_MEAN / sizes.mean()).astype(int)
    return np.concatenate(([0], np.cumsum(sizes)))


def _districts(
    nation: Nation, homes: np.ndarray, rng: np.random.Generator
) -> Iterator[pa.RecordBatch]:
    per_region = max(1, nation.districts // REGIONS)
    for district in range(nation.districts):
        first, last = homes[district], homes[district + 1]
        region = district // per_region * per_region
        span = homes[region], homes[min(region + per_region, nation.districts)]
        n_acts = max(4, round(ACTS_EACH * (last - first) / BODIES_MEAN))
        sizes = np.clip(rng.lognormal(np.log(8.8), 0.62, n_acts), 1, min(LARGEST, last - first))
        act = np.repeat(np.arange(n_acts), sizes.astype(int))
        # Few come often: the chance of each body is heavy-tailed too.
        pull = rng.lognormal(0, 0.7, last - first)
        body = first + rng.choice(last - first, len(act), p=pull / pull.sum())
        guest = rng.random(len(act)) < GUESTS
        body[guest] = rng.integers(*span, guest.sum())
        # Two people of one organisation are one presence.
        act, body = np.divmod(np.unique(act * (1 << 32) + body), 1 << 32)
        kind, day = rng.integers(0, 3, n_acts), np.sort(rng.integers(0, DAYS, n_acts))
        lab = rng.integers(0, 6, n_acts)
        columns = (
            body,
            act + district * 100_000,
            kind[act],
            FIRST_DAY + day[act],
            lab[act] + district * 10,
            np.full(len(act), district),
        )
        yield pa.RecordBatch.from_arrays(
            [
                pa.array(column, pa.int32()).cast(field.type)
                for column, field in zip(columns, SCHEMA, strict=True)
            ],
            schema=SCHEMA,
        )
