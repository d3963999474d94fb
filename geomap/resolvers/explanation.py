"""Why a mention went where it did, in words."""

from collections.abc import Mapping

from geomap.resolvers.features import WEIGHTS
from geomap.resolvers.ranker.reasons import described, explain_ranked
from geomap.types import Candidate, Resolution

_REASONS: Mapping[str, str] = {
    "primary_name": "it is the place's own name, not a variant",
    "abbreviation": "the abbreviation stands for it",
    "historic_name": "the name is historic",
    "country": "a country's name means the country",
    "capital": "it is a capital",
    "admin_unit": "it is a first-order unit",
    "district": "it is a district",
    "area": "it is a named area",
    "level_fits": "the words around it ask for this kind of place",
    "level_differs": "the words around it ask for another kind of place",
    "level_elsewhere": "the report speaks of the region of that name elsewhere",
    "too_big": "a town or village is meant, and this is a city",
    "metropolis": "it is a metropolis of that name",
    "beside_town": "distances and directions are told from towns",
    "government": "governments are named by their capital or country",
    "inside_container": "it lies in the place named with it",
    "outside_container": "it lies outside the place named with it",
    "same_country": "other places of the report are in its country",
    "same_admin1": "other places of the report are in its first-order unit",
    "foreign_own_name": "no other place of the report is in its country",
    "foreign": "no other place of the report is in its country",
    "near_others": "another place of the report is close by",
}


def explain_resolution(resolution: Resolution, *, beaten: int = 3) -> list[str]:
    """Return lines that say what a mention was resolved to, why, and what it beat.

    Parameters
    ----------
    resolution
        From any resolver that names its features.
    beaten
        How many runners-up to show.
    """
    if resolution.corrected_by:
        return [f"{resolution.mention.toponym!r} ({resolution.mention.role}) → {_as_corrected(resolution)}"]
    if any("population" not in candidate.features for candidate in resolution.candidates[:1]):
        return explain_ranked(resolution, beaten=beaten)
    mention = resolution.mention
    head = f"{mention.toponym!r} ({mention.role})"
    if resolution.entry is None:
        return [f"{head} → NIL: {_why_nil(resolution)}"]
    lines = [f"{head} → {described(resolution.entry)}, confidence {resolution.confidence:.2f}"]
    winner, *others = resolution.candidates
    lines.extend(f"  because {reason}" for reason in _reasons(winner))
    lines.extend(f"  rather than {described(c.entry)}: {_difference(winner, c)}" for c in others[:beaten])
    return lines


def _as_corrected(resolution: Resolution) -> str:
    """Return where a mention is by a correction, and whose."""
    point = resolution.location
    spot = f"{point.latitude}, {point.longitude}" if point else "a place that nobody knows"
    return f"{described(resolution.entry) if resolution.entry else spot}, corrected by {resolution.corrected_by}"


def _why_nil(resolution: Resolution) -> str:
    if not resolution.candidates:
        return "the gazetteer has no such name"
    return f"none of {len(resolution.candidates)} places of that name lies in the place named with it"


def _reasons(candidate: Candidate) -> list[str]:
    """Return what speaks for a candidate, in words."""
    return [_REASONS[name] for name, value in candidate.features.items() if name in _REASONS and _counts(name, value)]


def _counts(name: str, value: float) -> bool:
    return WEIGHTS.get(name, 1.0) * value > 0.1


def _difference(winner: Candidate, loser: Candidate) -> str:
    """Return what puts the winner ahead, the other's faults last."""
    gains = {
        name: winner.features.get(name, 0.0) - loser.features.get(name, 0.0)
        for name in (*winner.features, *loser.features)
    }
    words = []
    if gains.get("population", 0.0) >= 0.3:
        words.append(f"{10 ** gains['population']:,.0f}× more populous")
    ahead = [name for name in gains if name in _REASONS and _counts(name, gains[name])]
    words += [_REASONS[name] for name in ahead if name in winner.features]
    words += [f"of the other, {_REASONS[name]}" for name in ahead if name not in winner.features]
    return "; ".join(words) or "equal but for its id"
