"""What moved a ranker's choice, taken from its own contributions, in numbers and in words."""

from collections.abc import Mapping

import numpy as np

from geomap.resolvers.name_features import Floats
from geomap.resolvers.ranker_features import FEATURES, RULES
from geomap.resolvers.trees import Trees
from geomap.types import Candidate, GazetteerEntry, Resolution

REASONS: Mapping[str, str] = {
    "inside_container": "it lies in the place named with it",
    "same_admin1": "other places of the report are in its first-order unit",
    "same_country": "other places of the report are in its country",
    "near_others": "other places of the report are close by",
    "told": "it lies where the text says, against another place",
    "wording": "the words around it ask for this kind of place",
    "prominence": "it is the best known place of that name",
    "name": "the name is its own",
    "kind": "this kind of place is what such a name mostly means",
    "report": "reports of this sort mostly mean such places",
}
"""What a group of features says in favour of a candidate."""

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "inside_container": ("in_container", "container_admin", "container_km", "has_container", "listed", "strict"),
    "same_admin1": (
        "same_admin1", "same_admin2", "admin1_places", "named_admin1", "named_admin2", "sentence_admin1",
        "previous_admin1", "next_admin1", "first_admin1", "maybe_admin1",
    ),
    "same_country": (
        "same_country", "country_places", "named_country", "sentence_country", "previous_country", "next_country",
        "first_country", "in_main_country", "main_country_share", "maybe_country",
    ),
    "near_others": ("within_30km", "within_150km", "within_500km", "nearest_km", "quartile_km", "median_km",
                    "maybe_within_30km", "maybe_within_100km", "listed_with", "has_list", "under", "neighbour"),
    "told": ("told", "has_told"),
    "wording": ("level_asked", "level_fits", "level_differs", "small", "level_elsewhere", "beside", "municipal",
                "municipal_name", "surname", "street", "role", "demonym"),
    "prominence": ("population", "known_population", "population_gap", "rank", "national_gap", "national_rank",
                   "own_name_gap", "namesakes", "capital", "seat"),
    "name": ("name_kind", "own_name", "cut", "respelt", "unlike", "extra_words", "words", "name_likeness", "capitals"),
    "kind": ("level", "dependency"),
    "report": ("mentions_of_name", "position", "local_cues", "american", "telephone", "names", "outlet_name", "at_home",
               "abroad"),
}  # fmt: skip
_GROUP_OF = {feature: group for group, features in _GROUPS.items() for feature in features}
_RULE_REASONS = {
    "level_differs": "wording",
    "level_elsewhere": "wording",
    "telephone": "report",
    "historic": "name",
    "borrowed": "name",
    "dwarfed": "prominence",
    "metropolis_of_unit": "kind",
}
_FACTS = ("admin1_places", "country_places", "in_container")
_FACT_COLUMNS = {name: FEATURES.index(name) for name in _FACTS}
# What the first pass thought is no reason of its own: its reasons are.
_MATRIX = np.array(
    [[_GROUP_OF.get(name.removesuffix("_behind")) == group for group in REASONS] for name in FEATURES], dtype=float
)
_RULE_MATRIX = np.array([[_RULE_REASONS[rule] == group for group in REASONS] for rule in RULES], dtype=float)


def reasons_of_rows(
    first: tuple[Trees, Floats, Floats], second: tuple[Trees, Floats, Floats]
) -> list[dict[str, float]]:
    """Return for each row what moved its score in both passes, by reason, and the facts that words need.

    Parameters
    ----------
    first, second
        The ensemble of a pass, the rows that it scored, and what the rules gave them.

    Returns
    -------
        One mapping a row: the reasons of `REASONS` with what each added to the score or took from it; ``admin1 places``
        and ``country places``, how many other places lie there; ``in container``, a likelihood. Zeros are left out.
    """
    if not len(first[1]):
        return []
    moved = np.round(
        sum(trees.contributions(rows) @ _MATRIX + rules @ _RULE_MATRIX for trees, rows, rules in (first, second)), 2
    )
    facts = {name: np.round(second[1][:, column], 2) for name, column in _FACT_COLUMNS.items()}
    return [
        {name: float(value) for name, value in zip(REASONS, row, strict=True) if value}
        | {name.replace("_", " "): float(values[index]) for name, values in facts.items() if values[index]}
        for index, row in enumerate(moved)
    ]


def reasons(winner: Candidate, loser: Candidate | None = None) -> list[str]:
    """Return in words why a candidate won, or won over another: the strongest reasons first, at most four.

    Parameters
    ----------
    winner, loser
        Of one `Resolution`, with the features that the resolver gave them.
    """
    other = loser.features if loser else {}
    gains = {name: winner.features.get(name, 0.0) - other.get(name, 0.0) for name in REASONS}
    ordered = sorted((name for name in REASONS if gains[name] >= 0.2), key=lambda name: -gains[name])
    words = [_words(name, winner, loser) for name in ordered]
    return [phrase for phrase in words if phrase][:4]


def _words(name: str, winner: Candidate, loser: Candidate | None) -> str:
    """Return a reason in words, with its numbers; empty where the numbers do not bear it out."""
    if name == "same_admin1" and (count := winner.features.get("admin1 places", 0.0)) >= 1:
        return f"same first-order unit as {_places(count)} of this report"
    if name == "same_country" and (count := winner.features.get("country places", 0.0)) >= 1:
        return f"same country as {_places(count)} of this report"
    if name == "inside_container" and winner.features.get("in container", 0.0) < 0.5:
        return ""
    if name == "prominence" and loser and loser.entry.population:
        ratio = winner.entry.population / loser.entry.population
        return f"{ratio:,.0f}× more populous" if ratio >= 1.5 else ""
    return REASONS[name]


def _places(count: float) -> str:
    return "another place" if count < 2 else f"{count:.0f} other places"


def explain_resolution(resolution: Resolution, *, beaten: int = 3) -> list[str]:
    """Return lines that say what a mention was resolved to, why, and what it beat.

    Parameters
    ----------
    resolution
        From the ranker.
    beaten
        How many runners-up to show.
    """
    mention = resolution.mention
    head = f"{mention.toponym!r} ({mention.role})"
    if resolution.corrected_by:
        return [f"{head} → {_as_corrected(resolution)}"]
    if resolution.entry is None:
        return [f"{head} → NIL: {_why_nil(resolution)}{_where_told(resolution)}"]
    winner, *others = resolution.candidates
    lines = [f"{head} → {described(winner.entry)}, confidence {resolution.confidence:.2f}"]
    lines.extend(f"  because {reason}" for reason in reasons(winner))
    for candidate in others[:beaten]:
        better = "; ".join(reasons(winner, candidate)) or "by a little of everything"
        lines.append(f"  rather than {described(candidate.entry)}: {better}")
    return lines


def _as_corrected(resolution: Resolution) -> str:
    """Return where a mention is by a correction, and whose."""
    point = resolution.location
    spot = f"{point.latitude}, {point.longitude}" if point else "a place that nobody knows"
    return f"{described(resolution.entry) if resolution.entry else spot}, corrected by {resolution.corrected_by}"


def _where_told(resolution: Resolution) -> str:
    """Return where a name without an entry lies all the same, by the text."""
    told = resolution.location
    if told is None:
        return ""
    if told.basis == "coordinates":
        return f"; it is coordinates: {told.latitude}, {told.longitude}"
    return f"; by the text {told.words}: within {told.radius_km:g} km of {told.latitude:.4f}, {told.longitude:.4f}"


def _why_nil(resolution: Resolution) -> str:
    if not resolution.candidates:
        return "the gazetteer has no such name, nor one like it"
    best = resolution.candidates[0]
    where = best.entry.name + (f", {best.entry.country_code}" if best.entry.country_code else "")
    count = len(resolution.candidates)
    return f"none of the {count} places of that name fits; the likeliest is {where} with {best.score:.2f}"


def described(entry: GazetteerEntry) -> str:
    """Return an entry with its id, kind, unit and population in one line."""
    where = ".".join(part for part in (entry.country_code, entry.admin1) if part)
    people = f", population {entry.population:,}" if entry.population else ""
    return f"{entry.name} [{entry.id}, {entry.feature_code}{f', {where}' if where else ''}{people}]"
