"""What an online geocoder says to the places of a mention table: asked for by name, and never by itself.

Questions go out one by one through geopy's rate limiter, each once: answers are kept in a file.
"""

import os
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from geopy.adapters import URLLibAdapter  # type: ignore[import-untyped]  # geopy has no type hints
from geopy.distance import geodesic  # type: ignore[import-untyped]
from geopy.exc import (  # type: ignore[import-untyped]
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter  # type: ignore[import-untyped]
from geopy.geocoders import Nominatim, Photon  # type: ignore[import-untyped]
from geopy.geocoders.base import Geocoder  # type: ignore[import-untyped]

from geomap.errors import ConfigError, GeomapWarning, OutputError
from geomap.gazetteers import GazetteerGeocoder, load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.tables import MENTION_COLUMNS, check_columns
from geomap.tables.schema import typed

SERVICES = {"nominatim": Nominatim, "photon": Photon}

PUBLIC_SECONDS = 1.0
"""Least seconds between two questions to a public server: one a second is what Nominatim's usage policy allows."""

_PUBLIC_HOSTS = ("openstreetmap.org", "komoot.io")
_TIMEOUT = 10
_RETRIES = 1
_MOST_FAILURES = 3  # in a row: then the service is down, and to go on would not be polite
_REFUSALS = (GeocoderQuotaExceeded, GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure)
_TEXT = pd.StringDtype("python")
_COLUMNS = {
    "entry_id": _TEXT,
    "name": _TEXT,
    "query": _TEXT,
    "latitude": "float64",
    "longitude": "float64",
    "answer": _TEXT,
    "answer_latitude": "float64",
    "answer_longitude": "float64",
    "km": "float64",
    "agrees": "boolean",
    "problem": _TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Question:
    """One place to ask for."""

    query: str
    entry_id: str
    name: str
    latitude: float = field(compare=False)
    longitude: float = field(compare=False)
    within_km: float = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the service said; no address where it knows no such place."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    problem: str = ""


def second_opinion(
    mentions: pd.DataFrame,
    service: "Literal['nominatim', 'photon'] | Geocoder",
    *,
    cache: str | os.PathLike[str] | None,
    user_agent: str = "",
    by: Literal["place", "toponym"] = "place",
    within_km: float = 25.0,
    seconds_between: float = PUBLIC_SECONDS,
    gazetteer: SqliteGazetteer | None = None,
) -> pd.DataFrame:
    """Ask an online geocoder for the places of a mention table, and say how far its answers lie from them.

    Parameters
    ----------
    mentions
        The mention table.
    service
        ``nominatim`` or ``photon``, both of which answer from OpenStreetMap; or a geocoder of geopy's, such as that of
        your own server: ``Nominatim(domain="localhost:8080", scheme="http", user_agent=…)``.
    cache
        File of the answers so far, an SQLite database, which is made where there is none; ``None`` keeps nothing.
    user_agent
        Who asks, as the services want to know it: a program and an address to write to. Needed for a service by name.
    by
        ``place`` asks for each chosen place with its unit and country: is it where the gazetteer has it? ``toponym``
        asks for the bare words of the report, of NIL mentions, too: what would somebody else take them for?
    within_km
        How far apart the two may lie to agree, beside what the place takes up or may be off itself.
    seconds_between
        Seconds between two questions; at least 1 for a public server.
    gazetteer
        Where the places come from; ``None`` opens the bundled one.

    Returns
    -------
        A row a question, sorted by ``query``: ``entry_id`` and ``name`` of the place, its ``latitude`` and
        ``longitude``; ``answer``, the address that came back, empty where the service knows none, and its coordinates;
        ``km`` between the two and ``agrees``, missing where there are not two; ``problem``, why there is no answer.
        A service that refuses, or fails three times in a row, is asked no more; a `GeomapWarning` counts what is left.

    Raises
    ------
    ConfigError
        If the service is unknown, no user agent is given, or the questions would come too fast for a public server.
    OutputError
        If the cache cannot be used.
    TableError
        If the table lacks columns.
    """
    check_columns(mentions, MENTION_COLUMNS, "the mention table")
    if by not in ("place", "toponym"):
        raise ConfigError(f"by is {by!r}; give 'place' or 'toponym'")
    geocoder = _geocoder(service, user_agent, seconds_between)
    known = load_gazetteer() if gazetteer is None else gazetteer
    questions = sorted(set(_questions(mentions, known, by=by, within_km=within_km)))
    with closing(_opened(cache)) as kept:
        answers = list(_answers(questions, geocoder, kept, seconds_between))
    if left := sum(bool(one.problem) for one in answers):
        warnings.warn(
            f"{left:,} of {len(answers):,} questions have no answer; ask again later", GeomapWarning, stacklevel=2
        )
    rows = [_row(question, answer) for question, answer in zip(questions, answers, strict=True)]
    return typed({name: [row[name] for row in rows] for name in _COLUMNS}, _COLUMNS)


def _geocoder(service: Any, user_agent: str, seconds_between: float) -> Geocoder:
    if isinstance(service, str):
        if service not in SERVICES:
            raise ConfigError(
                f"there is no service {service!r}; give one of {', '.join(SERVICES)}, or a geopy geocoder"
            )
        if not user_agent.strip():
            raise ConfigError(
                "give user_agent, a program and an address to write to: the service wants to know who asks"
            )
        try:
            # geopy's other adapter, if requests is there, asks again by itself, without any delay.
            service = SERVICES[service](user_agent=user_agent, timeout=_TIMEOUT, adapter_factory=URLLibAdapter)
        except ConfigurationError as error:
            raise ConfigError(f"user_agent={user_agent!r}: {error}; name your own program") from None
    if not isinstance(service, Geocoder):
        raise ConfigError(f"service is {service!r}; give one of {', '.join(SERVICES)}, or a geopy geocoder")
    public = str(getattr(service, "domain", "")).partition(":")[0].endswith(_PUBLIC_HOSTS)
    if not seconds_between >= (PUBLIC_SECONDS if public else 0):
        raise ConfigError(f"seconds_between is {seconds_between}; a public server may be asked once a second at most")
    return service


def _questions(mentions: pd.DataFrame, known: SqliteGazetteer, *, by: str, within_km: float) -> Iterator[_Question]:
    namer = GazetteerGeocoder(known)
    columns = ["entry_id", "name", "toponym", "latitude", "longitude"]
    rows: Any = mentions[columns].drop_duplicates().itertuples(index=False)
    for row in rows:
        entry = known.entry(row.entry_id) if row.entry_id else None
        if by == "place" and not row.entry_id:
            continue
        yield _Question(
            query=row.toponym if by == "toponym" else namer.address(entry) if entry else row.name,
            entry_id=row.entry_id,
            name=row.name,
            latitude=row.latitude,
            longitude=row.longitude,
            within_km=max(within_km, entry.extent_km + entry.accuracy_km if entry else 0),
        )


def _answers(
    questions: list[_Question], geocoder: Geocoder, kept: sqlite3.Connection, seconds_between: float
) -> Iterator[_Answer]:
    """Yield an answer a question, from the file where it is there; each new one is in the file before the next."""
    limited = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=seconds_between,
        max_retries=_RETRIES,
        error_wait_seconds=5 * seconds_between,
        swallow_exceptions=False,
    )
    name = f"{type(geocoder).__name__} {getattr(geocoder, 'domain', '')}".strip()
    options = {"language": "en"} if isinstance(geocoder, Nominatim | Photon) else {}
    failures, over = 0, ""
    for question in questions:
        found = _kept(kept, name, question.query)
        if found is None and over:
            found = _Answer(problem=f"not asked: {over}")
        elif found is None:
            found, refused = _asked(limited, question.query, options)
            failures = failures + 1 if found.problem else 0
            if refused or failures >= _MOST_FAILURES:
                over = found.problem
            if not found.problem:
                _keep(kept, name, question.query, found)
        yield found


def _asked(limited: RateLimiter, query: str, options: dict[str, str]) -> tuple[_Answer, bool]:
    """Return what the service says, and whether it refuses to say any more."""
    try:
        location = limited(query, **options)
        if location is None:
            return _Answer(), False
        return _Answer(address=location.address, latitude=location.latitude, longitude=location.longitude), False
    except GeopyError as error:
        return _Answer(problem=f"{type(error).__name__}: {error}"), isinstance(error, _REFUSALS)
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # what came back is no answer of its kind
        return _Answer(problem=f"the answer cannot be read ({type(error).__name__}: {error})"), False


def _row(question: _Question, answer: _Answer) -> dict[str, Any]:
    km = None
    if question.entry_id and answer.latitude is not None:
        here, there = (question.latitude, question.longitude), (answer.latitude, answer.longitude)
        km = round(float(geodesic(here, there).km), 1)
    return {
        "entry_id": question.entry_id,
        "name": question.name,
        "query": question.query,
        "latitude": question.latitude,
        "longitude": question.longitude,
        "answer": answer.address,
        "answer_latitude": answer.latitude,
        "answer_longitude": answer.longitude,
        "km": km,
        "agrees": None if km is None else km <= question.within_km,
        "problem": answer.problem,
    }


def _opened(cache: str | os.PathLike[str] | None) -> sqlite3.Connection:
    """Open the file of answers; each is written at once or not at all."""
    try:
        kept = sqlite3.connect(":memory:" if cache is None else os.fspath(cache))
        with kept:
            kept.execute(
                "CREATE TABLE IF NOT EXISTS answer (service TEXT, query TEXT, address TEXT, latitude REAL, "
                "longitude REAL, PRIMARY KEY (service, query)) WITHOUT ROWID"
            )
            kept.execute("SELECT service, query, address, latitude, longitude FROM answer LIMIT 1")
    except sqlite3.Error as error:
        raise OutputError(
            f"{cache}: cannot keep answers ({error}); name a new file in a folder that is there"
        ) from None
    return kept


def _kept(kept: sqlite3.Connection, service: str, query: str) -> _Answer | None:
    sql = "SELECT address, latitude, longitude FROM answer WHERE service = ? AND query = ?"
    row = kept.execute(sql, (service, query)).fetchone()
    return None if row is None else _Answer(address=row[0], latitude=row[1], longitude=row[2])


def _keep(kept: sqlite3.Connection, service: str, query: str, answer: _Answer) -> None:
    values = (service, query, answer.address, answer.latitude, answer.longitude)
    try:
        with kept:
            kept.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", values)
    except sqlite3.Error as error:
        raise OutputError(f"the answers cannot be kept ({error}); close what else uses the file") from None
