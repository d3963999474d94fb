"""Who is said to say that an event happened.

There is no parser here: a speaker is the noun phrase beside a verb of saying, told by the signs and words around it.
Everything looks a bounded way around such a verb, so that the time it takes is linear in the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.events.breaks import find_breaks
from geomap.types import Span

_SAY = re.compile(
    r"\b(?:said|says|say|told|tells|reported|wrote|writes|announced|claimed|confirmed|stated|added|declared|"
    r"acknowledged|"
    r"admitted|alleged|alleges|posted|noted|warned|insisted|tweeted|revealed|estimated|explained|stressed|conceded|"
    r"accused|accuses|blamed|blames|recalled|testified|(?:reports|claims|confirms|announces|acknowledges|"
    r"warns) that)\b(?! by\b)"
)
_SOURCE = re.compile(
    r"\b(?:according to|as per|(?:reported|claimed|confirmed|announced|cited|recorded|documented) by|citing|"
    r"quoting)\s+",
    re.IGNORECASE,
)
_NOT_SAYING = {
    "claimed": re.compile(r"\s(?:the |\w+ )?lives\b"),
    "told": re.compile(r"\s(?:\w+\s){1,4}?to\s(?!the\b|an?\b)"),  # "told residents to leave" is an order
}
_BEFORE_PARTICIPLE = re.compile(r"\b(?:was|were|been|be|being|is|are|an?|to|not|newly|recently)\s$", re.IGNORECASE)
# A stop after these ends no sentence: "U.N. officials", "on Aug. 20 Moscow".
_SHORT = (
    "Adm Apr Aug Brig Capt Col Dec Dr Feb Gen Gov Jan Jul Jun Lt Maj Mar Mr Mrs Ms Mt Nov Oct Prof Sen Sep Sept Sgt St"
)
_NOT_SHORT = r"(?<!\b[A-Z])" + "".join(rf"(?<!\b{word})" for word in _SHORT.split())
_OPENERS = re.compile(
    r"[,;:(–—\"“”]\s*|\s-\s|"
    + _NOT_SHORT
    + r"[.!?]\s|\b(?:that|which|who|when|while|but|as|after|before|because|where|although|"
    r"though)\s|"
    r"(?<=[a-z\d])\sand\s(?=[a-z])|(?<=[a-z\d])\sand\s(?=the\b)"
)
_TAIL = re.compile(
    r"(?:\s(?:on|late|early|later|earlier|also|has|have|had|meanwhile|then|repeatedly|separately|since|just|"
    r"(?:on )?(?:late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|"
    r"today|yesterday|in (?:a|an|his|her|its|their) [\w ]{3,30}))$"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|midnight|dawn|noon)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WHEN = re.compile(
    r"^(?:(?:late|early|earlier|later)\s+)?(?:(?:on|by|in|since|at)\s+)?(?:(?:late|early|mid)\s)?"
    rf"(?:{_DAY}(?:\s+(?:morning|afternoon|evening|night))?|{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH}|(?<=\bin\s){_MONTH}|"
    r"(?:this|last|that|the same)\s+(?:morning|afternoon|evening|night|day|week|month|year)|"
    r"(?:an?|one|two|three|four|five|six|\d+|several|some)\s+(?:hour|day|week|month|year)s?\s+(?:later|earlier|ago))"
    r"(?:,?\s+\d{4})?,?\s+(?=\w)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:and|but|meanwhile|however|later|earlier|also|then)\s+|(?:In|At|Near|"
    r"From)\s(?:[A-Z][\w’'-]*\s)+(?=[a-z]))"
)
_PHRASE_END = re.compile(
    r"(?:"
    + _NOT_SHORT
    + r"\.|[,;:!?\"“”()–—])(?:\s|$|[\"”])|\s-\s|\s(?:on|via|during|to|by|adding|while|as|after|before|who|that|which|"
    r"when|late|early|"
    r"yesterday|today|citing|quoting|compiled|based|released|issued|published|obtained|seen|posted|carried|last|"
    r"this|and\s(?=[a-z]+ed\b)|at an?|in (?:an?|his|her|its|their|televised|"
    r"remarks))\b|"
    r"\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|$"
)
_CLOSED = re.compile(
    r"\s*(?:$|[.,;:!?\"”’)–—]|(?:on|in|at|by|via|during|to|earlier|later|late|early|yesterday|today|overnight|"
    r"this|last|"
    r"reporters|journalists|state|local|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|"
    r"(?:the )?[A-Z][\w’'-]*(?: [\w’'-]+){0,4}\s*[.,;]?$)"
)
_CLOSED_BUT_NAMES = re.compile(_CLOSED.pattern.rsplit("|", 1)[0] + ")")
_COMMA = re.compile(r",\s")
_TURN = re.compile(r";|\b(?:but|while|whereas)\b", re.IGNORECASE)
_VERBAL = re.compile(r"\s(?:was|were|is|are|will|would|had|has|have|killed|hit|struck|left)\s")
_LOOK, _LONGEST = 160, 14
"""How many characters around a verb of saying are looked at, and the most words that a speaker may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Somebody who says something."""

    words: str
    span: Span
    """From the first to the last of the speaker and the verb."""
    scope: Span
    """Where what is said may stand."""


def attribution(sentence: str, trigger: Span) -> str:
    """Return who is said to say that the event of a trigger happened.

    Parameters
    ----------
    sentence
        One sentence.
    trigger
        The words that say what happened, in offsets of the sentence.

    Returns
    -------
        The noun phrase as written, without appositions and dates: "the Russian defence ministry", "he". Empty when the
        report says it itself, also where it says so by hearsay ("reportedly"). Of several speakers the nearest.
    """
    first, last = max(0, trigger[0] - 4 * _LOOK), trigger[1] + 4 * _LOOK
    near = [speaker for speaker in _speakers(sentence, trigger, first, last) if _says(sentence, speaker, trigger)]
    if not near:
        return ""
    breaks = find_breaks(sentence[first:last])

    def distance(speaker: _Speaker) -> float:
        low, high = sorted((trigger, speaker.span))
        return breaks.between(low[1] - first, high[0] - first) + max(0, high[0] - low[1]) / 50

    return min(near, key=lambda speaker: (distance(speaker), speaker.span)).words


def _says(sentence: str, speaker: _Speaker, trigger: Span) -> bool:
    low, high = sorted((trigger, speaker.span))
    inside = speaker.scope[0] <= trigger[0] and trigger[1] <= speaker.scope[1]
    return inside and low[1] <= high[0] and not _TURN.search(sentence, low[1], high[0])


def _speakers(sentence: str, trigger: Span, first: int, last: int) -> Iterator[_Speaker]:
    for match in _SOURCE.finditer(sentence, first, last):
        words = _phrase_after(sentence, match.end())
        if words:
            yield _Speaker(words=words, span=(match.start(), match.end() + len(words)), scope=(0, len(sentence)))
    for match in _SAY.finditer(sentence, first, last):
        low = max(0, match.start() - _LOOK)
        if _BEFORE_PARTICIPLE.search(sentence, max(low, match.start() - 12), match.start()):
            continue
        if match[0] in _NOT_SAYING and _NOT_SAYING[match[0]].match(sentence, match.end()):
            continue
        speaker = _after_verb(sentence, match.span()) if trigger[1] <= match.start() else None
        speaker = speaker or _before_verb(sentence, match.span(), low)
        if speaker:
            yield speaker


def _phrase_after(sentence: str, start: int) -> str:
    end = _PHRASE_END.search(sentence, start, start + _LOOK)
    words = sentence[start : end.start()].strip() if end else ""
    return words if words and len(words.split()) <= _LONGEST else ""


def _after_verb(sentence: str, verb: Span) -> _Speaker | None:
    """Read "…, said the governor": the verb stands after a comma or quote and nobody stands before it."""
    before = sentence[max(0, verb[0] - 3) : verb[0]].rstrip()
    if not before.endswith((",", '"', "”", "’", "?", "!")) or _CLOSED_BUT_NAMES.match(sentence, verb[1]):
        return None
    start = verb[1] + 1
    words = _phrase_after(sentence, start)
    return _Speaker(words=words, span=(verb[0], start + len(words)), scope=(0, verb[0])) if words else None


def _before_verb(sentence: str, verb: Span, low: int) -> _Speaker | None:
    """Read "the governor said …" and "…, the governor said"."""
    end = verb[0]
    text = sentence[low:end].rstrip()
    if text.endswith(","):  # after an apposition: "Lysak, head of the administration, said"
        text = text[:-1].rpartition(",")[0]
    text = _without_tail(text)
    opening, relative, opened = 0, False, low == 0
    for match in _OPENERS.finditer(text):
        opening, opened = match.end(), True
        relative = match[0].strip() in ("which", "who", "that")
    words = _without_head(text[opening:].strip())
    if not opened or not words or len(words.split()) > _LONGEST or _VERBAL.search(f" {words} "):
        return None
    start = low + opening
    trailing = opening > 0 and text[:opening].rstrip().endswith((",", '"', "”", "–", "—", "-"))
    closed = _CLOSED.match(sentence, verb[1])
    comma = _COMMA.search(sentence, verb[1], verb[1] + _LOOK) if relative else None
    return _Speaker(
        words=words,
        span=(start, verb[1]),
        scope=(0 if trailing and closed else verb[1], comma.start() if comma else len(sentence)),
    )


def _without_head(text: str) -> str:
    while True:
        shorter = _WHEN.sub("", _HEAD.sub("", text))
        if shorter == text:
            return text
        text = shorter


def _without_tail(text: str) -> str:
    while True:
        shorter = _TAIL.sub("", text)
        if shorter == text:
            return text
        text = shorter
