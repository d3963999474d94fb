"""Ukraine's register of administrative units and settlements (KATOTTG), read from its table."""

import gzip
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError

# The code of a row begins with those of what holds it: "UA", two digits of the oblast, two of the raion, three of the
# community (hromada), three of the settlement, two of a city's district; five digits that say nothing follow.
_OBLAST, _RAION, _COMMUNITY, _SETTLEMENT = 4, 6, 9, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of the register."""

    code: str
    """``UA14160210010012345``."""
    category: str
    """O oblast, K city of that rank, P raion, H hromada, M city, T town, X settlement, C village, B city district."""
    name: str
    """In Ukrainian; of oblasts, raions, hromadas and districts an adjective ("Лиманська")."""

    @property
    def oblast(self) -> str:
        """The beginning that all codes in the oblast share."""
        return self.code[:_OBLAST]

    @property
    def raion(self) -> str:
        """The beginning that all codes in the raion share."""
        return self.code[:_RAION]

    @property
    def admin2(self) -> str:
        """GeoNames' ADM2 code of the raion, which is made of the same digits; empty in a city that is in none."""
        return "" if self.raion.endswith("00") else self.raion[2:]

    @property
    def community(self) -> str:
        """The beginning that all codes in the hromada share."""
        return self.code[:_COMMUNITY]

    @property
    def settlement(self) -> str:
        """The beginning that the codes of a settlement and of its districts share."""
        return self.code[:_SETTLEMENT]


def read_register(path: Path) -> list[Listed]:
    """Return the rows of the register in its order: a unit before what it holds, the seat first in each hromada.

    Parameters
    ----------
    path
        ``ukraine.tsv.gz``: code, category and name, without a header.

    Raises
    ------
    GazetteerError
        The file cannot be read.
    """
    try:
        text = gzip.decompress(path.read_bytes()).decode()
        rows = [line.split("\t") for line in text.splitlines()]
        return [Listed(code=code, category=category, name=name) for code, category, name in rows]
    except (OSError, EOFError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read ({error}); restore it from the repository") from error
