"""Interactive mass as recorded: live relations by pair and kind, and what they are made of."""

from dataclasses import dataclass

import numpy as np

from ordito.cohesion.measures.projection import Ties


@dataclass(frozen=True)
class Mass:
    """`mass` is `n_pairs * diversity * recurrence`; the last two are None without pairs."""

    mass: float
    n_pairs: int
    n_pair_kinds: int
    diversity: float | None
    recurrence: float | None
    per_body: float | None
    saturation: float | None


def interactive_mass(ties: Ties, n_kinds: int | None = None) -> Mass:
    """M, the expected number of live pair-by-kind relations ("massa interattiva registrata").

    n_kinds    the kinds that may weigh, those of the ties unless given

    M = sum over pairs and kinds of 1 - exp(-w), w in acts, in [0, kinds * n (n - 1) / 2]; 0 iff
    nobody met. Diversity is pair-kinds per pair, in [1, kinds]; recurrence M per pair-kind, in
    (0, 1); per body 2 M / n; saturation M over its largest value, in [0, 1), None below two
    bodies. A structural proxy of our own on recorded acts: it is not an index of discourse.
    Source: MEASURES 2.2; weights of Newman 2001, 1 - exp(-w) the Poisson probability of a contact.
    """
    # expm1 keeps the small weights of large acts; without any, the sum is 0 and not -0.
    mass = 0.0 - float(np.expm1(-ties.weight).sum())
    n_pairs, n_pair_kinds = ties.n_pairs, len(ties.weight)
    possible = (ties.n_kinds if n_kinds is None else n_kinds) * ties.n * (ties.n - 1) / 2
    return Mass(
        mass=mass,
        n_pairs=n_pairs,
        n_pair_kinds=n_pair_kinds,
        diversity=n_pair_kinds / n_pairs if n_pairs else None,
        recurrence=mass / n_pair_kinds if n_pair_kinds else None,
        per_body=2 * mass / ties.n if ties.n else None,
        saturation=mass / possible if possible else None,
    )
