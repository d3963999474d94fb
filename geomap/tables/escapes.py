"""Characters that some files cannot hold, by number: ``_x000B_``, as workbooks write them (ECMA-376, ST_Xstring).

A text that has such a number of its own gets its underscore by number, so that what is read is what was written.
"""

import re

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML 1.0 has no way to write."""
NO_SHEET = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""The same for workbooks, where a carriage return would come back as a line feed."""
NO_C = re.compile("\x00|_(?=x[0-9A-Fa-f]{4}_)")
"""What ends a text for libraries in C."""

_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str, unfit: re.Pattern[str]) -> str:
    """Return a text without the characters of a pattern; a lone surrogate, which has no bytes, becomes "?"."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return unfit.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)


def unescaped(text: str) -> str:
    """Return a text as it was before `escaped`."""
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
