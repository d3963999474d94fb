"""Russian forms of Ukrainian place names, by rule: reports from the Russian side, and older ones, write "Avdeevka".

The two languages build place names alike: where Ukrainian has і, Russian mostly has е, and the endings correspond
("-івка" and "-овка", "-ськ" and "-ск", "-ове" and "-ово"). Names that were translated or never had a Russian form come
out wrong, which does no harm: nobody writes them.
"""

import re

# Given names that villages are called after and that differ by more than the letters; the commonest ones.
_GIVEN = {"олекс": "алекс", "володимир": "владимир", "катерин": "екатерин", "костянтин": "константин", "микол": "никол"}
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (f"^(нов[оа]-?|велик[оа]-?|мал[оа]-?|стар[оа]-?)?({'|'.join(_GIVEN)})", ""),
        ("(?<=[жчшщц])ів(?=[кцс])", "ев"),
        ("(?<=[аеиіоуюя])їв(?=[кцс])", "ев"),
        ("(?<=..)ів(?=[кцс])", "ов"),
        ("(?<=[аеиіоуюяжчшщц])[іїє]в$", "ев"),
        ("ів$", "ов"),
        ("(?<=[зсц])ьк", "к"),
        ("(?<![гкхжчшщ])ий$", "ый"),
        ("^нове$", "новое"),
        ("[иії]не$", "ино"),
        ("(?<=[оеє]в)е$", "о"),
        ("(?<=[нвктл])е$", "ое"),
        ("ця$", "ца"),
        ("піль$", "поль"),
        ("(?<=[бвдзлмнпрст])и$|(?<=ц)і$", "ы"),
        ("і$", "и"),
        ("м['’]я", "ме"),
        ("['’]", "ь"),
        ("^і", "и"),
        ("і(?=й$)", "и"),
        ("[ії]", "е"),
        ("є", "е"),
        ("ґ", "г"),
    )
)
_ADJECTIVES = (
    (re.compile("(?<=[нвклр])а$"), "ая"),
    (re.compile("ово$"), "овое"),
    (re.compile("ня$"), "няя"),
    (re.compile("(?<=[нвлр])[иы]$"), "ые"),
    (re.compile("(?<=к)и$"), "ие"),
)


def russian_form(name: str) -> str:
    """Return the likely Russian form of a Ukrainian name, in lower case.

    Parameters
    ----------
    name
        In Ukrainian letters; several words may be parted by spaces and hyphens.
    """
    words = re.split("([ -])", name.lower())
    last = len(words) - 1
    return "".join(
        _word(word, before_noun=number < last and words[number + 1] == " ") for number, word in enumerate(words)
    )


def _word(word: str, *, before_noun: bool) -> str:
    """Return the Russian form of a word; before another one it may be an adjective ("Нова" and "Новая")."""
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement or (lambda match: (match[1] or "") + _GIVEN[match[2]]), word)
    for pattern, replacement in _ADJECTIVES if before_noun else ():
        word = pattern.sub(replacement, word)
    return word
