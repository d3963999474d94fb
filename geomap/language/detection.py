"""Which language a text is in, so far as it matters here: English, which is read, or another, which is not."""

import re
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

from geomap.errors import GeomapWarning

_MOST_SHOWN = 100
_SAMPLE = 100_000  # characters that are looked at
_TO_MODEL = 10_000  # characters that the detector is given
_NO_WORD = re.compile(r"//|www\.|[@#]")  # addresses, accounts and hashtags are of no language
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z\xc0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
# Words that English cannot do without and no other language writes so. They are 18 % of the lower-case words of a news
# text (half of the documents of the corpora LGL, TR-News and WorldWide have more, 99.5 % have over 8 %), so that a text
# which is English by half has 8 % of them, too.
_ENGLISH = frozenset(["the", "and", "of", "with", "from", "were", "said", "that", "their"])
_ENGLISH_SHARE = 0.08
_FEWEST_WORDS = 5
"""Lower-case words below which a text in Latin letters is taken for English: names are all that there is to tell by."""
# The chance that a text is English below which it is not. Of 9,300 English sentences with five lower-case words or more
# none was below it; of 318 sentences in 60 other languages all were.
_LEAST_CHANCE = 0.05
_COUNTS_AS_ENGLISH = frozenset(["en", "pcm", "zxx"])  # Nigerian Pidgin is nearest to short English; zxx is no language
_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "ary": "Arabic", "arz": "Arabic", "az": "Azerbaijani",
    "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch",
    "no": "Norwegian", "om": "Oromo", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "rw": "Kinyarwanda", "si": "Sinhala", "sk": "Slovak", "sl": "Slovene", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str:
    """Return the language of a text.

    Names count for nothing: of Latin script the lower-case words are judged, so that a headline full of foreign names
    is English, and so is what is too short to tell. Most texts show themselves to be English by its commonest words;
    the detector (py3langid) is loaded for the others.

    Parameters
    ----------
    text
        Of any length; the first 100,000 characters count.

    Returns
    -------
        ``en`` for English and for what cannot be told, else the ISO 639 code of the likeliest other language, ``und``
        where none is likely.
    """
    sample = " ".join(piece for piece in text[:_SAMPLE].split() if not _NO_WORD.search(piece))
    if 2 * len(_LATIN.findall(sample)) < len(_LETTER.findall(sample)):
        return next((code for code, _ in _rank(sample) if code not in _COUNTS_AS_ENGLISH), "und")
    words = _running_words(sample)
    if len(words) >= _FEWEST_WORDS and sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    if len(words) < _FEWEST_WORDS:
        return "en"
    ranked = _rank(" ".join(words))
    english = sum(chance for code, chance in ranked if code in _COUNTS_AS_ENGLISH)
    return ranked[0][0] if english < _LEAST_CHANCE else "en"


def warn_of_languages(reports: Sequence[tuple[str, str]]) -> None:
    """Say in one `GeomapWarning` which reports are in languages that are not read; nothing when there are none.

    Parameters
    ----------
    reports
        Id and language of each, in order.
    """
    if reports:
        shown = ", ".join(f"{name} ({language_name(code)})" for name, code in reports[:_MOST_SHOWN])
        more = f" and {len(reports) - _MOST_SHOWN:,} more" if len(reports) > _MOST_SHOWN else ""
        are = "1 report is" if len(reports) == 1 else f"{len(reports):,} reports are"
        warnings.warn(
            f"{are} not in English, the only language that is read, so that what was not found there may have happened "
            f"all the same: {shown}{more}",
            GeomapWarning,
            stacklevel=3,
        )


def language_name(code: str) -> str:
    """Return the English name of a language; of a rare one its code; of ``und`` that it is not known."""
    return "an unknown language" if code == "und" else _NAMES.get(code, f"the language {code!r}")


def _running_words(sample: str) -> list[str]:
    """Return the words in Latin letters that do not begin with a capital; all of a text that is written in capitals."""
    words = _WORD.findall(sample.lower() if sample.isupper() else sample)
    return [word for word in words if not word[0].isupper() and _LATIN.match(word)]


def _rank(text: str) -> Sequence[tuple[str, float]]:
    """Return languages and their chances, the likeliest first."""
    ranked: Sequence[tuple[str, float]] = _detector().rank(text[:_TO_MODEL])
    return ranked


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
