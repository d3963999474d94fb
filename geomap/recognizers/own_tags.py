"""What ``geomap train recognizer`` learnt from a user's gold: a linear model that adds to the scores of a word's tags.

The encoder and its heads stay as they are. All weights zero is the bundled recogniser, to the bit.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geomap.bundle import check_model
from geomap.errors import ModelNotFoundError
from geomap.recognizers.spans import TAGS, Floats

_REMEDY = "train it again with this version: geomap train recognizer"


@dataclass(frozen=True, slots=True, eq=False)
class OwnTags:
    """The linear model."""

    weights: Floats
    """A row for the bias, then one a feature; a column each of `TAGS`."""

    def added(self, features: Floats) -> Floats:
        """Return what is added to the tags' scores of words, given a row of features each."""
        more: Floats = self.weights[0] + features @ self.weights[1:]
        return more


def own_tags_json(tags: OwnTags, encoder: Path) -> str:
    """Return the contents of a model file, which names the encoder that the weights belong to."""
    stored = {"tuned_from": _digest(encoder), "weights": np.round(tags.weights.astype(float), 5).tolist()}
    return json.dumps(stored, separators=(",", ":")) + "\n"


def load_own_tags(path: Path, encoder: Path) -> OwnTags:
    """Return what a file holds that was trained on top of an encoder.

    Raises
    ------
    ModelNotFoundError
        If the file is missing, is no such model, or was trained on another encoder.
    """
    check_model(path)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        tuned_from, weights = stored["tuned_from"], np.array(stored["weights"], np.float32)
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise ModelNotFoundError(f"{path}: cannot be read as a model of a recogniser ({error}); {_REMEDY}") from error
    if weights.ndim != 2 or weights.shape[1] != len(TAGS) or not np.isfinite(weights).all():
        raise ModelNotFoundError(f"{path}: is damaged; {_REMEDY}")
    if tuned_from != _digest(encoder):
        raise ModelNotFoundError(f"{path}: was trained on another model than {encoder.stem!r} is now; {_REMEDY}")
    return OwnTags(weights)


def _digest(encoder: Path) -> str:
    with encoder.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
