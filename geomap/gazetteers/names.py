"""How two spellings of a name are recognised as the same.

A gazetteer stores every name under its key, `normalize` of the name, and looks a toponym up under its `lookup_keys`.
Folded for good: case, diacritics, apostrophes, hyphens and other punctuation, a leading "the", and "St.", "Ste.",
"Mt.", "Ft." before another word. Folded only when the spelling as given is unknown, because folding them blindly joins
different places: the possessive (St. John's is not Saint John) and the Arabic article (El Salvador is not Salvador).
"""

import re
import unicodedata
from functools import lru_cache

ARABIC_ARTICLE_COUNTRIES = frozenset(
    ["AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY",
     "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "TR", "YE"]
)  # fmt: skip
"""Countries where a leading "Al", "El", "Ar" and the like may be the Arabic article (ISO 3166-1 alpha-2)."""

_APOSTROPHES = "'’‘`´ʼʻʹʾʿ′‛ʽ＇"
_DROPPED = dict.fromkeys(map(ord, "." + _APOSTROPHES + "\u0640\u200b\u200c\u200d\u200e\u200f\u00ad"))
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
_ASCII = {**_SPACED, **_DROPPED, ord("&"): " and "}
# Letters that Unicode does not decompose, by their usual Latin transcription.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h", "ŧ": "t",
     "ŋ": "n", "ĸ": "k"}
)  # fmt: skip
_FULL_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
# Each form of the article with the consonants it is assimilated to; "al" and "el" stand before any.
_ARTICLE = re.compile(r"(?:[ae]l|ad(?= d)|a[nt](?= [nt])|ar(?= r)|as(?= s)|ash(?= sh)|ath(?= th)|az(?= z)) (?=\w{3})")


@lru_cache(maxsize=16384)
def normalize(name: str) -> str:
    """Return the key of a name: what all its spellings share.

    Parameters
    ----------
    name
        A name in any script.

    Returns
    -------
        Lower-case words with one space between them; a final possessive is kept as ``'s``. Empty when ``name`` holds
        no letter or digit. Applying the function again changes nothing.
    """
    possessive = len(name) > 2 and name[-1] in "sS" and name[-2] in _APOSTROPHES
    if possessive:
        name = name[:-2]
    folded = name.lower().translate(_ASCII) if name.isascii() else _fold(name)
    words = folded.split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        words[:-1] = [_FULL_WORDS.get(word, word) for word in words[:-1]]
    key = " ".join(words)
    return key + "'s" if possessive and key else key


def lookup_keys(name: str) -> tuple[str, ...]:
    """Return the keys under which a toponym is to be looked up: the first that is known counts.

    Parameters
    ----------
    name
        A toponym as written, such as "Ukraine's" or "al-Qamishli".

    Returns
    -------
        The key as given, without a possessive; the article is left to `without_article`. Empty for a name with
        neither letter nor digit.
    """
    key = normalize(name)
    if not key:
        return ()
    return (key, key[:-2]) if key.endswith("'s") else (key,)


def without_article(key: str) -> str:
    """Return a key without its leading Arabic article, or an empty string when it has none.

    Parameters
    ----------
    key
        A key from `normalize`: ``al qamishli``, ``ash shaddadi``. The assimilated forms count only before the
        consonant they are assimilated to, and the rest must begin with a word of three letters.
    """
    match = _ARTICLE.match(key)
    return key[match.end() :] if match else ""


def _fold(name: str) -> str:
    """Return a name with non-ASCII letters in lower case, without marks, and with punctuation as spaces."""
    plain = name.translate(_DROPPED)
    for _ in range(2):  # Case folding can bring marks back, so both are done twice.
        plain = _without_marks(plain.casefold().translate(_LETTERS))
    return "".join(letter if letter.isalnum() else " " for letter in plain.translate(_ASCII))


def _without_marks(text: str) -> str:
    """Return a text in composed form without combining marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    marked = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", marked)
