"""Text that was UTF-8, was read as a Western code page, and was saved so: "SÃ£o Paulo"."""

import re
import warnings

from geomap.errors import GeomapWarning

_UPPER_HALF = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0x100)}
_BYTES = {char: code for code, char in _UPPER_HALF.items()}
_TAIL = "[" + "".join(re.escape(_UPPER_HALF[code]) for code in range(0x80, 0xC0)) + "]"
_DOUBLED = re.compile(rf"(?:[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}})+")
_ALONE = re.compile("[ÂÃ][¡-º¼-¿]|â€.|ð...")  # what no language writes; "MANHÃ”" and "CAFÉ”" end quotations


def warn_of_double_encoding(text: str, *, path: str, line: int | None = None) -> bool:
    """Warn once, and return whether, when a text holds characters that are another's bytes.

    A `GeomapWarning` shows the first such word and what it was. Only what can be nothing else counts: a run of
    characters that are the UTF-8 bytes of two others or more, or one of the sequences that no language writes.

    Parameters
    ----------
    text
        The text.
    path, line
        Where it stands.
    """
    for match in _DOUBLED.finditer(text):
        meant = _undone(match[0])
        if meant and (len(meant) > 1 or _ALONE.fullmatch(match[0])):
            before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
            around = [re.split(r"\W", before)[-1], re.split(r"\W", after)[0]]
            where = f"{path}, line {line}" if line is not None else path
            warnings.warn(
                f"{where}: the text looks doubly encoded ({match[0].join(around)!r} for {meant.join(around)!r}), and "
                "names in it are not found; save it anew from its source, or repair it with ftfy",
                GeomapWarning,
                stacklevel=2,
            )
            return True
    return False


def _undone(doubled: str) -> str:
    """Return what was written first; empty when that is no text."""
    try:
        text = bytes(_BYTES[char] for char in doubled).decode()
    except UnicodeDecodeError:
        return ""
    return text if all(char.isprintable() or char.isspace() for char in text) else ""
