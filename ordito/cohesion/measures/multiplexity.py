"""Multiplexity: whether two bodies meet in more than one kind of act."""

from itertools import combinations

import numpy as np

from ordito.cohesion.measures.projection import Ties


def mean_kinds(ties: Ties) -> float | None:
    """Kinds of act per tied pair, in [1, kinds]; None without ties.

    It needs kinds that are recorded equally well. Source: Provan and Milward, ASQ 40, 1995.
    """
    return len(ties.weight) / ties.n_pairs if ties.n_pairs else None


def multiplex_share(ties: Ties) -> float | None:
    """The share of tied pairs with two kinds or more, in [0, 1]; None without ties.

    Source: Provan and Milward 1995.
    """
    if not ties.n_pairs:
        return None
    kinds = np.unique(ties.left * ties.n + ties.right, return_counts=True)[1]
    return int((kinds > 1).sum()) / ties.n_pairs


def layer_overlap(ties: Ties) -> float | None:
    """The mean, over couples of kinds that have ties, of shared pairs over pairs of either.

    Returns a Jaccard coefficient in [0, 1]; None with fewer than two kinds that have ties. Source:
    Brodka et al., Royal Society Open Science 5, 2018.
    """
    layers = [
        ties.left[ties.kind == kind] * ties.n + ties.right[ties.kind == kind]
        for kind in np.unique(ties.kind)
    ]
    shares = []
    for one, other in combinations(layers, 2):
        both = len(np.intersect1d(one, other, assume_unique=True))
        shares.append(both / (len(one) + len(other) - both))
    return float(np.mean(shares)) if shares else None
