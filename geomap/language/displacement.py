"""The words around a name that move the point off the place: "20 km south of", "near", "the outskirts of".

Words that stay inside it are none: "in the south of X", "eastern X", "the X region".
"""

import re

from geomap.language.word_lists import (
    POINT,
    POINT_OF_EIGHT,
    SETTLEMENT_OR_MORE,
    TENS,
    TO_NINETEEN,
    UNIT_OR_MORE,
    one_of,
)
from geomap.types import Span

REACH = 110
"""How many characters before a name are looked at: twice the longest relation of the tests, "the town of" included."""

# The parts of a relation. They stand in verbose expressions alone: white space in them counts nothing.
_VAGUE = ("hundreds?", "thousands?", "dozens?", "tens", "scores", "couple", "few", "several", "half", "quarter", "an?")
_COUNTED = one_of([*TO_NINETEEN, *TENS, *_VAGUE])
# "15", "2,500", "15 to 20", "two and a half", "a couple of hundred"
_NUMBER = rf"""
(?: \d[\d.,]* (?: \s? (?: - | – | to | or ) \s? \d[\d.,]* )?
  | {_COUNTED} (?: (?: \s+ | - ) (?: and | of | {_COUNTED} ) \b ){{0,4}} ) [\s-]*
"""
# "km", "kilometres (9 miles)", "miles, or 15 km,"
_UNIT = r"""
(?: nautical\s+miles? | km | kms | kilomet(?:er|re)s? | miles? | mi | met(?:er|re)s? | m | yards? | feet | ft )
(?: ,?\s+ \([^()]{1,20}\) | ,?\s+ or\s+ \d[\d.,]* \s? (?: km | miles ) , )? \s+
"""
_APPROXIMATE = r"""
(?: (?: about | almost | an[ ]estimated | approximately | around | as[ ]little[ ]as | at[ ]least | barely | just
      | just[ ]over | just[ ]under | (?: less | more )[ ]than | nearly | no[ ]more[ ]than | only | over | roughly | some
      | under | up[ ]to | within (?: [ ]about | [ ]just )? ) \s+ ){0,2}
"""
_DRIVE = r"""
(?: (?:an?\s+)? (?: an? | \d+ | two | three | four | five | ten ) [\s-]+ (?: hours? | minutes? ) (?:[’']s?)? \s+
    (?: drive | walk | flight ) \s+ )
"""
# "kilometres from" without a number is a few of them.
_AMOUNT = rf"""
(?: {_APPROXIMATE} (?: {_NUMBER} {_UNIT} | (?: kilomet(?:er|re)s | miles | met(?:er|re)s | yards ) \s+ ) | {_DRIVE} )
"""
# Of 16: "north", "south-east", "north north-west", "east-southeast".
_POINT = r"""
(?: (?:north|south) (?: [-\s]? (?:north|south)? [-\s]? (?:east|west) )?
  | (?:east|west) (?: [-\s] (?:north|south) [-\s]? (?:east|west) )? ) (?:ern)?
"""
_COMPASS = rf"""
(?: (?: just | immediately | further | farther | far ) \s+ )? (?: to\s+ the\s+ (?:immediate\s+)? )?
{_POINT} (?: \s+and\s+ {_POINT} )? \s+ (?: of | from )
"""
_BORDER = r"""
(?: (?: its | their | the ) \s+ ) (?: [\w-]+\s+ ){0,2}?
(?: border | frontier | boundary | demarcation[ ]line | line[ ]of[ ]control )
(?: \s+ (?: fence | crossing | area | region ) )? \s+ (?: with | of | to )
"""
_RIM = r"""
(?: approaches | countryside | edges? | entrances? | environs | fringes? | gates | limits | outskirts | perimeter
  | periphery | suburbs? | surroundings | vicinity )
"""
_NEARNESS = r"""
near (?: by | \s+to )? | close\s+to | next\s+to | adjacent\s+to | not\s+far\s+from | a\s+short\s+distance\s+from
| opposite | (?:just\s+)? outside (?:\s+of)? | overlooking | bordering | (?:up|down)stream\s+ (?: of | from )
| inland\s+from | (?:in\s+and\s+)? around | in\s+the\s+ (?: direction | area | general\s+area ) \s+of
| (?:just\s+)? across\s+the\s+ \w+\s+from | on\s+the\s+ (?: road | highway | way ) \s+to
| within\s+ (?: sight | range | striking\s+distance | earshot | artillery\s+range ) \s+of
"""
_RELATION = re.compile(
    rf"""
    (?<![\w.-]) (?<!\d,) (?P<relation>
          {_AMOUNT} (?:
              {_COMPASS} | away\s+from | from\s+{_BORDER} | from | outside (?:\s+of)? | short\s+of | inland\s+from
              | off (?:\s+the\s+ (?:\w+\s+)? coast\s+of)? | (?: up | down ) stream\s+ (?: of | from )
          )
        | within\s+{_AMOUNT}of (?:\s+{_BORDER})?
        | (?<!the\s) (?<!immediate\s) (?<!far\s) (?<!extreme\s) {_COMPASS}
        | (?: at | near | off | on | along | close\s+to | across | around ) \s+{_BORDER}
        | off\s+the\s+ (?:\w+\s+)? (?: coast | shores? ) \s+of
        | (?:(?: along | around | at | in | near | on | to ) \s+)? (?: an? | the | its ) \s+
          (?-i:(?:[a-z-]+\s+){{0,2}}?) {_RIM}\s+ (?: of | to )
        | {_NEARNESS}
        | (?:
              (?<=waters\s) | (?<=sea\s) | (?<=ship\s) | (?<=vessel\s) | (?<=boat\s) | (?<=tanker\s) | (?<=island\s)
              | (?<=miles\s)
          ) off
    ) \s+ (?:the\s+)? (?-i:
        (?:(?!(?: of | in | at | an? | and | to | from | the | that | which ) \b) [\w-]+\s+){{0,3}} (?:
            {SETTLEMENT_OR_MORE} | {UNIT_OR_MORE} | area | camp | capital,? | hub | island | port | stronghold
        ) (?:\s+of)? \s+
    )? (?:the\s+)?
    (?:(?: central | downtown | {POINT_OF_EIGHT}ern ) \s+)? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Both of two: "between X and Y", "halfway between the towns of X and Y". Talks and deals are between governments.
_BETWEEN = re.compile(
    r"""
    (?P<noun>\w+\s+)? \bbetween\s+ (?:the\s+)? (?:(?:[a-z-]+\s+){0,3} (?:of\s+)?)? (?P<first>[^,;:()]{2,40}\s+and\s+)?
    (?:the\s+)? $
    """,
    re.VERBOSE,
)
_ABSTRACT = re.compile(
    r"""
    (?:
        accord | agreement | alliance | call | ceasefire | communication | conflict | connection | cooperation | deal
        | difference | dispute | exchange | feud | flight | hostilitie | link | match | meeting | misunderstanding
        | negotiation | pact | peace | relation | relationship | rivalry | service | summit | swap | talk | tension
        | tie | time | trade | treaty | truce | war
    ) s?\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# After the name: "X's outskirts", "the X suburbs", "the X border", when it ends the phrase.
_AFTER = re.compile(
    rf"""
    (?:[’']s?)? \s+ (?: {POINT} \w*\s+ )?
    (?P<rim> borders? | coast | coastline | frontier | outskirts | shores? | suburbs | vicinity ) (?=
          \s* (?: [.,;:!?)”\"—–] | $ )
        | \s+ (?:
              after | and | as | at | before | but | by | during | for | from | had | has | have | in | into | is
              | late | near | on | overnight | since | that | to | was | were | when | where | which | while | with
          ) \b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def relation_at(text: str, span: Span, sentence: Span) -> str:
    """Return the words that move a point off the place at ``span``, before and after it.

    Parameters
    ----------
    text
        The document's text.
    span
        Offsets of the mention.
    sentence
        Offsets of its sentence.

    Returns
    -------
        The relation, white space made single, "…" where the name stands between its words ("near … border"); empty when
        the mention is the place itself.
    """
    left = max(sentence[0], span[0] - REACH)
    before = text[left : span[0]]
    if left > sentence[0]:
        before = before[before.find(" ") + 1 :]  # the first word may be half a word
    relation = relation_before(before)
    after = _AFTER.match(text, span[1], min(sentence[1], span[1] + 40))
    if after is None:
        return relation
    lead, rim = relation or _preposition_before(before), after.group("rim").lower()
    if rim.startswith(("coast", "shore")) and not lead.endswith(("off", "from", "near")):
        return ""  # a coast is part of its land
    return f"{lead} … {rim}" if lead else rim


def _preposition_before(before: str) -> str:
    word = re.search(r"\b(off|along|at|on|across)\s+(?:the\s+)?$", before, re.IGNORECASE)
    return word.group(1).lower() if word else ""


def relation_before(before: str) -> str:
    """Return the words before a name that move a point off the place, such as "20 km south of" or "near".

    Parameters
    ----------
    before
        The text of the sentence up to the mention.

    Returns
    -------
        The relation, white space made single; empty when the mention is the place itself.
    """
    match = _RELATION.search(before)
    if match:
        return " ".join(match.group("relation").split())
    between = _BETWEEN.search(before)
    if between and not _ABSTRACT.fullmatch(between.group("noun") or ""):
        return "between"
    return ""
