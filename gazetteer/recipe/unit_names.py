"""The names of Natural Earth's units: which to take, and how to compare them."""

import re
import unicodedata
from collections.abc import Mapping

from gazetteer.recipe.naturalearth import Unit

_LEVEL_AT_END = re.compile(
    "(.+?) (?:Oblast'?|Region|Province|Governorate|County|District|State|Krai|Department|Prefecture|Division)"
)
# A unit named Skopje that has the outline and the id of Petrovec, and the zone of UN observers on the Golan, which has
# the names of a village in it.
_WRONG_NAMES = frozenset({"MKD-2901", "SYR-5261"})
_LANGUAGES = (
    *("en", "ar", "bn", "de", "el", "es", "fa", "fr", "he", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh", "zht"),
)
# The English words that reports use for a type, where Natural Earth's own word is another.
_LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "Oblast": ("Oblast", "Region"),
    "Oblast'": ("Oblast", "Region"),
    "Oblasy": ("Region",),
    "Voblasts'": ("Oblast", "Region"),
    "Muhafazah": ("Governorate", "Province"),
    "Governorate|Muhafazah": ("Governorate",),
    "Kray": ("Krai", "Territory"),
    "Respublika": ("Republic",),
}


def is_misnamed(unit: Unit, code: str, admin1_names: Mapping[str, str]) -> bool:
    """Tell whether Natural Earth swapped the name with a neighbour's, as it did for Napo and Tungurahua."""
    if unit.code in _WRONG_NAMES:
        return True
    name = bare(str(unit.properties.get("name") or ""))
    others = {bare(text) for key, text in admin1_names.items() if key != code and key.startswith(code[:3])}
    return bool(code) and name != bare(admin1_names[code]) and name in others


def english_name(unit: Unit) -> str:
    """Return the name to show for a unit that GeoNames does not name; a nameless one is an islet of its country."""
    keys = ("name",) if unit.code in _WRONG_NAMES else ("name_en", "name")
    given = [str(unit.properties.get(key) or "") for key in keys]
    return next((text for text in given if text), f"{unit.properties.get('admin')} minor island")


def all_names(unit: Unit) -> set[str]:
    """Return the unit's names in all languages, in English with its level words, too ("Kursk", "Kursk Oblast")."""
    properties = unit.properties
    english = {str(properties.get(key) or "") for key in ("name", "name_en")}
    names = english | {str(properties.get(f"name_{language}") or "") for language in _LANGUAGES}
    names |= {str(properties.get(key) or "") for key in ("gn_name", "woe_name", "gns_name", "name_local")}
    names |= set(str(properties.get("name_alt") or "").split("|"))
    words = _LEVEL_WORDS.get(str(properties.get("type") or "")) or str(properties.get("type_en") or "").split("|")
    for base in english:
        bare = {base, *without_level(base)} - {""}
        names |= {f"{text} {word}" for text in bare for word in words if word and " " not in word.strip()}
    return {name.strip() for name in names if len(name.strip()) > 1 and not re.search(r"[?\d\t\n|]", name)}


def without_level(name: str) -> tuple[str, ...]:
    """Return the name without the level word at its end, alone in a tuple, or nothing if it has none."""
    match = _LEVEL_AT_END.fullmatch(name)
    return (match[1],) if match else ()


def bare(name: str) -> str:
    """Return the letters a-z of a name without its level word, to compare spellings."""
    text = (without_level(name) or (name,))[0].lower()
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", text))
