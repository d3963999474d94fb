"""What a run says of imported gazetteers: which it used, and which would help."""

import json
from pathlib import Path

import pytest

from tests.cli.test_verbs import Result
from tests.gazetteers.importing_files import geonames_line, write_dump

VILLAGES = ("Qwertove", "Asdfivka", "Zxcvbne", "Poiuytsi", "Lkjhgivka", "Mnbvske")
TEXT = "Artillery struck Pokrovsk, officials in Kyiv said. " + " ".join(
    f"Two people were wounded in the village of {name} in Donetsk Oblast." for name in VILLAGES
)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    spans = [(TEXT.index(name), TEXT.index(name) + len(name)) for name in ("Pokrovsk", "Kyiv", *VILLAGES)]
    row = {"id": "one", "text": TEXT, "mentions": [{"start": start, "end": end} for start, end in spans]}
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return str(path)


def test_a_map_says_which_import_would_help_and_then_which_it_used(report: str, tmp_path: Path) -> None:
    arguments = ("map", report, "--recognizer", "given", "-o", str(tmp_path / "map.html"))
    before = Result(*arguments)
    assert "6 names that were not found stand in reports on Ukraine" in before.words
    assert "geomap gazetteer download UA" in before.words
    lines = [geonames_line(n, f"Filler {n}", (48.0, 37.0)) for n in range(1, 1001)]
    lines += [geonames_line(2000 + n, name, (48.2, 37.2)) for n, name in enumerate(VILLAGES)]
    done = Result("gazetteer", "import", str(write_dump(tmp_path / "UA.txt", lines)))
    assert done.code == 0, done.words
    after = Result(*arguments)
    assert "would find more" not in after.words
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "bundled + UA" in page
    assert "GeoNames (geonames.org) UA.txt" in page
    assert "imported gazetteer UA: GeoNames (geonames.org) UA.txt" in Result("info").out
    assert "would find more" in Result(*arguments, "--gazetteer", "bundled").words
    assert "bundled + UA" not in (tmp_path / "map.html").read_text(encoding="utf-8")
