"""Latin spellings of Ukrainian and Russian names, as news in English writes them, and Russian forms of Ukrainian ones.

GeoNames romanises Ukrainian after BGN/PCGN ("Klishchiyivka"); Ukrainian and most foreign media follow the Ukrainian
government's table ("Klishchiivka"). Tables: resolution 55 of the Cabinet of Ministers of Ukraine of 27 January 2010;
BGN/PCGN 1965 for Ukrainian and BGN/PCGN 1947 for Russian, without the apostrophes of the soft and hard signs.

Reports from the Russian side, and older ones, write "Avdeevka". The two languages build place names alike: where
Ukrainian has і, Russian mostly has е, and the endings correspond ("-івка" and "-овка", "-ськ" and "-ск", "-ове" and
"-ово"). Names that were translated or never had a Russian form come out wrong, which does no harm: nobody writes them.
"""

import re
from functools import lru_cache

_SHARED = {
    "а": "a", "б": "b", "в": "v", "д": "d", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ъ": "",
}  # fmt: skip
_UKRAINIAN = _SHARED | {"г": "h", "ґ": "g", "е": "e", "ж": "zh", "и": "y", "і": "i", "х": "kh"}
_KMU = _UKRAINIAN | {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia", "'": ""}
_KMU_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UKRAINIAN_BGN = _UKRAINIAN | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya", "'": ""}
_RUSSIAN = _SHARED | {
    "г": "g", "е": "e", "ё": "yo", "ж": "zh", "и": "i", "й": "y", "х": "kh", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_ONLY_UKRAINIAN, _ONLY_RUSSIAN = frozenset("ґєії'"), frozenset("ёъыэ")
_IOTATED_E = re.compile("(?<![а-яё])е|(?<=[аеёиоуыэюяйъь])е")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

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


def romanisations(name: str, country_code: str) -> tuple[str, ...]:
    """Return the Latin spellings of a Cyrillic name.

    Parameters
    ----------
    name
        A name of a place in Ukraine or Russia in any script.
    country_code
        ISO 3166-1 alpha-2 code of its country: ``UA`` gives the two Ukrainian spellings, unless the name holds a
        letter that only Russian has; both give the Russian one, unless it holds a letter that only Ukrainian has.

    Returns
    -------
        Distinct spellings; empty when the name is not Cyrillic or holds a letter of neither language.
    """
    if name.isascii() or country_code not in ("UA", "RU"):
        return ()
    plain = re.sub("[’ʼ`]", "'", name.lower())
    letters = frozenset(plain)
    spellings = []
    if country_code == "UA" and not letters & _ONLY_RUSSIAN:
        spellings += [_spell(plain.replace("зг", "zgh"), _KMU, _KMU_INITIAL), _spell(plain, _UKRAINIAN_BGN, {})]
    if not letters & _ONLY_UKRAINIAN:
        spellings.append(_spell(_IOTATED_E.sub("ye", plain), _RUSSIAN, {}))
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling))


@lru_cache(maxsize=65536)
def ukrainian_spellings(name: str) -> tuple[str, ...]:
    """Return the Latin spellings of a Ukrainian name: the government's first, then BGN's and the Russian-derived ones.

    Parameters
    ----------
    name
        In Ukrainian letters, as a register writes it.

    Returns
    -------
        Distinct spellings. Of the Russian form that of BGN ("Avdeyevka") and the plainer ones of the press ("Avdeevka",
        "Novy Mir", "Novyi Mir").
    """
    plain = re.sub("[’ʼ`]", "'", name.lower())
    russian = russian_form(plain)
    press = re.sub("(?<=[иы])й(?![а-яё])", "", russian)
    spelt = (
        _spell(plain.replace("зг", "zgh"), _KMU, _KMU_INITIAL),
        _spell(plain, _UKRAINIAN_BGN, {}),
        _spell(_IOTATED_E.sub("ye", russian), _RUSSIAN, {}),
        _spell(press, _RUSSIAN, {}),
        _spell(russian, _RUSSIAN | {"й": "i"}, {}),
    )
    return tuple(dict.fromkeys(spelling for spelling in spelt if spelling))


def _spell(name: str, table: dict[str, str], initial: dict[str, str]) -> str:
    """Return a lower-case name letter by letter through a table, with capitals; empty when a letter is in neither."""
    words = []
    for word in _WORDS.findall(name):
        plain = [table.get(letter, letter) for letter in word]
        plain[0] = initial.get(word[0], plain[0])
        words.append("".join(plain))
    spelt = "".join(words)
    if not spelt.isascii() or not spelt:
        return ""
    separators = _WORDS.split(name)
    return "".join(gap + word.capitalize() for gap, word in zip(separators, [*words, ""], strict=True)).strip()


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
