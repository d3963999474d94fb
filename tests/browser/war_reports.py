"""Reports and their mentions made by hand: what a page is looked at and tested with."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from geomap.resolvers.locating import located
from geomap.tables import to_mentions
from geomap.types import Candidate, Document, GazetteerEntry, Mention, ParsedDocument, Resolution, Sentence
from tests.by_hand import entry

_MENTION = re.compile(r"\[([^]|]+)(?:\|([^]|]*))?(?:\|([^]|]*))?\]")


def _town(id: int, name: str, latitude: float, longitude: float, admin1: str, country: str = "UA", **facts: Any) -> Any:
    where = {"latitude": latitude, "longitude": longitude, "admin1": admin1, "country_code": country}
    return entry(name, id=f"geonames:{id}", **{**where, "population": 20_000, **facts})


def _region(id: int, name: str, latitude: float, longitude: float, admin1: str, country: str = "UA") -> Any:
    return _town(id, name, latitude, longitude, admin1, country, feature_class="A", feature_code="ADM1")


_ALEX_FAR = _town(1, "Oleksandrivka", 48.96, 32.23, "10", population=8_000)

PLACES: Mapping[str, GazetteerEntry] = {
    "Sudzha": _town(486621, "Sudzha", 51.19, 35.27, "41", "RU"),
    "Korenevo": _town(543344, "Korenevo", 51.41, 34.9, "41", "RU"),
    "Glushkovo": _town(559317, "Glushkovo", 51.34, 34.64, "41", "RU"),
    "Rylsk": _town(500004, "Ryl’sk", 51.56, 34.68, "41", "RU"),
    "Lgov": _town(535839, "L’gov", 51.66, 35.26, "41", "RU"),
    "Kursk": _town(538560, "Kursk", 51.74, 36.19, "41", "RU", feature_code="PPLA", population=409_000),
    "Kursk region": _region(538555, "Kursk Oblast", 51.7, 36.2, "41", "RU"),
    "Belgorod region": _region(578071, "Belgorod Oblast", 50.75, 37.5, "09", "RU"),
    "Donetsk region": _region(709716, "Donetsk", 48.0, 37.8, "05"),
    "Pokrovsk": _town(704422, "Pokrovsk", 48.28, 37.18, "05", population=64_000),
    "Myrnohrad": _town(709276, "Myrnohrad", 48.3, 37.26, "05"),
    "Selydove": _town(693986, "Selydove", 48.15, 37.3, "05"),
    "Toretsk": _town(711369, "Toretsk", 48.4, 37.85, "05"),
    "Oleksandrivka": _town(700051, "Oleksandrivka", 48.02, 37.24, "05", population=3_000),
    "Dnipro": _town(709930, "Dnipro", 48.47, 35.04, "04", feature_code="PPLA", population=980_000),
    "Sumy": _town(692194, "Sumy", 50.91, 34.8, "21", feature_code="PPLA", population=260_000),
    "Kharkiv": _town(706483, "Kharkiv", 49.98, 36.25, "07", feature_code="PPLA", population=1_400_000),
    "Kyiv": _town(703448, "Kyiv", 50.45, 30.52, "12", feature_code="PPLC", population=2_900_000),
    "Moscow": _town(524901, "Moscow", 55.75, 37.62, "48", "RU", feature_code="PPLC", population=12_000_000),
    "Ukraine": _town(690791, "Ukraine", 49.0, 32.0, "00", feature_class="A", feature_code="PCLI"),
    "Sea of Azov": _town(830245, "Sea of Azov", 46.1, 36.6, "", "", feature_class="H", feature_code="SEA"),
}

# [toponym|place if it is not the toponym, "-" for none|role or "page" for text outside the story]
KURSK = """Smoke near the bridge at [Glushkovo||page]. Photo: Border Herald.

[Ukraine]'s troops widened their hold on the [Kursk region] at the weekend, and by Sunday they fought in the \
western streets of [Sudzha]. People in [Korenevo] spoke of rifle fire all night – and of a school in \
[Glushkovo] that lost its roof.

Officials in [Kursk] opened eleven shelters 🎖 for those who came from the border. Buses still left [Rylsk] and \
[Lgov], a driver said. A woman who had walked out of [Sudzha] had come by way of the hamlet of [Lower Birchwell|-].

[Moscow||metonymic] denied that [Sudzha] was lost. [Kyiv||metonymic] did not comment, and neither did the \
governor of the [Belgorod region].
"""
POKROVSK = """The front has come to within ten kilometres of [Pokrovsk], the rail town of the [Donetsk region]. \
Shells hit [Myrnohrad] and [Selydove] on Friday.

Trains to [Dnipro] leave [Pokrovsk] twice a day. Fighting was heard at [Oleksandrivka], though soldiers could not \
say which village of that name was meant. Troops from [Kharkiv] and [Sumy] went to [Toretsk], and nothing moved \
towards the [Sea of Azov].
"""


def _parse(marked: str, document: dict[str, Any]) -> ParsedDocument:
    text, spans = "", []
    position = 0
    for match in _MENTION.finditer(marked):
        text += marked[position : match.start()]
        spans.append((len(text), match[1], match[2] or match[1], match[3] or "literal"))
        text += match[1]
        position = match.end()
    text += marked[position:]
    sentences = tuple(
        Sentence(index=n, start=found.start(), end=found.end())
        for n, found in enumerate(re.finditer(r"\S.*?(?<!Mr)[.](?=\s|$)", text, re.DOTALL))
    )
    resolutions = tuple(located(text, one) for one in _resolutions(document["id"], spans, sentences))
    mentions = tuple(resolution.mention for resolution in resolutions)
    return ParsedDocument(
        document=Document(text=text, **document), sentences=sentences, mentions=mentions, resolutions=resolutions
    )


def _resolutions(document_id: str, spans: list[Any], sentences: tuple[Sentence, ...]) -> Iterator[Resolution]:
    for start, toponym, key, role in spans:
        sentence = next(one for one in sentences if one.start <= start < one.end)
        mention = Mention(
            document_id=document_id,
            sentence=sentence.index,
            start=start,
            end=start + len(toponym),
            toponym=toponym,
            role="literal" if role == "page" else role,
            boilerplate=role == "page",
        )
        place = PLACES.get(key)
        beaten = (_ALEX_FAR,) if key == "Oleksandrivka" else ()
        candidates = tuple(
            Candidate(entry=one, matched_name=one.name, score=1.0 - n)
            for n, one in enumerate((place, *beaten) if place else ())
        )
        confidence = 0.0 if place is None else 0.41 if beaten else 0.93
        yield Resolution(mention=mention, entry=place, confidence=confidence, candidates=candidates)


def war_reports() -> tuple[pd.DataFrame, list[Document]]:
    """Return the mention table of two reports, and the reports."""
    about = {"source": "Border Herald", "published": datetime.date(2024, 8, 13)}
    parsed = [
        _parse(KURSK, {"id": "kursk", "title": "Fighting widens", "url": "https://example.org/kursk#top", **about}),
        _parse(
            POKROVSK, {"id": "pokrovsk", "title": "A town prepares", "url": "https://example.org/pokrovsk", **about}
        ),
    ]
    return to_mentions(parsed), [one.document for one in parsed]
