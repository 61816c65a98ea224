"""What every way of projecting must agree on."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa


@dataclass
class Totals:
    """Pairs within districts and the sum of their weights; seconds, when a way times itself."""

    edges: int = 0
    weight: float = 0.0
    seconds: float | None = None

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.edges + other.edges, self.weight + other.weight)


def numbers(group: pa.Table, name: str) -> np.ndarray:
    """A column of whole numbers or days; `to_numpy` would import pandas where it is installed."""
    return np.from_dlpack(group.column(name).combine_chunks().cast(pa.int32()))
