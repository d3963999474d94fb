"""The nouns of the program: frozen values that the rooms hand to each other, and the shapes of the rooms.

Offsets are half-open ``[start, end)`` counts of Unicode code points in `Document.text`. Coordinates are WGS 84 degrees.
Ids carry their source, as in ``geonames:538560``.
"""

import datetime
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol

Role = Literal["literal", "metonymic", "modifier", "embedded"]
"""How a mention is used: a place ("in Kursk"), its government ("Kyiv rejected"), an adjective ("Russian forces"), or
a part of another name ("The Moscow Times"). After Gritta, Pilehvar and Collier (2020)."""

NameKind = Literal["primary", "alternate", "abbreviation", "demonym", "historic"]
"""What kind of name led to a gazetteer entry."""

Level = Literal["country", "admin1", "admin2", "admin3", "admin4", "settlement", "quarter", "water", "area", "facility"]
"""What a place is, as far as drawing and reasoning ask: a country, an administrative unit of some order, a settlement,
a part of one, a water, another area (continent, region, range, forest, island), or a facility (building, site)."""

RelationKind = Literal["in", "near", "direction", "between", "beside"]
"""What a text says of where a place lies, against another: inside it, near it, in a direction from it, between it and
another, or no more than that it stands in one list with it."""

LocationBasis = Literal["entry", "relation", "coordinates"]
"""What a location rests on: a gazetteer entry, what the text says against other places, or coordinates it gives."""

Span = tuple[int, int]
"""A half-open ``[start, end)`` pair of code-point offsets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report once read: its text and what is known about it."""

    id: str
    """Unique in a run and stable between runs."""
    text: str
    """All text that is searched for places, boilerplate included."""
    title: str = ""
    """The headline; empty when unknown."""
    url: str = ""
    """Where the report was published, as given: not checked, hostile until it is escaped."""
    published: datetime.date | None = None
    """Day of publication; ``None`` when unknown."""
    source: str = ""
    """The outlet; empty when unknown."""
    language: str = "en"
    """ISO 639 code; English alone is read, and what is too short to tell counts as English."""
    boilerplate: tuple[Span, ...] = ()
    """Spans of lines that are not the story (teasers, newsletter boxes, repeated captions): sorted, disjoint."""
    given_mentions: tuple[Span, ...] | None = None
    """Spans of places that the input itself marked; ``None`` when it marked none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a document, without surrounding white space."""

    index: int
    """Position in the document, counted from 0."""
    start: int
    """Document offset of its first character."""
    end: int
    """Document offset after its last character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One occurrence of a toponym."""

    document_id: str
    """`Document.id` of the report."""
    sentence: int
    """`Sentence.index` of the sentence it starts in."""
    start: int
    """Document offset of its first character."""
    end: int
    """Document offset after its last character."""
    toponym: str
    """The name as written, ``text[start:end]``."""
    role: Role = "literal"
    """How the mention is used."""
    relation: str = ""
    """The words that move the point off the place: "near", "20 km south of"; empty when at the place itself."""
    boilerplate: bool = False
    """Whether it lies in text that is not the story."""
    demonym: bool = False
    """Whether it is a demonym ("Ukrainian") rather than a name."""
    certainty: float = 1.0
    """How sure the recogniser is that this names a place at all, 0 to 1; 1 where the input marked it.

    On the held-back splits of LGL and TR-News 97 % of what the bundled encoder gives .95 or more are places, and 52 %
    of what it gives less than .8.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a text says of where a place lies, against another that it names."""

    kind: RelationKind
    """In what way."""
    subject: int | None
    """Index of the mention that it speaks of; ``None`` for what happened there: "20 km south of Kursk"."""
    anchor: int
    """Index of the mention that it is told from."""
    bearing: float | None = None
    """Direction from the anchor in degrees clockwise from north; ``None`` when not said."""
    km: float | None = None
    """Distance from the anchor in kilometres; ``None`` when not said."""
    sure: bool = False
    """Whether the words leave no other reading: a place elsewhere contradicts them."""
    words: str = ""
    """The words that say so, white space made single."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a mention is, as exactly as the report and the gazetteer say."""

    latitude: float
    """WGS 84 degrees, north positive."""
    longitude: float
    """WGS 84 degrees, east positive, from -180 to 180."""
    radius_km: float
    """How far around that point it may be; 0 at a town or building itself."""
    geo_precision: int | None
    """ACLED geo precision, 1 to 3; ``None`` for a whole country."""
    where_precision: int | None
    """UCDP where_prec, 1 to 7."""
    basis: LocationBasis = "entry"
    """What it rests on."""
    words: str = ""
    """How it follows from the text: "north-east of Kharkiv"; empty at an entry itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """One place of a gazetteer."""

    id: str
    """With its source: ``geonames:538560``."""
    name: str
    """The primary name."""
    latitude: float
    """WGS 84 degrees, north positive."""
    longitude: float
    """WGS 84 degrees, east positive."""
    feature_class: str
    """GeoNames class: A country or region, P populated place, H water, L area, S spot or building, T terrain."""
    feature_code: str
    """GeoNames code: PCLI country, ADM1, ADM2, PPL populated place, CONT continent, RGN region, SEA, STM river, …"""
    level: Level
    """What it is, decided once, when the gazetteer is built."""
    country_code: str
    """ISO 3166-1 alpha-2; empty for what belongs to no one country."""
    admin1: str = ""
    """GeoNames ADM1 code within the country; empty when unknown."""
    admin2: str = ""
    """GeoNames ADM2 code within the ADM1; empty when unknown."""
    admin3: str = ""
    """Code of the third-order unit, as its country's register writes it; empty when unknown."""
    population: int = 0
    """Inhabitants; 0 when unknown."""
    accuracy_km: float = 0.0
    """How far from the point the place may lie, in nine of ten cases; 0 where the point is the place's own."""
    extent_km: float = 0.0
    """Radius of the area around the point that the place takes up; 0 when unknown, or for a spot."""
    pcodes: tuple[str, ...] = ()
    """OCHA's codes of the units that it lies in or is, of orders 1 to 4, empty texts where unknown; none at all without
    an imported table of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that a mention might refer to."""

    entry: GazetteerEntry
    """The place."""
    matched_name: str
    """The gazetteer name that matched."""
    name_kind: NameKind = "primary"
    """What kind of name matched."""
    score: float = 0.0
    """The resolver's score: higher is better; comparable within one mention only."""
    features: Mapping[str, float] = field(default_factory=dict)
    """What the score was made of, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The choice made for one mention, with what it beat."""

    mention: Mention
    """The mention that was resolved."""
    entry: GazetteerEntry | None
    """The chosen place; ``None`` is NIL: no entry fits."""
    confidence: float
    """How sure, 0 to 1, rounded to two decimals; 0 for NIL."""
    candidates: tuple[Candidate, ...] = ()
    """The candidates considered, best first, the winner included."""
    location: Location | None = None
    """Where it is: at or off the entry's point; without an entry, where the text says; ``None`` if it does not."""
    corrected_by: str = ""
    """Who corrected or confirmed the choice; empty when it is the program's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When an event happened, as far as the report says."""

    words: str = ""
    """The expression as written ("on Friday"); empty when there is none."""
    start: datetime.date | None = None
    """The first day it may have been; ``None`` when unknown."""
    end: datetime.date | None = None
    """The last day it may have been, itself included; ``None`` when unknown."""
    precision: int | None = None
    """ACLED time precision: 1 the day, 2 the week, 3 the month or more; ``None`` when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One conflict event that a sentence reports, as said, not as judged."""

    document_id: str
    """`Document.id` of the report."""
    sentence: int
    """`Sentence.index` of the sentence that reports it."""
    start: int
    """Document offset of the first character of the trigger, the words that say what happened."""
    end: int
    """Document offset after the last character of the trigger."""
    event_type: str
    """ACLED event type, such as "Battles"."""
    event_sub_type: str
    """ACLED sub-event type, such as "Armed clash"."""
    place: Resolution | None = None
    """The resolved mention it happened at; ``None`` when the report names no place for it."""
    latitude: float | None = None
    """Of the point that the words give: the place's own, or moved from it ("20 km south of"); ``None`` without one."""
    longitude: float | None = None
    """Of the same point."""
    radius_km: float = 0.0
    """How far around that point it may have been, by the wording and the size of the place; 0 at the place itself."""
    geo_precision: int | None = None
    """ACLED geo precision, 1 to 3; ``None`` without a place, or for a whole country."""
    where_precision: int | None = None
    """UCDP where_prec, 1 to 7; ``None`` without a place."""
    date: EventDate = field(default_factory=EventDate)
    """When it happened."""
    fatalities_low: int | None = None
    """The least number of deaths that the sentence says; ``None`` when it says none."""
    fatalities_high: int | None = None
    """The greatest number of deaths that the sentence says; ``None`` when it says none."""
    fatalities_said: str = ""
    """How the sentence says them: "at least", "up to", "about", or "some" without a number; "" for just so many."""
    attribution: str = ""
    """Who is said to say so, as written, or whom a sentence before names for "he"; "" when the report itself does."""
    occurrence: int = 0
    """Which occurrence of the report it tells, counted from 1: tellings of one have the same; 0 when not told apart."""
    same_as: tuple[str, ...] = ()
    """Keys that it shares with events of other reports that somebody says tell the same occurrence."""
    apart_from: tuple[str, ...] = ()
    """Keys that it shares with events that somebody says do not."""
    boilerplate: bool = False
    """Whether it lies in text that is not the story."""
    corrected_by: str = ""
    """Who corrected or confirmed it; empty when nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """A document with everything found in it."""

    document: Document
    """The report."""
    sentences: tuple[Sentence, ...]
    """In text order, disjoint."""
    mentions: tuple[Mention, ...]
    """In text order."""
    resolutions: tuple[Resolution, ...]
    """One a mention, in the same order."""
    events: tuple[Event, ...] = ()
    """In text order of their triggers."""
    relations: tuple[Relation, ...] = ()
    """Between the mentions, by their indices, in text order of the subjects."""


class Gazetteer(Protocol):
    """A collection of places that can be asked for a name."""

    def lookup(self, name: str) -> list[GazetteerEntry]:
        """Return the entries of a name, most populous first; an empty list when there is none."""
        ...

    def candidates(self, toponym: str) -> list[Candidate]:
        """Return the entries of a name with the name and kind that matched, in the order of `lookup`."""
        ...

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """Return the entry of an id, or ``None``."""
        ...


if not TYPE_CHECKING:  # else no misspelt name of a type would be seen

    def __getattr__(name: str) -> object:
        """Find what stood here before, for one version more."""
        if name != "Resolver":
            raise AttributeError(f"module 'geomap.types' has no attribute {name!r}")
        warnings.warn("import Resolver from geomap.registry", DeprecationWarning, stacklevel=2)
        return import_module("geomap.registry").Resolver
