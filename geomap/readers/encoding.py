"""From bytes to characters: UTF-8, UTF-16 and UTF-32 with a byte order mark, a warned guess at others, or a refusal."""

import codecs
import re
import warnings
from functools import partial
from typing import TYPE_CHECKING

from geomap.errors import GeomapWarning, ReportError
from geomap.readers.limits import LONGEST_ROW, take_whole

if TYPE_CHECKING:
    from geomap.readers.documents import OpenFile

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


def codec_of(file: "OpenFile") -> str:
    """Return the codec of a file: of its byte order mark, or as the user named it, or found out in constant memory.

    Anything found out but UTF-8, or what is declared, which is tried when the file is not UTF-8, is a guess and comes
    with a `GeomapWarning`.

    Raises
    ------
    ReportError
        The file is empty, binary, damaged UTF-8, or in an encoding that cannot be told.
    """
    name = first_mark(file)
    if file.encoding or name not in ("", "utf-8-sig"):
        return name or file.encoding
    bad = _first_bad_byte(file)
    return (name or "utf-8") if bad is None else _other_encoding(file, bad)


def table_encoding(file: "OpenFile") -> str:
    """Find out how a table is encoded whose rows are decoded one by one, so that a bad byte costs its own row alone.

    It is UTF-8 when as many of its lines with anything but ASCII are that as are not; else as `codec_of`, and UTF-8
    again where that cannot tell. Errors as `codec_of`, but for damaged UTF-8.
    """
    file.stream.seek(0)
    head = file.stream.read(_SAMPLE)
    known = _mark_of(head[:16], file) or file.encoding
    file.stream.seek(0)
    if known:
        return known
    if head.count(b"\0") > len(head) * _MOST_NULS:
        raise _nul(file, 1)
    good, bad, first, sample = _count_lines(file)
    file.stream.seek(0)
    if good >= bad:
        return "utf-8"
    name = _guess(sample)
    if not name or _CONTROL.search(sample.decode(name, errors="replace")):
        return "utf-8"
    _warn_of_guess(name, file, first)
    return name


def _count_lines(file: "OpenFile") -> tuple[int, int, int, bytes]:
    """Return how many lines beyond ASCII are UTF-8 and how many not, where the first of these is, and some of them."""
    good, bad, first, sample = 0, 0, 0, bytearray()
    file.stream.seek(0)
    for number, line in enumerate(iter(partial(file.stream.readline, LONGEST_ROW), b""), start=1):
        if line.isascii():
            continue
        if decodes(line, "utf-8"):
            good += 1
            continue
        bad, first = bad + 1, first or number
        if len(sample) < _SAMPLE:
            sample += line
    return good, bad, first, bytes(sample[:_SAMPLE])


def decode(file: "OpenFile") -> str:
    """Return the whole file as text, without a byte order mark; errors as `codec_of`."""
    name = codec_of(file)
    file.stream.seek(0)
    try:
        return take_whole(file.stream, path=file.path).decode(name)
    except UnicodeDecodeError as error:
        raise undecodable(error, file) from error


def first_mark(file: "OpenFile") -> str:
    """Return the codec of a file's byte order mark, empty for none; a `ReportError` where it begins as no text does."""
    file.stream.seek(0)
    return _mark_of(file.stream.read(16), file)


def _mark_of(head: bytes, file: "OpenFile") -> str:
    if not head:
        raise file.error("the file is empty; remove it or fill it in")
    kind = next((kind for start, kind in _BINARY if head.startswith(start)), "")
    if kind:
        raise file.error(f"this is {kind}, not text; save its text as UTF-8 and read that")
    mark = byte_order_mark(head)
    if b"\0" in head and not mark:
        raise _nul(file, 1)
    return mark


def undecodable(error: UnicodeDecodeError, file: "OpenFile", *, line: int | None = None) -> ReportError:
    """Return the error that says which bytes are not text."""
    return file.error(f"bytes that are not {error.encoding}; {REMEDY}", line=line)


def _nul(file: "OpenFile", line: int) -> ReportError:
    return file.error("NUL bytes: a binary file, or UTF-16 without its mark; save it as UTF-8 text", line=line)


def _first_bad_byte(file: "OpenFile") -> tuple[int, int, bool] | None:
    """Return offset and line of the first byte that is not UTF-8, and whether good non-ASCII stands before it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.stream.seek(0)
    offset, line, beyond_ascii = 0, 1, False
    while True:
        chunk = file.stream.read(_CHUNK)
        if b"\0" in chunk:
            raise _nul(file, line + chunk.count(b"\n", 0, chunk.index(b"\0")))
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


def _other_encoding(file: "OpenFile", bad: tuple[int, int, bool]) -> str:
    offset, line, mostly_utf8 = bad
    if mostly_utf8:
        # Read as anything else, its good characters would turn into garbage, and names with them.
        raise file.error("damaged UTF-8: bytes that belong to no character; repair the file", line=line)
    file.stream.seek(max(0, offset - _SAMPLE // 2))
    sample = file.stream.read(_SAMPLE)
    name = file.declared if file.declared and decodes(sample, file.declared) else _guess(sample)
    if not name or _CONTROL.search(sample.decode(name, errors="replace")):
        raise file.error("not UTF-8, and its encoding cannot be told; convert it to UTF-8", line=line)
    if name != file.declared:
        _warn_of_guess(name, file, line)
    return name


def _warn_of_guess(name: str, file: "OpenFile", line: int) -> None:
    problem = f"{file.path}, line {line}: not UTF-8; read as {name}, which is a guess: {REMEDY} to be sure"
    warnings.warn(problem, GeomapWarning, stacklevel=2)


def decodes(sample: bytes, name: str) -> bool:
    """Return whether bytes are text in an encoding."""
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
