"""Packed files are unpacked while they are read, and bombs are refused."""

import bz2
import gzip
import importlib.util
import io
import lzma
import resource
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import zstandard

from geomap.errors import ReportError
from geomap.readers import read_documents

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
TABLE = b"id,text,date\n1,Shells fell.,25/03/2025\n2,A raid.,14/03/2025\n"


@pytest.mark.parametrize("suffix", PACK)
def test_a_packed_table_is_read_like_the_table(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows.csv{suffix}"
    path.write_bytes(PACK[suffix](TABLE))
    documents = list(read_documents(path))
    assert [(one.id, one.text, str(one.published)) for one in documents] == [
        ("1", "Shells fell.", "2025-03-25"),
        ("2", "A raid.", "2025-03-14"),
    ]


@pytest.mark.parametrize("suffix", PACK)
def test_a_packed_file_of_no_other_ending_is_told_by_its_first_bytes(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"dump{suffix}").write_bytes(PACK[suffix](b'{"text": "Shells fell."}\n'))
    assert [one.text for one in read_documents(tmp_path)] == ["Shells fell."]


@pytest.mark.parametrize("suffix", PACK)
def test_packed_standard_input_is_unpacked(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACK[suffix](b'{"text": "Shells fell."}\n'))))
    assert [one.text for one in read_documents("-")] == ["Shells fell."]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: data[:20] + b"\xff" * 9 + data[29:]])
def test_damaged_packed_files_are_refused_in_words(
    tmp_path: Path, suffix: str, spoil: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"rows.txt{suffix}"
    path.write_bytes(spoil(PACK[suffix](b"".join(b"Shell %d fell on street %d.\n" % (n, n * n) for n in range(999)))))
    with pytest.raises(ReportError, match=r"rows\.txt\..*: damaged .* data|rows\.txt.*: .*convert|this is"):
        list(read_documents(path))


@cache
def bomb(suffix: str) -> bytes:
    return PACK[suffix](b"text" * (5 << 20))


@pytest.mark.parametrize("name", ["bomb.txt", "bomb.jsonl", "bomb.csv"])
@pytest.mark.parametrize("suffix", PACK)
def test_a_bomb_is_refused_before_it_fills_memory(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(bomb(suffix))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReportError, match="unpacks to more than 300 times its size"):
        list(read_documents(path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_without_zstandard_the_message_gives_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt.zst").write_bytes(zstandard.compress(b"Shells fell."))
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "geomap.readers.input_formats.find_spec", lambda name: None if name == "zstandard" else find(name)
    )
    with pytest.raises(ReportError, match=r"needs zstandard.*pip install 'geomap\[zst\]'"):
        list(read_documents(tmp_path / "a.txt.zst"))


def test_a_large_pipe_is_kept_on_disk_and_not_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    with rows.open("wb") as file:
        file.write(b"text\n")
        file.writelines(b"%d " % number + b"shells fell on the village " * 400 + b"\n" for number in range(4_000))
    with rows.open() as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        documents = read_documents("-", format="csv", on_error=lambda error: None)
        next(documents)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 35_000
        documents.close()  # type: ignore[attr-defined]
