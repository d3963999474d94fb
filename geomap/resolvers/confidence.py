"""How a likelihood becomes a confidence: that of being right about where a mention is.

A winner's likelihood is summed over the candidates at its spot (`same_spot`), squared where nothing else speaks for or
against it (`is_alone`), read off the table that training fitted (`geomap.training.resolver`), and multiplied by how
sure the recogniser is that the name is a place, and by how exact its point is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.resolvers.candidate_arrays import CandidateArrays
from geomap.resolvers.name_features import SETTLEMENT, Floats
from geomap.resolvers.thresholds import ALONE_POWER, EXACT_KM, SAME_SPOT_KM


def confidence_of(
    arrays: CandidateArrays,
    likelihood: Floats,
    order: Sequence[int],
    *,
    calibration: tuple[Floats, Floats],
    certainty: float,
) -> float:
    """Return how sure the best of the rows is that the text leaves to a name: between .01 and .99, two decimals.

    Parameters
    ----------
    arrays, likelihood
        The document, and how likely each row is.
    order
        The rows of the name, the answer first.
    calibration
        Likelihoods of winners, and the share of winners of each that are right; both ascending.
    certainty
        `Mention.certainty`. The recogniser's own score is about right as a chance: on parts of the train splits of LGL
        and TR-News, spans of .5 to .6, .7 to .8 and .9 to .95 overlap a gold toponym in .52, .71 and .93 of all cases
        (n 23, 49, 107).
    """
    raw = float(likelihood[order][same_spot(arrays, order)].sum())
    right = float(np.interp(raw ** (ALONE_POWER if is_alone(arrays) else 1.0), *calibration))
    off = arrays.accuracy[order[0]]
    exact = min(1.0, EXACT_KM / off) if off else 1.0
    sure = exact * certainty * right
    return round(min(0.99, max(0.01, sure)), 2)


def is_alone(arrays: CandidateArrays) -> bool:
    """Return whether the mentions of a document are all of one toponym."""
    asked = [name.is_mention for name in arrays.names]
    return len(set(arrays.toponym[asked].tolist())) == 1


def same_spot(arrays: CandidateArrays, order: Sequence[int]) -> NDArray[np.bool_]:
    """Return which rows of a name lie where its best one does: within `SAME_SPOT_KM` of a town, else itself alone."""
    if arrays.levels[order[0]] != SETTLEMENT:
        only: NDArray[np.bool_] = np.arange(len(order)) == 0
        return only
    return arrays.within(order, order[0], km=SAME_SPOT_KM)
