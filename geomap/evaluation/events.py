"""How well the kind of event is told: snippets of news, each labelled with the one event that it is about.

Rows are JSON objects with a ``text`` and a ``label``. The label is an ACLED sub-type, or one of the codes below: the
inventory of the CASE 2021 shared task on fine-grained event classification. All but five of them stand for a sub-type.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geomap.errors import ReportError
from geomap.evaluation.figures import average, f1, figure, share
from geomap.evaluation.rows import Row, Where, read_rows
from geomap.events.triggers.finding import Trigger, find_triggers
from geomap.events.vocabulary import EVENT_TYPES, TYPE_OF
from geomap.recognizers.sentences import sentence_spans

NONE = "none"
"""The label of a snippet that reports no event in the sense of ACLED."""

LEFT_OUT = "left out"
"""The label of a snippet that is neither required nor punished."""

CODES = {
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "AGREEMENT": "Agreement",
    "AIR_STRIKE": "Air/drone strike",
    "ARMED_CLASH": "Armed clash",
    "ARREST": "Arrests",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "ATTACK": "Attack",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "CHEM_WEAP": "Chemical weapon",
    "DISR_WEAP": "Disrupted weapons use",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "GRENADE": "Grenade",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "MOB_VIOL": "Mob violence",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "OTHER": "Other",
    "PEACE_PROTEST": "Peaceful protest",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SEX_VIOL": "Sexual violence",
    "SUIC_BOMB": "Suicide bomb",
    "VIOL_DEMONSTR": "Violent demonstration",
    # Sanctions, expelled diplomats, floods, crashes and smuggling are no events of ACLED.
    "DIPLO": NONE,
    "MAN_MADE_DISASTER": NONE,
    "NATURAL_DISASTER": NONE,
    "ORG_CRIME": NONE,
    # Who claims or is blamed for an attack: the attack itself is told in the same words, so both answers are right.
    "ATTRIB": LEFT_OUT,
}
"""Code of a label → ACLED sub-type, `NONE` or `LEFT_OUT`."""

# Where a sentence tells of several things, a coder files it under what says most about the means or the outcome.
_RANKS = {
    sub_type: rank
    for rank, sub_types in enumerate(
        (
            ("Other", "Change to group/activity"),
            ("Attack", "Armed clash", "Arrests", "Peaceful protest", "Looting/property destruction"),
            (
                "Agreement",
                "Mob violence",
                "Disrupted weapons use",
                "Protest with intervention",
                "Violent demonstration",
            ),
            ("Shelling/artillery/missile attack", "Air/drone strike", "Remote explosive/landmine/IED"),
            ("Excessive force against protesters", "Headquarters or base established"),
            (
                "Government regains territory",
                "Non-state actor overtakes territory",
                "Non-violent transfer of territory",
            ),
            ("Abduction/forced disappearance", "Sexual violence", "Grenade", "Suicide bomb", "Chemical weapon"),
        )
    )
    for sub_type in sub_types
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One labelled piece of news."""

    text: str
    """A few sentences."""
    label: str
    """ACLED sub-type, `NONE` or `LEFT_OUT`."""


def main_event(text: str) -> Trigger | None:
    """Return the trigger that a snippet is about: of its first sentence that has any, the most telling one.

    A lead says what a report is about; later sentences give background. Within a sentence, means and outcomes (a
    suicide bomb, a town taken) tell more than a bare attack, and that more than what follows from it; of equals the
    first counts.

    Returns
    -------
        Its offsets are those of its own sentence; ``None`` when nothing happened.
    """
    for start, end in sentence_spans(text):
        triggers = find_triggers(text[start:end], unlikely=True)
        if triggers:
            return max(triggers, key=lambda trigger: (_RANKS[trigger.event_sub_type], trigger.chance))
    return None


def read_snippets(path: str | os.PathLike[str], *, split: str = "all", limit: int | None = None) -> list[Snippet]:
    """Return the labelled snippets of a JSON Lines file, in its order; ``-`` is standard input.

    Parameters
    ----------
    path
        Where it is.
    split
        ``first-half`` or ``second-half`` of the rows (the first has the odd one); any other name the rows whose
        ``split`` it is, or all where no row has one; ``all`` is all.
    limit
        At most this many, the first ones.

    Raises
    ------
    ReportError
        If it cannot be read, a row has no text or no known label, or nothing is left.
    """
    rows = [_labelled(row, where) for where, row in read_rows(path)]
    middle = (len(rows) + 1) // 2
    halves = {"first-half": rows[:middle], "second-half": rows[middle:]}
    kept = halves.get(split)
    if kept is None:
        named = split != "all" and any("split" in row for row in rows)
        kept = [row for row in rows if not named or row.get("split") == split]
    if not kept:
        raise ReportError(f"no row is in the split {split!r}; give --split all", path=os.fspath(path))
    return [Snippet(text=row["text"], label=row["label"]) for row in kept[:limit]]


def _labelled(row: Row, where: Where) -> Row:
    """Return a row with its label as a sub-type."""
    if not isinstance(row.get("text"), str):
        raise where.error('no "text" in the row, or not a string; give {"text": "…", "label": "Attack"}')
    label = row.get("label")
    label = CODES.get(label, label) if isinstance(label, str) else None
    if label not in TYPE_OF and label not in (NONE, LEFT_OUT):
        raise where.error(f"no label that is known: {row.get('label')!r}; give an ACLED sub-type or {NONE!r}")
    return {**row, "label": label}


def evaluate_events(corpus: str | os.PathLike[str], *, split: str = "all", limit: int | None = None) -> dict[str, Any]:
    """Score the kind of event told of labelled snippets; see `read_snippets` and `main_event`.

    Returns
    -------
        What was scored, figures as ``{"value": …, "n": …}``: ``sub_type_macro_f1``, the mean F1 over the sub-types
        that the gold has; ``type_macro_f1``, that over the six types and `NONE` as far as the gold has them;
        ``accuracy`` of the sub-types, `NONE` among them; the share ``left_out``; then each type and sub-type by
        itself, and every error.
    """
    snippets = read_snippets(corpus, split=split, limit=limit)
    scored = [snippet for snippet in snippets if snippet.label != LEFT_OUT]
    events = [main_event(snippet.text) for snippet in scored]
    told = [event.event_sub_type if event else NONE for event in events]
    gold = [snippet.label for snippet in scored]
    sub_types = _by_class(gold, told)
    types = _by_class([TYPE_OF.get(label, NONE) for label in gold], [TYPE_OF.get(label, NONE) for label in told])
    errors = [
        {"kind": f"{one.label} → {label}", "text": one.text, "gold": one.label, "told": label}
        for one, label in zip(scored, told, strict=True)
        if one.label != label
    ]
    kinds = Counter(error["kind"] for error in errors)
    return {
        "task": "events",
        "corpus": Path(corpus).name,
        "split": split,
        "documents": len(snippets),
        "geomap": version("geomap"),
        "figures": {
            "sub_type_macro_f1": _macro(sub_types, [name for name in TYPE_OF if name in gold], len(gold)),
            "type_macro_f1": _macro(types, [name for name in (*EVENT_TYPES, NONE) if name in types], len(gold)),
            "accuracy": share(len(gold) - len(errors), len(gold)),
            "left_out": share(len(snippets) - len(scored), len(snippets)),
        },
        "types": types,
        "classes": sub_types,
        "error_kinds": dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        "errors": errors,
    }


def _by_class(gold: Sequence[str], told: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the F1, precision and recall of each class of the gold, in the order of the vocabulary."""
    right = Counter(one for one, other in zip(gold, told, strict=True) if one == other)
    wanted, given = Counter(gold), Counter(told)
    return {
        name: {
            "f1": f1(correct=right[name], predicted=given[name], gold=wanted[name]),
            "precision": share(right[name], given[name]),
            "recall": share(right[name], wanted[name]),
        }
        for name in (*EVENT_TYPES, *TYPE_OF, NONE)
        if wanted[name]
    }


def _macro(classes: dict[str, dict[str, Any]], names: Sequence[str], n: int) -> dict[str, float | int | None]:
    return figure(average([float(classes[name]["f1"]["value"] or 0.0) for name in names]), n)
