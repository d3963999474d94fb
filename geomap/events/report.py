"""The events of a whole report: what its sentences tell, put together.

Each sentence is read by itself first. What is told again is then one occurrence: it happened at the places and on the
day that any of its tellings says, and is of the kind that the first says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from geomap.events.attribution import attribution, speaker_before
from geomap.events.dates.carrying import is_aside, is_long, is_now, open_calendar
from geomap.events.dates.event_date import first_date
from geomap.events.deaths.sharing import Deaths, share_tolls
from geomap.events.layout import is_bare_heading, tells_nothing
from geomap.events.occurrences import Happening, name_of, told_before, without_parts
from geomap.events.places.across_sentences import places_of_happenings
from geomap.events.places.anaphora import REACH
from geomap.events.places.choosing import event_places
from geomap.events.telling import tell_report
from geomap.events.triggers.finding import triggers_of, who_took_territory
from geomap.events.vocabulary import BLOODLESS, OVERTAKES, REGAINS, TERRITORY, TYPE_OF
from geomap.language.syntax import parse_sentences
from geomap.recognizers.encoder import WordStates
from geomap.types import Document, Event, EventDate, ParsedDocument, Resolution, Sentence, Span

_BACK = 3
"""How many sentences before one are read for whom its "he said" means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One event before it is written: a happening at one place."""

    happening: int
    """Which of the report's happenings."""
    place: Resolution | None
    occurrence: int
    """Which occurrence of the report it tells."""


def find_events(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    *,
    words: WordStates | None = None,
) -> Iterator[Event]:
    """Find what is said to have happened, where and when.

    Parameters
    ----------
    document
        The report.
    sentences
        Its sentences, in text order.
    resolutions
        One a mention, in text order.
    words
        What the default encoder made of the words of the text; ``None`` has it read them.

    Yields
    ------
        Events in text order, one a place of a list; nothing for a report of no conflict.
    """
    mentions = tuple(one.mention for one in resolutions)
    parsed = ParsedDocument(
        document=document, sentences=tuple(sentences), mentions=mentions, resolutions=tuple(resolutions)
    )
    happenings = _happenings(parsed, words)
    again = told_before(happenings)
    places = places_of_happenings(parsed, happenings, again)
    rows = _rows(happenings, again, places)
    dates = _dates(happenings, again)
    kinds = _kinds(happenings, again, places)
    deaths = _deaths(sentences, happenings, rows, kinds)
    for number, row in enumerate(rows):
        happening = happenings[row.happening]
        date, kind = dates[row.happening], kinds[row.happening]
        speaker = _said_by(parsed, happening)
        yield _event(document, sentences[happening.sentence], happening, row, date, kind, deaths[number], speaker)


def _happenings(parsed: ParsedDocument, words: WordStates | None) -> list[Happening]:
    document, grounds = parsed.document, {one.sentence for one in parsed.mentions if one.role == "literal"}
    kept = [
        one
        for one in parsed.sentences
        if not tells_nothing(document.text, one) and (one.index in grounds or not is_bare_heading(document.text, one))
    ]
    tellings = tell_report(parsed, kept, words)
    calendar = open_calendar(document.text, list(tellings.values()), document.published)
    found: list[Happening] = []
    paragraph, position = 0, 0
    for sentence in kept:
        paragraph += document.text.count("\n", position, sentence.start)
        position = sentence.start
        calendar.move_to(sentence.start)
        telling = tellings[sentence.index]
        here: list[Happening] = []
        if telling.text.rstrip().endswith(":") and sentence.index not in grounds:
            continue  # "Casualties by region on 9 March:" opens a list that tells
        goes_on = bool(found) and sentence.index - found[-1].sentence <= REACH
        for trigger in triggers_of(telling, goes_on=goes_on):
            span, *parts = (
                (sentence.start + start, sentence.start + end)
                for start, end in ((trigger.start, trigger.end), *trigger.parts)
            )
            places = event_places(parsed, sentence.index, span, telling, parts=parts)
            date = calendar.read(telling, (trigger.start, trigger.end))
            if is_long(date):
                continue  # "1,600 have been killed since the coup": a total, or long past
            if not is_aside(trigger.cue.head):
                calendar.note(date)
            here.append(
                Happening(
                    sentence=sentence.index,
                    paragraph=paragraph,
                    telling=telling,
                    trigger=trigger,
                    places=tuple(places),
                    date=date,
                    carried=calendar.today if is_now(trigger.cue.head) else calendar.current,
                )
            )
        if not here:
            calendar.note(first_date(telling.text, document.published)[0])  # "It began on Thursday, 16 January."
        found += without_parts(here)
    return found


def _rows(
    happenings: Sequence[Happening], again: Sequence[int | None], places: Sequence[Sequence[Resolution]]
) -> list[_Row]:
    """Return one row a place of each happening; in one sentence a thing at one place is told once."""
    rows: list[_Row] = []
    of: list[dict[str, int]] = []
    told: set[tuple[int, str, str]] = set()
    for number, happening in enumerate(happenings):
        known = of[before] if (before := again[number]) is not None else {}
        mine: dict[str, int] = {}
        for place in places[number] or (None,):
            name = name_of(place) if place else ""
            occurrence = known.get(name)
            if occurrence is None:
                occurrence = next(iter(known.values())) if len(known) == 1 else len(rows) + 1
            mine[name] = occurrence
            key = (happening.sentence, happening.trigger.event_sub_type, name)
            if key not in told:
                told.add(key)
                rows.append(_Row(happening=number, place=place, occurrence=occurrence))
        of.append(known | mine)
    return rows


def _dates(happenings: Sequence[Happening], again: Sequence[int | None]) -> list[EventDate]:
    """Return the date of each happening: its own, that of what it tells again, or what holds where it stands."""
    found: list[EventDate] = []
    for number, happening in enumerate(happenings):
        before = again[number]
        date = happening.date
        if date.start is None:
            date = found[before] if before is not None else happening.carried
        found.append(replace(date, words=happening.date.words))
    return found


def _deaths(
    sentences: Sequence[Sentence], happenings: Sequence[Happening], rows: Sequence[_Row], kinds: Sequence[str]
) -> list[Deaths | None]:
    """Return the deaths that its own sentence says of each row."""
    found: list[Deaths | None] = [None] * len(rows)
    for index, numbers in groupby(range(len(rows)), key=lambda number: happenings[rows[number].happening].sentence):
        of = [list(group) for _, group in groupby(numbers, key=lambda number: rows[number].happening)]
        told = [happenings[rows[group[0]].happening] for group in of]
        start = sentences[index].start
        shares = share_tolls(
            told[0].telling.text,
            told[0].telling.tolls,
            [(one.trigger.start, one.trigger.end) for one in told],
            [[_span_in(rows[number].place, index, start) for number in group] for group in of],
            bloodless=[n for n, group in enumerate(of) if kinds[rows[group[0]].happening] in BLOODLESS],
        )
        for group, share in zip(of, shares, strict=True):
            for number, deaths in zip(group, share, strict=True):
                found[number] = deaths
    return found


def _span_in(place: Resolution | None, sentence: int, start: int) -> Span | None:
    """Return the offsets of a place in a sentence; ``None`` where it stands in another."""
    if place is None or place.mention.sentence != sentence:
        return None
    return place.mention.start - start, place.mention.end - start


def _kinds(
    happenings: Sequence[Happening], again: Sequence[int | None], places: Sequence[Sequence[Resolution]]
) -> list[str]:
    """Return the sub-type of each happening: that of what it tells again; of ground taken, by whose ground it is."""
    found: list[str] = []
    taker = TERRITORY
    for number, happening in enumerate(happenings):
        before, kind = again[number], happening.trigger.event_sub_type
        if before is not None:
            kind = found[before]
        elif kind in (REGAINS, OVERTAKES):
            country = next((one.entry.country_code for one in places[number] if one.entry), "")
            kind = who_took_territory(happening.telling, happening.trigger.cue, country)
            if kind == TERRITORY:  # "two days later they took …": the same as before
                kind = taker if taker != TERRITORY else OVERTAKES
            taker = kind
        found.append(kind)
    return found


def _said_by(parsed: ParsedDocument, happening: Happening) -> str:
    """Return who is said to say so: by name also where the sentence says "he" and one of the sentences before names."""
    trigger = happening.trigger
    words = attribution(happening.telling.tree, (trigger.start, trigger.end))
    before = parsed.sentences[max(0, happening.sentence - _BACK) : happening.sentence][::-1]
    trees = (parse_sentences([parsed.document.text[one.start : one.end]])[0] for one in before)
    return " ".join(speaker_before(chain([happening.telling.tree], trees), words).split())


def _event(
    document: Document,
    sentence: Sentence,
    happening: Happening,
    row: _Row,
    date: EventDate,
    kind: str,
    deaths: Deaths | None,
    speaker: str,
) -> Event:
    trigger, place = happening.trigger, row.place
    start, end = sentence.start + trigger.start, sentence.start + trigger.end
    point = place.location if place else None
    low, high, said = deaths or (None, None, "")
    return Event(
        document_id=document.id,
        sentence=sentence.index,
        start=start,
        end=end,
        event_type=TYPE_OF[kind],
        event_sub_type=kind,
        place=place,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        radius_km=point.radius_km if point else 0.0,
        geo_precision=point.geo_precision if point else None,
        where_precision=point.where_precision if point else None,
        date=date,
        fatalities_low=low,
        fatalities_high=high,
        fatalities_said=said,
        attribution=speaker,
        occurrence=row.occurrence,
        boilerplate=any(first < end and start < last for first, last in document.boilerplate),
    )
