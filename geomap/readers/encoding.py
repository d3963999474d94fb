"""From bytes to characters: UTF-8, UTF-16 and UTF-32 with a byte order mark, a warned guess at others, or a refusal."""

import codecs
import re
import warnings
from functools import partial
from typing import BinaryIO

from geomap.errors import GeomapWarning, ReportError
from geomap.readers.limits import LONGEST_ROW, take_whole

_MARKS = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
)
REMEDY = "convert the file to UTF-8, or name its encoding (--encoding cp1251)"
"""What to do about bytes that are no text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # not tab, line ends, form feed or DOS end of file
_MOST_NULS = 0.01  # of a table's first bytes; more is no table, or UTF-16 without its mark
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
# Encodings that newspapers' files come in. Offering more makes charset-normalizer take English for Baltic or Thai.
_GUESSES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("iso8859_2", "iso8859_5", "cp866", "mac_roman", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
# Text that was UTF-8, was read as a Western code page, and was saved so: "SÃ£o Paulo".
_UPPER_HALF = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0x100)}
_BYTES = {char: code for code, char in _UPPER_HALF.items()}
_TAIL = "[" + "".join(re.escape(_UPPER_HALF[code]) for code in range(0x80, 0xC0)) + "]"
_DOUBLED = re.compile(rf"(?:[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}})+")
_ALONE = re.compile("[ÂÃ][¡-º¼-¿]|â€.|ð...")  # what no language writes; "MANHÃ”" and "CAFÉ”" end quotations


def byte_order_mark(head: bytes) -> str:
    """Return the codec that a byte order mark names; empty when there is none."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def detect_encoding(stream: BinaryIO, *, path: str, declared: str = "") -> str:
    """Find out how a file is encoded, in one pass and constant memory.

    Parameters
    ----------
    stream
        The file; seekable, left at its beginning.
    path
        What to call it.
    declared
        What the file itself says, tried when it is not UTF-8.

    Returns
    -------
        Name of a Python codec. Anything but UTF-8 or a byte order mark is a guess and comes with a `GeomapWarning`.

    Raises
    ------
    ReportError
        The file is empty, binary, damaged UTF-8, or in an encoding that cannot be told.
    """
    stream.seek(0)
    head = stream.read(16)
    refuse_empty_and_binary(head, path=path)
    name = byte_order_mark(head)
    if not name or name == "utf-8-sig":
        bad = _first_bad_byte(stream, path=path)
        name = (name or "utf-8") if bad is None else _other_encoding(stream, bad, path=path, declared=declared)
    stream.seek(0)
    return name


def table_encoding(stream: BinaryIO, *, path: str, given: str = "") -> str:
    """Find out how a table is encoded whose rows are decoded one by one, so that a bad byte costs its own row alone.

    It is UTF-8 when as many of its lines with anything but ASCII are that as are not; else as `detect_encoding`, and
    UTF-8 again where that cannot tell. Errors as `detect_encoding`, but for damaged UTF-8.
    """
    stream.seek(0)
    head = stream.read(_SAMPLE)
    refuse_empty_and_binary(head[:16], path=path)
    mark = byte_order_mark(head[:16])
    stream.seek(0)
    if mark or given:
        return mark or given
    if head.count(b"\0") > len(head) * _MOST_NULS:
        raise _nul(path, 1)
    good, bad, first, sample = _count_lines(stream)
    stream.seek(0)
    if good >= bad:
        return "utf-8"
    name = _guess(sample)
    if not name or _CONTROL.search(sample.decode(name, errors="replace")):
        name = "utf-8"
    else:
        _warn_of_guess(name, path=f"{path}, line {first}")
    return name


def _count_lines(stream: BinaryIO) -> tuple[int, int, int, bytes]:
    """Return how many lines beyond ASCII are UTF-8 and how many not, where the first of these is, and some of them."""
    good, bad, first, sample = 0, 0, 0, bytearray()
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_ROW), b""), start=1):
        if line.isascii():
            continue
        if _decodes(line, "utf-8"):
            good += 1
            continue
        bad, first = bad + 1, first or number
        if len(sample) < _SAMPLE:
            sample += line
    return good, bad, first, bytes(sample[:_SAMPLE])


def decode(stream: BinaryIO, *, path: str, declared: str = "", given: str = "") -> str:
    """Return the whole file as text, without a byte order mark; parameters and errors as `detect_encoding`.

    ``given`` is the codec that the user named, which is then not doubted unless there is a byte order mark.
    """
    name = codec_of(stream, path=path, declared=declared, given=given)
    stream.seek(0)
    try:
        return take_whole(stream, path=path).decode(name)
    except UnicodeDecodeError as error:
        raise undecodable(error, path=path) from error


def codec_of(stream: BinaryIO, *, path: str, declared: str = "", given: str = "") -> str:
    """Return the codec of a file: that of its byte order mark, or ``given``, or as `detect_encoding` finds out."""
    if not given:
        return detect_encoding(stream, path=path, declared=declared)
    stream.seek(0)
    head = stream.read(16)
    refuse_empty_and_binary(head, path=path)
    return byte_order_mark(head) or given


def refuse_empty_and_binary(head: bytes, *, path: str) -> None:
    """Raise a `ReportError` when the first bytes of a file show that no text follows."""
    if not head:
        raise ReportError("the file is empty; remove it or fill it in", path=path)
    kind = next((kind for start, kind in _BINARY if head.startswith(start)), "")
    if kind:
        raise ReportError(f"this is {kind}, not text; save its text as UTF-8 and read that", path=path)
    if b"\0" in head and not byte_order_mark(head):
        raise _nul(path, 1)


def undecodable(error: UnicodeDecodeError, *, path: str, line: int | None = None) -> ReportError:
    """Return the error that says which bytes are not text."""
    return ReportError(f"bytes that are not {error.encoding}; {REMEDY}", path=path, line=line)


def _nul(path: str, line: int) -> ReportError:
    return ReportError(
        "NUL bytes: a binary file, or UTF-16 without its mark; save it as UTF-8 text", path=path, line=line
    )


def _first_bad_byte(stream: BinaryIO, *, path: str) -> tuple[int, int, bool] | None:
    """Return offset and line of the first byte that is not UTF-8, and whether good non-ASCII stands before it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    offset, line, beyond_ascii = 0, 1, False
    while True:
        chunk = stream.read(_CHUNK)
        if b"\0" in chunk:
            raise _nul(path, line + chunk.count(b"\n", 0, chunk.index(b"\0")))
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            return offset - pending + error.start, line + good.count(b"\n"), beyond_ascii or not good.isascii()
        if not chunk:
            return None
        # An unfinished character at the chunk's end is not yet proof of UTF-8.
        beyond_ascii = beyond_ascii or not chunk[: len(chunk) - len(decoder.getstate()[0])].isascii()
        line += chunk.count(b"\n")
        offset += len(chunk)


def _other_encoding(stream: BinaryIO, bad: tuple[int, int, bool], *, path: str, declared: str) -> str:
    offset, line, mostly_utf8 = bad
    if mostly_utf8:
        # Read as anything else, its good characters would turn into garbage, and names with them.
        raise ReportError("damaged UTF-8: bytes that belong to no character; repair the file", path=path, line=line)
    stream.seek(max(0, offset - _SAMPLE // 2))
    sample = stream.read(_SAMPLE)
    name = declared if declared and _decodes(sample, declared) else _guess(sample)
    if not name or _CONTROL.search(sample.decode(name, errors="replace")):
        raise ReportError("not UTF-8, and its encoding cannot be told; convert it to UTF-8", path=path, line=line)
    if name != declared:
        _warn_of_guess(name, path=f"{path}, line {line}")
    return name


def _warn_of_guess(name: str, *, path: str) -> None:
    warnings.warn(
        f"{path}: not UTF-8; read as {name}, which is a guess: {REMEDY} to be sure", GeomapWarning, stacklevel=2
    )


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=_GUESSES)
    best = matches.best()
    if best is None:
        return ""
    ties = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    # Central European and Western code pages share most characters; on a tie the far more common Western one.
    names = {name for match in ties for name in match.could_be_from_charset}
    return "cp1252" if "cp1252" in names else best.encoding


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
    if text.isascii():
        return False
    for match in _DOUBLED.finditer(text):
        meant = _undone(match[0])
        if meant and (len(meant) > 1 or _ALONE.fullmatch(match[0])):
            before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
            around = [re.split(r"\W", before)[-1], re.split(r"\W", after)[0]]
            where = f"{path}, line {line}" if line is not None else path
            warnings.warn(
                f"{where}: the text looks doubly encoded ({match[0].join(around)!r} for {meant.join(around)!r}), and "
                "names in it are not found; save it anew from where it came from, or repair it with ftfy",
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
