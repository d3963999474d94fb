"""Where `geomap.resolvers.reasons` was until version 0.2; it goes with 0.3."""

import warnings
from typing import Any


def __getattr__(name: str) -> Any:
    from geomap.resolvers import reasons

    value = getattr(reasons, name)
    warnings.warn(f"import {name} from geomap.resolvers.reasons", DeprecationWarning, stacklevel=2)
    return value
