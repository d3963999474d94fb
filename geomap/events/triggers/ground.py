"""Who takes ground from whom: ACLED's rule for territory that changes hands in fighting.

The country's own forces and those allied with them regain it ("Government regains territory"); everybody else, a
foreign army included, overtakes it ("Non-state actor overtakes territory").
"""

from geomap.events.telling import Telling
from geomap.events.triggers.features import Cue

GROUND = "Ground taken"
"""The one kind that stands for both sub-types until it is known who took it."""


def who_took(telling: Telling, cue: Cue) -> str:
    """Return the sub-type of a cue that tells of ground taken in fighting."""
    return cue.decided or "Non-state actor overtakes territory"
