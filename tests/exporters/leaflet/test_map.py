import base64
import dataclasses
import gzip
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geomap.errors import GeomapWarning, OutputError, TableError
from geomap.exporters.leaflet import geo_map, to_map
from geomap.exporters.leaflet.html import assets
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.tables import to_mentions
from geomap.tables.shown import place_kind
from geomap.types import Document, Mention, ParsedDocument, Resolution
from tests.by_hand import POKROVSK, UGLY, entry, parse_by_hand

ROOT = Path(__file__).resolve().parents[3]
needs_vendor = pytest.mark.skipif(
    not assets.vendored(), reason="the page's files are not here: npm ci && npm run build"
)


def data_of(page: str, name: str = "geomap-data") -> dict[str, object]:
    found = re.search(rf'<script type="([^"]*)" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    text = found[2] if found[1] == "application/json" else gzip.decompress(base64.b64decode(found[2])).decode()
    data: dict[str, object] = json.loads(text)
    return data


def test_a_place_is_listed_once_and_mentions_are_columns(parsed: list[ParsedDocument]) -> None:
    data = page_data(to_mentions(parsed), [one.document for one in parsed], title="Two reports")
    assert [place["name"] for place in data["places"]] == ["Pokrovsk", "Windhoek"]
    assert data["mentions"]["place"] == [0, 1, -1, 0]
    assert data["mentions"]["document"] == [0, 0, 0, 1]
    assert data["mentions"]["confidence"] == [88, 88, 0, 88]
    assert {len(column) for column in data["mentions"].values()} == {4}
    (beaten,) = data["alternatives"][data["mentions"]["alternatives"][0]]
    assert data["candidates"][beaten]["name"] == "Engel’s"


def test_offsets_count_utf16_units(parsed: list[ParsedDocument]) -> None:
    data = page_data(to_mentions(parsed), [one.document for one in parsed], title="")
    text = data["texts"][0].encode("utf-16-le")
    for start, end, name in zip(
        data["mentions"]["start"], data["mentions"]["end"], ["Pokrovsk", "Windhoek"], strict=False
    ):
        assert text[2 * start : 2 * end].decode("utf-16-le") == name
    assert data["sentences"]["end"][: data["documents"]["sentences"][0]] == [len(text) // 2]
    assert UGLY.index("Pokrovsk") < data["mentions"]["start"][0]


def test_without_documents_the_quoted_sentences_stand_for_the_text(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    data = page_data(table, [], title="")
    assert data["documents"]["excerpt"] == [1, 1]
    assert data["texts"][1] == "NA: shelling hit Pokrovsk."
    start, end = data["mentions"]["start"][3], data["mentions"]["end"][3]
    assert data["texts"][1][start:end] == "Pokrovsk"


def test_a_text_that_is_not_the_one_of_the_table_is_not_marked_up(parsed: list[ParsedDocument]) -> None:
    other = Document(id="b.txt", text="Something else entirely.")
    with pytest.warns(GeomapWarning, match="b.txt: the text is not the one"):
        data = page_data(to_mentions(parsed), [other], title="")
    assert data["texts"][0] == "NA: shelling hit Pokrovsk."


def _marked(data: dict[str, Any]) -> list[str]:
    """Return each marked name with the letters before it."""
    mentions = data["mentions"]
    spans = zip(mentions["document"], mentions["start"], mentions["end"], strict=True)
    return [data["texts"][document][max(0, start - 7) : end] for document, start, end in spans]


@pytest.mark.parametrize("own_text", [True, False], ids=["report", "quotes"])
def test_a_name_that_is_also_inside_another_word_is_marked_where_it_stands(*, own_text: bool) -> None:
    jets = "Russian jets flew out of Russia. They came back."
    one = parse_by_hand(jets, id="jets")
    span = {"start": jets.rindex("Russia"), "end": jets.rindex("Russia") + 6}
    mention = Mention(document_id="jets", sentence=0, toponym="Russia", **span)
    parsed = dataclasses.replace(
        one, mentions=(mention,), resolutions=(Resolution(mention=mention, entry=POKROVSK, confidence=1.0),)
    )
    data = page_data(to_mentions([parsed]), [one.document] if own_text else [], title="")  # warns of nothing
    assert _marked(data) == ["out of Russia"]
    assert data["texts"] == [jets]


def test_a_mention_that_was_moved_in_the_table_is_not_marked(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    table.loc[3, "start"] -= 1
    data = page_data(table, [], title="")
    assert data["mentions"]["start"][3] == data["mentions"]["end"][3]


def test_an_older_table_that_does_not_tell_says_so_and_shows_what_it_quotes(parsed: list[ParsedDocument]) -> None:
    older = to_mentions(parsed).assign(sentence_start=pd.NA)
    with pytest.warns(GeomapWarning, match="does not tell where all its sentences start"):
        data = page_data(older, [one.document for one in parsed], title="")
    assert data["documents"]["excerpt"] == [1, 1]
    with pytest.raises(TableError, match=r"lacks the column sentence_start; .* geomap\.read_mentions"):
        page_data(older.drop(columns="sentence_start"), [], title="")


def test_a_report_without_mentions_can_be_read_too(parsed: list[ParsedDocument]) -> None:
    silent = Document(id="silent", text="Nothing happened.")
    data = page_data(to_mentions(parsed), [silent, *(one.document for one in parsed)], title="")
    assert data["documents"]["id"] == ["silent", "report.txt", "b.txt"]


def test_alternatives_that_cannot_be_read_are_left_out(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    for broken in ("[", "{}", "[1]", '[{"name": 3}]', "null"):
        assert page_data(table.assign(alternatives=broken), [], title="")["alternatives"] == [[]]


@pytest.mark.parametrize(
    ("feature_class", "feature_code", "kind"),
    [
        ("A", "PCLI", "country"),
        ("A", "PCLD", "country"),
        ("A", "ADM1", "adm1"),
        ("A", "ADM2", "area"),
        ("L", "CONT", "area"),
        ("L", "RGN", "area"),
        ("H", "SEA", "area"),
        ("H", "STM", "area"),
        ("T", "ISL", "area"),
        ("T", "MTS", "area"),
        ("T", "MT", "point"),
        ("L", "MILB", "point"),
        ("P", "PPL", "point"),
        ("P", "PPLC", "point"),
        ("S", "AIRP", "point"),
        ("", "", "point"),
    ],
)
def test_only_what_is_a_spot_becomes_a_marker(feature_class: str, feature_code: str, kind: str) -> None:
    assert place_kind(feature_class, feature_code) == kind


def test_a_table_without_the_columns_names_them() -> None:
    with pytest.raises(TableError, match="toponym"):
        to_map(pd.DataFrame({"document_id": []}))


def test_a_table_read_from_csv_gives_the_same_page(parsed: list[ParsedDocument], tmp_path: Path) -> None:
    table = to_mentions(parsed)
    table.to_csv(tmp_path / "m.csv", index=False)
    bare = pd.read_csv(tmp_path / "m.csv")  # types lost: NaN for "", floats for integers
    assert page_data(bare, [], title="")["mentions"]["place"] == [0, 1, -1, 0]


@pytest.mark.parametrize("column", ["document_id", "sentence_index", "start", "end"])
def test_a_row_that_does_not_say_where_its_mention_is_is_named(parsed: list[ParsedDocument], column: str) -> None:
    table = to_mentions(parsed).astype(object)
    table.loc[2, column] = float("nan")
    with pytest.raises(TableError, match=rf"row 3: the column {column} is empty; .*dropna\(subset=\['{column}'\]\)"):
        to_map(table)


def test_a_row_that_is_wholly_empty_is_named(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed).astype(object)
    table.loc[1] = float("nan")
    with pytest.raises(TableError, match="row 2: the column document_id is empty"):
        to_map(table)


def test_a_row_with_an_empty_point_has_no_place_on_the_map(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    table["point_latitude"] = float("nan")
    assert page_data(table, [], title="")["mentions"]["place"] == [-2, -2, -1, -2]


def test_an_impossible_latitude_is_left_off_the_map_and_said(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    table.loc[3, "point_latitude"] = 148.2
    with pytest.warns(GeomapWarning, match="row 4: point_latitude is outside -90 to 90 degrees"):
        data = page_data(table, [], title="")
    assert data["mentions"]["place"] == [0, 1, -1, -2]
    assert data["counts"]["no_point"] == 1


def test_a_longitude_counted_to_360_is_brought_back(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    table["point_longitude"] += 360
    places = page_data(table, [], title="")["places"]
    assert [round(place["longitude"], 4) for place in places] == [37.1758, 17.0832]


def test_two_different_reports_of_one_id_are_refused(parsed: list[ParsedDocument]) -> None:
    other = Document(id="b.txt", text="Another report.")
    documents = [one.document for one in parsed]
    with pytest.raises(TableError, match=r"two different reports have the id 'b\.txt'"):
        to_map(to_mentions(parsed), documents=[*documents, other])
    assert page_data(to_mentions(parsed), [*documents, *documents], title="")["documents"]["id"] == [
        "report.txt",
        "b.txt",
    ]


@needs_vendor
def test_the_same_table_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "from tests.browser.war_reports import war_reports\n"
        "from geomap.exporters.leaflet import to_map\n"
        "import hashlib\n"
        "table, reports = war_reports()\n"
        "print(hashlib.sha256(to_map(table, documents=reports, title='T').to_html().encode()).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


@needs_vendor
def test_an_offline_page_refers_to_nothing_outside_itself(parsed: list[ParsedDocument]) -> None:
    page = to_map(to_mentions(parsed), documents=[one.document for one in parsed]).to_html()
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)  # a script may write of frames, as text to copy
    assert not re.search(r"""<(script|link|img|iframe)[^>]*\s(src|href)=""", markup)
    assert not re.search(r"url\((?!data:|#)", markup)
    assert "sourceMappingURL" not in page
    assert "user-scalable" not in page
    assert '<html lang="en" dir="ltr">' in page


def test_an_online_page_pins_every_file_by_its_hash(parsed: list[ParsedDocument]) -> None:
    page = to_map(to_mentions(parsed), offline=False).to_html()
    tags = re.findall(r"<(?:script|link)[^>]* (?:src|href)=[^>]*>", page)
    assert len(tags) == 4
    for tag in tags:
        assert 'integrity="sha384-' in tag
        assert 'crossorigin="anonymous"' in tag
    for name in ("jquery", "bootstrap", "font-awesome"):
        assert name not in page.lower()


def test_without_the_vendor_files_the_page_falls_back_to_the_cdn_and_says_so(
    parsed: list[ParsedDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    with pytest.warns(GeomapWarning, match="built without Node"):
        page = to_map(to_mentions(parsed)).to_html()
    assert page.count("integrity=") == 4


@needs_vendor
def test_the_vendor_files_are_the_ones_of_the_manifest() -> None:
    for asset in filter(assets.carried, assets.assets().values()):
        digest = hashlib.sha384((assets.VENDOR / asset.name).read_bytes()).digest()
        assert asset.integrity == f"sha384-{base64.b64encode(digest).decode()}"


def test_the_lock_file_and_manifest_agree_and_name_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    for asset in assets.assets().values():
        assert lock["packages"][f"node_modules/{asset.package}"]["version"] == asset.version
    assert not [name for name, facts in lock["packages"].items() if "resolved" in facts]


def test_a_map_is_saved_whole_or_not_at_all(parsed: list[ParsedDocument], tmp_path: Path) -> None:
    shown = to_map(to_mentions(parsed))
    shown.save(tmp_path / "map.html")
    shown.save(str(tmp_path / "map.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    with pytest.raises(OutputError, match="does not exist"):
        shown.save(tmp_path / "missing" / "map.html")


def test_a_notebook_gets_a_summary_a_sandboxed_frame_and_rows(parsed: list[ParsedDocument]) -> None:
    output = to_map(to_mentions(parsed))._repr_html_()
    assert "4 mentions of 2 places in 2 reports" in output
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in output
    assert output.count("<iframe") == 1
    assert "<table" in output.split("</iframe>")[1]
    assert "<b>Windhoek</b>" not in output


def test_a_map_too_large_for_a_notebook_says_what_to_do(
    parsed: list[ParsedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = to_map(to_mentions(parsed))
    assert "<iframe" in shown._repr_html_()
    monkeypatch.setattr(geo_map, "LIMIT", 100_000)
    output = shown._repr_html_()
    assert "<iframe" not in output
    assert ".save('map.html')" in output


def test_the_summary_counts_places_not_nil(parsed: list[ParsedDocument]) -> None:
    assert repr(to_map(to_mentions(parsed))) == ("<GeoMap: 4 mentions of 2 places in 2 reports; .save(path), .show()>")


def test_a_page_holds_the_outlines_of_the_mentioned_countries_only() -> None:
    sudzha = entry("Sudzha", latitude=51.19, longitude=35.27, country_code="RU", admin1="41")
    base = data_of(to_map(to_mentions([parse_by_hand("In Sudzha.", ("Sudzha", sudzha))])).to_html(), "geomap-base")
    objects = base["objects"]
    assert isinstance(objects, dict)
    assert {unit["properties"]["country"] for unit in objects["admin1"]["geometries"]} == {"RU"}
