"""Latin spellings of Ukrainian and Russian names, as news in English writes them.

GeoNames romanises Ukrainian after BGN/PCGN ("Klishchiyivka"); Ukrainian and most foreign media follow the Ukrainian
government's table ("Klishchiivka"). Tables: resolution 55 of the Cabinet of Ministers of Ukraine of 27 January 2010;
BGN/PCGN 1965 for Ukrainian and BGN/PCGN 1947 for Russian, without the apostrophes of the soft and hard signs.
"""

import re
from functools import lru_cache

from geomap.gazetteers.russian import russian_form

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
