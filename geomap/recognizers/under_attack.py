"""Whether the words around a name say that the place is attacked, taken or in mourning.

It is then ground, also where the name is that of a government: "an air raid on Kyiv", "Damascus fell to the rebels".
"The fall of" and "against" are left to the model: what falls may be a regime, and troops march against a state.
The words were chosen by reading news reports.
"""

import re

from geomap.language.word_lists import SETTLEMENT_OR_MORE

_COMPASS = r"(?:(?:north|south|east|west)\w*|central|downtown|upper|lower|occupied|besieged)"
_PASSED = (
    r"(?:(?:the|nearby|neighbou?ring|parts[ ]of|much[ ]of|all[ ]of)\s+)?"
    rf"(?:(?:{_COMPASS}\s+)?(?:{SETTLEMENT_OR_MORE}|capital|port|outskirts|cent(?:re|er))[ ]of\s+"
    rf"|{_COMPASS}\s+){{0,2}}$"
)
_ATTACKS = (
    r"(?:(?:air)?strikes?|(?:counter-?)?attacks?|assaults?|raids?|shelling|(?:counter)?offensives?|bombardments?|bombings?|"
    r"barrages?|fire|fired|advances?|march(?:es|ed)?|incursions?|invasions?|rockets?|missiles?|drones?|shells|mortars|bombs)"
)
# "an air raid on", "the fall of", "rockets at".
_NOUN_BEFORE = re.compile(
    rf"""
    \b (?:
          {_ATTACKS}\s+ (?: on | upon | at | into | in | towards? | over )
        | (?:
              capture | recapture | sieges? | battles? | shelling | bombardment | bombing | seizure | storming
              | liberation | invasion | occupation | encirclement | loss
          ) \s+ (?: of | for )
    ) \s+{_PASSED}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DONE = (
    r"(?:attacked|bombed|bombarded|shelled|struck|hit|pounded|stormed|captured|recaptured|seized|retaken|taken|overrun|"
    r"besieged|encircled|surrounded|liberated|occupied|invaded|raided|targeted|flattened|razed|evacuated)"
)
_DOING = re.compile(
    rf"""
    \b (?:
          (?:
              attack | bomb | bombard | shell | pound | captur | recaptur | seiz | overrunn | besieg | encircl
              | liberat | occupy | invad | raid | target | storm | retak
          ) ing
        | (?:
              bomb | bombard | shell | pound | storm | capture | recapture | seize | retake | besiege | encircle
              | liberate
          ) s?
        | retook
        | overran
        | {_DONE}
    ) \s+{_PASSED}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SUFFERED = re.compile(
    rf"""
      \s+ (?: (?: has | have | had ) \s+ (?: since\s+ | again\s+ )? been | was | were | is | are ) \s+
      (?:(?: being | again | also | then | repeatedly | heavily | largely | partly ) \s+){{0,2}} {_DONE}\b
    | \s+ (?: has\s+ | have\s+ | had\s+ )? (?:again\s+)? (?: came | comes? | coming ) \s+under\s+ (?:[\w-]+\s+){{0,3}}
      (?: fire | attacks? | shelling | bombardment | assault | siege | strikes? | control | bombing ) \b
    | \s+ (?: is | was | were | are | remains? | remained | has[ ]been ) \s+ (?: still\s+ | again\s+ )? under\s+
      (?:[\w-]+\s+){{0,2}} (?: fire | attack | shelling | bombardment | siege | curfew ) \b
    | \s+ (?: fell | falls | (?: has | have | had ) \s+fallen )
      (?= \s*[.,;] | \s+ (?: to | into[ ]the[ ]hands | on | in | after | without | last | within | under ) \b | \s*$ )
    | \s+ (?: (?: is | was | were | are ) \s+ (?:still\s+)? (?:in\s+)? |  )
      (?: mourning | mourns | mourned | burying | buries | buried | burning ) \b
    | \s+ (?: woke | awoke | wakes ) \s+ (?:up\s+)? to\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words, money and blame strike governments: "hit Berlin with tariffs", "came under fire for its silence".
_NOT_BY_ARMS_AFTER = re.compile(
    r"""
    \b (?:
          sanctions?
        | sanctioned
        | tariffs?
        | criticism
        | critics
        | scandals?
        | inflation
        | embargo
        | accusations
        | allegations
        | lawsuits?
        | (?: over | for ) [ ]
          (?: its | their | his | her | the[ ] (?: sale | way | handling | decision ) | not | failing | refusing )
        | by[ ]the[ ] (?: tone | news )
        | to[ ]task
        | at[ ]its[ ]word
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_BY_ARMS_BEFORE = re.compile(
    r"""
      \b (?:
          verbal | scathing | stinging | veiled | rhetorical | diplomatic | personal | cyber | hacking
          | turned[ ] (?: its | his | their | her )
      ) [\s-]+ (?:counter-?)? (?: attacks? | assaults? | offensives? | fire ) \b
    | \bcyber-?attacks?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_POSSESSIVE = re.compile(r"[’'ʼ]")
_REACH = 80


def is_attacked(before: str, after: str) -> bool:
    """Whether a place is attacked, taken or in mourning.

    Parameters
    ----------
    before, after
        What stands before and after its name in the sentence. Of either only the nearest 80 characters are read.

    Returns
    -------
        ``False`` also where it is criticised, or hit by sanctions.
    """
    before, after = before[-_REACH:], after[:_REACH]
    if _POSSESSIVE.match(after) or _NOT_BY_ARMS_AFTER.search(after) or _NOT_BY_ARMS_BEFORE.search(before):
        return False
    return bool(_SUFFERED.match(after) or _NOUN_BEFORE.search(before) or _DOING.search(before))
