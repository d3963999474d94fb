"""``geomap correct``: write down what the program got wrong, for ``--corrections`` to apply."""

import datetime
import getpass
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from geomap.cli import options
from geomap.cli.words import count, say

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*", re.ASCII)
_DEATHS = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)


def correct(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document_id of a report, or any for all.")
    ] = "",
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="The name, or the trigger of an event, as written.")
    ] = "",
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="In place of both: add all rows of a file, such as a map saves."),
    ] = None,
    start: Annotated[
        int | None, typer.Option("--start", min=0, metavar="N", help="Offset where they begin; default: everywhere.")
    ] = None,
    place: Annotated[str, typer.Option("--place", metavar="ID", help="The right entry, such as geonames:538560.")] = "",
    point: Annotated[str, typer.Option("--point", metavar="LAT,LON", help="The right point, in degrees.")] = "",
    not_a_place: Annotated[bool, typer.Option("--not-a-place", help="The words name no place.")] = False,
    unknown: Annotated[bool, typer.Option("--unknown", help="A place, but nobody knows where.")] = False,
    event: Annotated[bool, typer.Option("--event", help="Speak of the event that the words tell of.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="With --event: nothing of the kind is said.")] = False,
    verified: Annotated[bool, typer.Option("--verified", help="With --event: it is right as it is.")] = False,
    sub_type: Annotated[str, typer.Option("--type", metavar="NAME", help="Its sub-event type, as ACLED has it.")] = "",
    day: Annotated[
        str, typer.Option("--day", metavar="DAY", help="Its day, 2024-08-06, or 2024-08-05/2024-08-11.")
    ] = "",
    deaths: Annotated[str, typer.Option("--deaths", metavar="N", help="How many died: 3, or 3-5.")] = "",
    mention_start: Annotated[
        int | None,
        typer.Option("--mention-start", min=0, metavar="N", help="Offset of its place, where a trigger has several."),
    ] = None,
    same_as: Annotated[
        int | None,
        typer.Option("--same-as", min=0, metavar="N", help="With --event: one occurrence with the event told there."),
    ] = None,
    apart_from: Annotated[
        int | None,
        typer.Option("--apart-from", min=0, metavar="N", help="With --event: not the occurrence that is told there."),
    ] = None,
    same_mention_start: Annotated[
        int | None,
        typer.Option("--same-mention-start", min=0, metavar="N", help="Offset of that event's place, likewise."),
    ] = None,
    same_document: Annotated[
        str, typer.Option("--same-document", metavar="ID", help="The report of that event, if it is another.")
    ] = "",
    same_words: Annotated[
        str, typer.Option("--same-words", metavar="WORDS", help="Its trigger there, as written.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last correction of the same words.")] = False,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who says so; default: the name you are logged in by.")
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="On what grounds.")] = "",
    corrections: Annotated[Path, typer.Option("--corrections", metavar="FILE", help="The file to add it to.")] = Path(
        "corrections.csv"
    ),
    gazetteer: options.Gazetteer = None,
) -> None:
    """Add a correction to a file: what a name means, that it is no place, or what is right of an event."""
    from geomap.corrections.corrections_file import append_corrections, read_correction_rows, standing
    from geomap.corrections.records import Correction

    if (source is None) == (not document or not words):
        raise typer.BadParameter("give DOCUMENT and WORDS, or --from FILE")
    if source is not None:
        _add_all(source, corrections)
        return
    told: dict[str, bool] = {"not a place": not_a_place, "unknown place": unknown, "wrong": wrong}
    told |= {"verified": verified, "same": same_as is not None}
    told |= {"apart": apart_from is not None, "undo": undo}
    row = Correction(
        document=document,
        about="event" if event else "mention",
        words=words,
        start=start,
        end=None if start is None else start + len(words),
        mention_start=mention_start,
        verdict=_verdict([name for name, given in told.items() if given], event=event),
        entry_id=place,
        **_point(point),
        event_sub_type=sub_type,
        event_date=day,
        **_deaths(deaths),
        same_start=apart_from if same_as is None else same_as,
        same_mention_start=same_mention_start,
        same_document=same_document,
        same_words=same_words,
        who=login_name() if who is None else who,
        when=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        why=why,
    )
    if place:
        _require_entry(place, gazetteer)
    if undo:  # refuse what has nothing to take back
        standing([*(read_correction_rows(corrections) if corrections.exists() else []), row])
    append_corrections(corrections, row)
    say(f"{row.in_words()}: added to {corrections}")


def _add_all(source: Path, target: Path) -> None:
    """Add the rows of a file that are not in another yet: a map saves all of its verdicts each time."""
    from geomap.cli.outputs import check_outputs
    from geomap.corrections.corrections_file import append_corrections, read_correction_rows, standing

    check_outputs([target], [source], option="--corrections")
    there, new = read_correction_rows(target) if target.exists() else [], []
    known = Counter(replace(row, line=None) for row in there)
    for row in read_correction_rows(source):
        said = replace(row, line=None)
        known[said] -= 1
        if known[said] < 0:
            new.append(row)
    standing([*there, *new])
    append_corrections(target, *new)
    had = len(read_correction_rows(source)) - len(new)
    say(f"{count(len(new), 'correction')} of {source}: added to {target}{f'; {had:,} were there' if had else ''}")


def _verdict(given: list[str], *, event: bool) -> str:
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(given)} exclude each other; give one")
    return given[0] if given else "event" if event else "place"


def _point(text: str) -> dict[str, Any]:
    if not text:
        return {}
    found = _POINT.fullmatch(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is not LAT,LON, such as 48.28,37.18", param_hint="--point")
    return {"latitude": float(found[1]), "longitude": float(found[2])}


def _deaths(text: str) -> dict[str, Any]:
    if not text:
        return {}
    found = _DEATHS.fullmatch(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is no number such as 3, or 3-5", param_hint="--deaths")
    return {"fatalities_low": int(found[1]), "fatalities_high": int(found[2] or found[1])}


def login_name() -> str:
    """Return the name that somebody is logged in by; empty when none is known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name is known, as in some containers
        return ""


def _require_entry(entry_id: str, gazetteer: str | None) -> None:
    from geomap.errors import ConfigError
    from geomap.gazetteers import load_gazetteer

    if load_gazetteer(gazetteer).entry(entry_id) is None:
        raise ConfigError(f"the gazetteer has no entry {entry_id!r}; geomap lookup NAME lists those of a name")
