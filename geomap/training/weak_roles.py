"""Weak labels for the role of a place, from the words around it: they teach what few corpora say."""

import re


def _one_of(words: str) -> str:
    """Return a pattern that matches any of the words; "_" stands for a space within one."""
    return "(?:" + "|".join(words.split()).replace("_", " ") + r")\b"


SMALL_WORDS = re.compile(
    _one_of("""
    and or but nor the a an of in on at to from for with by as is was were are be been has have had will would could
    may might can that which who whom whose where when while after before since until during near about into over under
    than then also not said says say told did does do his her its their this these those there here it he she they we
    you i
    """)
)
"""Function words: what follows a place without being what the place modifies."""
PLACE_PREPOSITIONS = re.compile(
    r"\b"
    + _one_of("""
    in near at around outside across throughout into toward towards north_of south_of east_of west_of inside downtown
    from via through
    """)
    + r"\s+(the\s+)?$",
    re.IGNORECASE,
)
MODIFIED = re.compile(
    " "
    + _one_of("""
    police officials? officers? forces? troops soldiers government army military authorities residents? lawmakers? man
    woman men women teen couple family president prime minister ambassador embassy mayor governor senators? attorney
    judge law voters? schools? firefighters? hospital court jail area native capital border leaders? businessman
    parliament coast firm company economy side team coach players? street home office headquarters state regime rebels
    militants airport suburb
    """)
)
EMBEDDED = re.compile(
    " "
    + _one_of("""
    Police Fire Sheriff University College High Elementary Middle Department Division District School Times Post News
    Herald Journal Gazette Tribune Daily Court Superior Supreme Circuit Chamber Council Commission Board Hospital
    Medical Church Bank Museum Library Symphony Orchestra United Airlines? Airways Association Institute Society Club
    Center Centre Authority Army National Academy Highway Public Community Historical Senate House Legislature Film
    Festival Marathon Agreement Treaty
    """)
)
SPEAKS = re.compile(
    " "
    + _one_of("""
    said says rejected rejects accused accuses denied denies warned warns insisted insists wants agreed signed vowed
    claimed claims condemned announced demanded beat defeated won lost voted argued urged called_on has_accused
    has_rejected has_said invaded recognised recognized imposed backed backs supports supported withdrew launched
    attacked declared offered
    """)
)
STRUCK = re.compile(
    r"\b"
    + _one_of("""
    hit hits hitting struck strikes striking shelled shelling bombed bombing bombarded attacked attacking captured
    capturing seized seizing retook retaken retaking recaptured entered entering reached reaching left leaving stormed
    besieged liberated liberating overran occupied occupying controlled controls control_of retake capture enter reach
    shell bomb rocked rocking shook hammered pounded pounding targeted evacuated visited visiting fled fleeing_from
    leave attack_on attacks_on strike_on strikes_on assault_on
    """)
    + r"\s+(?:the\s+)?(?:city of\s+|town of\s+|village of\s+)?$",
    re.IGNORECASE,
)
GOES_ON = re.compile(" " + _one_of("on and after when where who has have is was were for to since before by with that"))


def role_by_rule(text: str, start: int, end: int) -> str | None:
    """Return a weak role label of a place, or ``None``: the rules speak only where they are mostly right."""
    before, after = text[max(0, start - 25) : start], text[end : end + 20]
    if EMBEDDED.match(after):
        return "embedded"
    if MODIFIED.match(after):
        return "modifier"
    preposition = PLACE_PREPOSITIONS.search(before)
    if SPEAKS.match(after) and not preposition and not before.rstrip().endswith(","):
        return "metonymic"
    if STRUCK.search(text[max(0, start - 40) : start]) and not re.match(r"['’]s", after):
        return "literal"
    if preposition and (GOES_ON.match(after) or not re.match(r"(['’]s)?[ -]\w", after)):
        return "literal"
    return None
