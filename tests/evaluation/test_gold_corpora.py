"""Reading gold corpora, good and bad."""

import json
from pathlib import Path

import pytest

from geomap.errors import ReportError
from geomap.evaluation.gold import GoldToponym, read_gold

ROW = {"doc_id": "a", "text": "Goma fell.", "toponyms": [{"start": 0, "end": 4}]}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<articles>
<article docid="7"><title>Rail hub hit</title><domain>example.org</domain>
<text>Shelling hit Pokrovsk &amp; Jordan.</text>
<toponyms>
<toponym><start>13</start><end>21</end><phrase>Pokrovsk</phrase>
<gaztag geonameid="704422"><fcode>PPL</fcode><lat>48.28</lat><lon>37.18</lon><country>UA</country></gaztag></toponym>
<toponym><start>24</start><end>30</end><phrase>Jordan</phrase><type>Literal</type></toponym>
</toponyms></article>
</articles>
"""


def written(folder: Path, text: str | bytes, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def row(**changes: object) -> str:
    return json.dumps({**ROW, **changes}, ensure_ascii=False)


def test_json_lines_keep_what_the_rows_tell(tmp_path: Path) -> None:
    place = {
        "start": 3, "end": 7, "text": "Goma", "lat": -1.67, "lon": 29.22, "geonameid": 216281, "fcode": "PPLA",
        "country": "CD", "type": "literal", "relation": "near",
    }  # fmt: skip
    people = {"start": 8, "end": 17, "type": None, "demonym_form": True}
    text = "🏳️ Goma Congolese"
    line = row(text=text, toponyms=[people, place], split="dev", title="T", source="S", **{"class": "c"})
    (document,) = read_gold(written(tmp_path, f"\ufeff{line}\r\n\n"))
    assert (document.id, document.split, document.title, document.source, document.group) == ("a", "dev", "T", "S", "c")
    assert document.toponyms == (
        GoldToponym(start=3, end=7, latitude=-1.67, longitude=29.22, entry_id="geonames:216281", feature_code="PPLA",
                    country="CD", role="literal", relation="near"),
        GoldToponym(start=8, end=17, demonym=True),
    )  # fmt: skip
    assert document.document(given=True).given_mentions == ((3, 7), (8, 17))
    assert document.document(given=False).given_mentions is None


def test_what_was_found_to_be_no_place_is_kept_apart_from_what_nobody_looked_at(tmp_path: Path) -> None:
    marked = [{"start": 5, "end": 9}, {"start": 0, "end": 4, "text": "Goma"}]
    rows = [row(), row(doc_id="b", not_places=[]), row(doc_id="c", not_places=marked)]
    documents = read_gold(written(tmp_path, "\n".join(rows)))
    assert [one.not_places for one in documents] == [None, (), ((0, 4), (5, 9))]


def test_articles_of_one_id_in_one_line_are_refused(tmp_path: Path) -> None:
    article = '<article docid="7"><text>Goma</text></article>'
    with pytest.raises(ReportError, match="line 1: the document id '7' stands in line 1 too"):
        read_gold(written(tmp_path, f"<articles>{article}{article}</articles>"))


def test_xml_of_the_local_global_lexicon_is_read(tmp_path: Path) -> None:
    (document,) = read_gold(written(tmp_path, XML, "lgl.xml"), split="dev")
    assert (document.id, document.title, document.source) == ("7", "Rail hub hit", "example.org")
    assert document.text == "Shelling hit Pokrovsk & Jordan."
    city, country = document.toponyms
    assert (city.entry_id, city.latitude, city.longitude, city.country) == ("geonames:704422", 48.28, 37.18, "UA")
    assert (country.role, country.resolved) == ("literal", False)


def test_xml_with_coordinates_beside_the_offsets_is_read(tmp_path: Path) -> None:
    text = (
        "<articles><article><text>Goma</text><toponyms><toponym><start>0</start><end>4</end><type>Demonym</type>"
        "<latitude>-1.7</latitude><longitude>29.2</longitude><geonamesID>216281</geonamesID></toponym></toponyms>"
        "</article></articles>"
    )
    (toponym,) = read_gold(written(tmp_path, text))[0].toponyms
    assert (toponym.latitude, toponym.entry_id, toponym.demonym) == (-1.7, "geonames:216281", True)


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    kind = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{tmp_path / "secret"}">]>'
    text = f"{kind}<articles><article><text>a &x; b</text></article></articles>"
    assert "secret" not in read_gold(written(tmp_path, text))[0].text


def test_a_split_is_chosen_and_a_corpus_without_splits_kept_whole(tmp_path: Path) -> None:
    parted = written(tmp_path, "\n".join(row(doc_id=str(n), split="dev" if n % 2 else "train") for n in range(6)))
    assert [document.id for document in read_gold(parted, split="dev")] == ["1", "3", "5"]
    assert [document.id for document in read_gold(parted, split="dev", limit=2)] == ["1", "3"]
    assert len(read_gold(parted)) == 6
    with pytest.raises(ReportError, match="no document is in the split 'test'; give one to --split: dev, train, all"):
        read_gold(parted, split="test")
    assert len(read_gold(written(tmp_path, row()), split="dev")) == 1


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"text": "x"', r"gold\.jsonl, line 2: malformed JSON .*; give one whole object a line"),
        ("[1]", r"line 2: not a JSON object; give one a line"),
        ('{"toponyms": []}', r'line 2: no "text" in the row'),
        ('{"text": "Goma"}', r'line 2: no "toponyms" in the row'),
        (row(doc_id="b", toponyms=["Goma"]), "line 2: toponym 1 is not an object"),
        (row(doc_id="b", toponyms=[{"start": 0}]), 'line 2: toponym 1 has no whole numbers "start" and "end"'),
        (row(doc_id="b", toponyms=[{"start": 5, "end": 99}]), "toponym 1 is at 5 to 99, outside the text of 10"),
        (row(doc_id="b", toponyms=[{"start": 3, "end": 3}]), "line 2: toponym 1 is at 3 to 3"),
        (
            row(doc_id="b", toponyms=[{"start": 0, "end": 4, "text": "Sake"}]),
            "line 2: toponym 1 says 'Sake' where the text has 'Goma'; count code points from 0",
        ),
        (
            row(doc_id="b", toponyms=[{"start": 0, "end": 4, "lat": "x", "lon": 1}]),
            "line 2: toponym 1 has \"lat\" 'x' and \"lon\" 1; give degrees",
        ),
        (row(doc_id="b", toponyms=[{"start": 0, "end": 4, "lat": 1}]), 'line 2: toponym 1 has "lat" 1 and "lon" None'),
        (row(doc_id="b", toponyms=[{"start": 0, "end": 4, "lat": 91, "lon": 1}]), "give degrees"),
        (row(doc_id="b", not_places=3), 'line 2: "not_places" is not a list'),
        (row(doc_id="b", not_places=[{"start": 0, "end": 99}]), "line 2: not_places 1 is at 0 to 99, outside the text"),
        (row(), "line 2: the document id 'a' stands in line 1 too; give each its own"),
    ],
)  # fmt: skip
def test_a_bad_row_names_file_line_and_remedy(bad: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=message) as caught:
        read_gold(written(tmp_path, f"{row()}\n{bad}\n"))
    assert caught.value.line == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the corpus is empty"),
        (" \n ", "the corpus is empty"),
        ("<articles><article>", r"line 1: malformed XML"),
        ("<html/>", "no <article> in <html>; give XML in the format of LGL"),
        ("<articles><article/></articles>", "line 1: an <article> without <text>"),
        (XML.replace("<phrase>Pokrovsk", "<phrase>Sumy"), "line 6: <phrase> says 'Sumy' where the text has 'Pokrovsk'"),
        (XML.replace("<end>30<", "<end>99<"), "line 8: a <toponym> at '24' to '99' in a text of 31 characters"),
        (b'{"text": "\xff"}', "line 1: bytes that are not UTF-8"),
    ],
)
def test_a_bad_corpus_says_what_is_wrong(text: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=message):
        read_gold(written(tmp_path, text))


def test_a_missing_corpus_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"nope: there is no such corpus; check the path"):
        read_gold(tmp_path / "nope")
    with pytest.raises(ReportError, match=r"cannot be read .*; give one file"):
        read_gold(tmp_path)
