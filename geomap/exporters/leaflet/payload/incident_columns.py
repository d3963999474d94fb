"""Incidents in a page: where each is drawn, and which sentences and mentions of the page tell of it, as columns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from geomap.exporters.leaflet.html.escaping import Page
from geomap.exporters.leaflet.payload.incident_rows import Incident, Telling, day_number
from geomap.exporters.leaflet.payload.mention_rows import MentionRows, coded
from geomap.exporters.leaflet.payload.page_places import key_of
from geomap.exporters.leaflet.payload.reports import Reports

SAID = {"": 0, "at least": 1, "up to": 2, "about": 3, "some": 4}
"""How deaths may be said → the number that the page has for it; see `geomap.types.Event.fatalities_said`."""
NOWHERE = -1
"""What stands for the number of a place, report, sentence or mention where the page has none."""


def incident_columns(
    incidents: Sequence[Incident],
    rows: MentionRows,
    reports: Reports,
    *,
    places: Sequence[Page],
    place_of: Sequence[int],
    event_of: Sequence[int],
) -> Page:
    """Return the incidents as the page wants them, in its order.

    What tells of an incident is found among the mentions and the reports of the same page. ``place_of`` is the number
    of the place of each row, ``event_of`` that of the type and sub-type of each incident.

    Returns
    -------
        Columns: ``incidents`` with one value an incident, of which ``tellings`` counts those that are its own in the
        columns of ``tellings``; ``told`` with the texts that both refer to by number. Days count from 1970-01-01;
        ``start`` is a document offset in code points; `NOWHERE` stands for what the page does not have.
    """
    finder = _Finder(rows)
    number = {place["id"]: n for n, place in enumerate(places)}
    every = [telling for incident in incidents for telling in incident.tellings]
    mentions = [finder.mention_of(telling) for telling in every]
    where = finder.sentences_of(every, reports)
    spots: list[int] = []
    position = 0
    for incident in incidents:
        own = mentions[position : (position := position + len(incident.tellings))]
        here = [place_of[mention] for mention in own if mention >= 0 and place_of[mention] >= 0]
        # Without a mention it is at its entry, or where somebody said.
        given = number.get(incident.entry_id, number.get(key_of(incident), NOWHERE))
        spots.append(_spot(here, places, incident.entry_id) if here else given)
    told, of_incidents, of_tellings = _texts(incidents, every, where["sentence"])
    return {
        "incidents": {
            "id": [incident.id for incident in incidents],
            "place": spots,
            "event": list(event_of),
            "first": [day_number(incident.days[0]) for incident in incidents],
            "last": [day_number(incident.days[1] or incident.days[0]) for incident in incidents],
            "reports": [incident.reports for incident in incidents],
            "sources": [incident.sources for incident in incidents],
            "low": [incident.fatalities[0] for incident in incidents],
            "high": [incident.fatalities[1] for incident in incidents],
            "said": [SAID.get(incident.fatalities_said, 0) for incident in incidents],
            "tellings": [len(incident.tellings) for incident in incidents],
            **of_incidents,
        },
        "tellings": {
            **where,
            "mention": mentions,
            "source": [telling.source for telling in every],
            "start": [NOWHERE if telling.start is None else telling.start for telling in every],
            "low": [telling.fatalities[0] for telling in every],
            "high": [telling.fatalities[1] for telling in every],
            "said": [SAID.get(telling.fatalities_said, 0) for telling in every],
            **of_tellings,
        },
        "told": told,
    }


def _texts(incidents: Sequence[Incident], tellings: Sequence[Telling], sentence_of: Sequence[int]) -> tuple[Page, ...]:
    """Return the texts of incidents and tellings, each once, and the numbers that incidents and tellings have of them.

    A sentence is among them only where the page has it nowhere else.
    """
    told: Page = {}
    columns: tuple[Page, Page] = ({}, {})

    def add(name: str, texts: Sequence[str], of: int) -> None:
        columns[of][name], told[name] = coded(texts)

    by = [*(one.corrected_by for one in incidents), *(one.corrected_by for one in tellings)]
    numbers, told["by"] = coded(by)
    columns[0]["by"], columns[1]["by"] = numbers[: len(incidents)], numbers[len(incidents) :]
    add("name", [one.name for one in incidents], 0)
    add("trigger", [one.trigger for one in tellings], 1)
    add("sub_type", [one.event_sub_type for one in tellings], 1)
    add("days", [one.event_date for one in tellings], 1)
    add("said_by", [one.attribution for one in tellings], 1)
    add("quote", [one.sentence if n < 0 else "" for one, n in zip(tellings, sentence_of, strict=True)], 1)
    return told, *columns


def _spot(here: Sequence[int], places: Sequence[Page], entry_id: str) -> int:
    """Return the place that stands for an incident: that of its entry, a point before an area, the most exact first."""

    def rank(number: int) -> tuple[bool, bool, float]:
        place = places[number]
        return place["entry"] != entry_id, place["kind"] != "point", place["radius_km"]

    return min(here, key=rank)


class _Finder:
    """Finds what tells of an incident among the mentions and sentences of a page."""

    def __init__(self, rows: MentionRows) -> None:
        self._number = {key: n for n, key in enumerate(rows.documents)}
        self._at = {spot: row for row, spot in enumerate(zip(rows.document, rows.whole["start"], strict=True))}
        self._in: Mapping[tuple[int, int], list[int]] = defaultdict(list)
        for row, sentence in enumerate(zip(rows.document, rows.whole["sentence_index"], strict=True)):
            self._in[sentence].append(row)

    def mention_of(self, telling: Telling) -> int:
        """Return the row of the mention it happened at; of an older table, the first mention of the sentence."""
        document = self._number.get(telling.document_id, NOWHERE)
        if telling.mention_start is not None:
            return self._at.get((document, telling.mention_start), NOWHERE)
        if not telling.placed:
            return NOWHERE
        return next(iter(self._in.get((document, telling.sentence_index), ())), NOWHERE)

    def sentences_of(self, tellings: Sequence[Telling], reports: Reports) -> Page:
        """Return the numbers of report and sentence of each telling."""
        documents = [self._number.get(telling.document_id, NOWHERE) for telling in tellings]
        sentences = [
            NOWHERE if document < 0 else reports.numbers[document].get(telling.sentence_index, NOWHERE)
            for document, telling in zip(documents, tellings, strict=True)
        ]
        return {"document": documents, "sentence": sentences}
