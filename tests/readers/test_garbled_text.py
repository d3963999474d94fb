"""Text that came to harm before it was read: broken lines, doubled encodings, stray NULs, addresses of archives."""

import warnings
from pathlib import Path

import pytest

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.readers.addresses import archived_page, outlet_and_address
from geomap.readers.documents import join_broken_words
from geomap.readers.encoding import warn_of_double_encoding

STORY = "Shelling killed four people in the town of Kupiansk on Friday, the governor said in a statement. " * 3
PAGE = f"<!doctype html><html><head><title>A</title></head><body><article><h1>Shelling</h1><p>{STORY}</p></article>"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Clashes in Avdi-\nivka and Vuhle-\ndar on Monday.\n", "Clashes in Avdiivka and Vuhledar on Monday.\n"),
        ("They fled Zaporizh-\n    zhia, he said.", "They fled Zaporizhzhia, he said."),
        ("Near Velyka Novosil-\nka they met.", "Near Velyka Novosilka they met."),
        ("From Guinea-\nBissau they came.", "From Guinea-Bissau they came."),
        ("The evac-\nuation and the shel-\nling went on.", "The evacuation and the shelling went on."),
        ("The bor\xad\nder and the ar\u2010\nmy.", "The border and the army."),
        ("IN AVDI-\nIVKA", "IN AVDIIVKA"),
        ("Qwertov-\nsk burned. In Qwertovsk they slept.", "Qwertovsk burned. In Qwertovsk they slept."),
    ],
)
def test_a_word_broken_at_a_lines_end_is_whole_where_it_is_known(broken: str, whole: str) -> None:
    assert join_broken_words(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "The well-\nknown general.",
        "The Moscow-\nbacked forces.",
        "Qwertov-\nsk burned.",
        "On the Kyiv-\nDnipro road.",
        "In 2024-\n25 they fled.",
        "- one\n- two\n",
        "He said -\nand left.",
        "Kupi-\n\nansk",
        "a" * 100_000 + "-\n" + "b-" * 50_000,
    ],
)
def test_what_is_not_known_as_one_word_stays_as_it_was(text: str) -> None:
    assert join_broken_words(text) == text


def test_given_mentions_keep_their_offsets_and_the_text_its_breaks(tmp_path: Path) -> None:
    row = '{"text": "In Avdi-\\nivka and Sumy.", "mentions": [{"start": 18, "end": 22}]}'
    (tmp_path / "rows.jsonl").write_text(row)
    (document,) = read_documents(tmp_path / "rows.jsonl")
    assert document.text[18:22] == "Sumy"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Protests in SÃ£o Paulo", "'SÃ£o' for 'São'"),
        ("the governorâ€™s office", "'governorâ€™s' for 'governor’s'"),
        ("in ÐšÐ¸Ñ—Ð² today", "for 'Київ'"),
        ("it was 30Â° C", "'30Â°' for '30°'"),
        ("\xf0\u0178\u201d\xb4 alert", "for '🔴'"),
    ],
)
def test_text_that_was_encoded_twice_is_pointed_out(text: str, shown: str) -> None:
    with pytest.warns(GeomapWarning, match=f"looks doubly encoded .*{shown}"):
        assert warn_of_double_encoding(text, path="a.txt")


@pytest.mark.parametrize(
    "text",
    ["São Paulo, Córdoba", "“NO CAFÉ”", "AMANHÃ”", "Él: «Â»", "déjà vu — ça va… ‘où’", "Київ", "‘“café”’", "ESPAÑ”"],
)
def test_accents_and_quotation_marks_are_no_double_encoding(text: str) -> None:
    assert not warn_of_double_encoding(text, path="a.txt")


def test_a_table_is_warned_of_once(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("text\nIn SÃ£o Paulo.\nIn CÃ³rdoba.\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert len(list(read_documents(tmp_path / "rows.csv"))) == 2
    assert [str(one.message).partition(": ")[0][-6:] for one in caught] == ["line 2"]


@pytest.mark.parametrize("stray", ["<p>\0", "\0<!doctype html>", "Ku\0piansk ", "</article>" + "\0" * 5000])
def test_a_nul_in_a_page_is_skipped_as_browsers_do(stray: str, tmp_path: Path) -> None:
    place = {"<p>\0": "<p>", "Ku\0piansk ": "Kupiansk "}.get(stray)
    page = PAGE.replace(place, stray, 1) if place else (stray + PAGE if stray[0] == "\0" else PAGE + stray)
    (tmp_path / "a.html").write_text(page)
    (document,) = read_documents(tmp_path / "a.html")
    assert document.text.count("town of Kupiansk on Friday") == 3


def test_a_page_that_is_half_nuls_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.encode("utf-16-le"))
    with pytest.raises(ReportError, match="NUL bytes"):
        list(read_documents(tmp_path / "a.html"))


WAYBACK = "https://web.archive.org/web/20250315101010/https://alpha-news.example/news/1"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (WAYBACK, "https://alpha-news.example/news/1"),
        ("http://web.archive.org/web/2025id_/http:/alpha-news.example", "http://alpha-news.example"),
        ("https://archive.ph/20250315101010/https://alpha-news.example/a?b=c", "https://alpha-news.example/a?b=c"),
        ("https://archive.example/all/wayback/20250315/https://x.example/", "https://x.example/"),
        ("https://alpha-news.example/2025/03/14/share?u=https://b.example", ""),
        ("https://alpha-news.example/2025/03/14/kherson", ""),
        ("", ""),
    ],
)
def test_an_archives_address_tells_the_page_it_keeps(url: str, page: str) -> None:
    assert archived_page(url) == page


@pytest.mark.parametrize(
    ("outlet", "url", "right"),
    [
        ("web.archive.org", WAYBACK, ("alpha-news.example", WAYBACK)),
        ("archive.org", WAYBACK.replace("s://alpha", "s:/alpha"), ("alpha-news.example", WAYBACK)),
        ("Alpha  News", WAYBACK, ("Alpha News", WAYBACK)),
        (WAYBACK, "", ("alpha-news.example", WAYBACK)),
        ("https://www.b.example/1", "https://c.example/2", ("b.example", "https://c.example/2")),
        ("", WAYBACK, ("", WAYBACK)),
        ("https://[half", "", ("", "https://[half")),
    ],
)
def test_an_outlet_is_the_archived_site_and_no_address(outlet: str, url: str, right: tuple[str, str]) -> None:
    assert outlet_and_address(outlet, url) == right


def test_pages_of_two_outlets_in_one_archive_are_of_two_outlets(tmp_path: Path) -> None:
    for name in ("alpha", "beta"):
        address = WAYBACK.replace("alpha", name)
        (tmp_path / f"{name}.html").write_text(
            PAGE.replace("<title>", f'<link rel="canonical" href="{address}"><title>')
        )
    assert [document.source for document in read_documents(tmp_path)] == ["alpha-news.example", "beta-news.example"]
