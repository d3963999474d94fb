"""Saved web pages."""

import datetime
from pathlib import Path

import pytest

from geomap.errors import ReportError
from geomap.readers import read_documents
from geomap.types import Document

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Mill burns in Izium | Example Post</title>
<meta property="og:site_name" content="Example Post"><link rel="canonical" href="https://example.org/izium-mill">
<meta property="article:published_time" content="2025-03-14T23:30:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/oslo">Oslo</a></nav>
<article><h1>Mill burns in Izium</h1>
<p>A flour mill in Izium burned through the night after a drone fell on its roof, the fire service said.</p>
<p>The owner, José Muñoz, said the “whole harvest” &amp; two lorries were lost &lt;for good&gt;.</p></article>
<footer>All rights reserved</footer></body></html>"""


def read_page(folder: Path, page: str, *, encoding: str = "utf-8", name: str = "page.html") -> Document:
    path = folder / name
    path.write_bytes(page.encode(encoding))
    (document,) = read_documents(path)
    return document


def test_a_page_gives_text_title_address_date_and_outlet(tmp_path: Path) -> None:
    document = read_page(tmp_path, PAGE.format(charset="utf-8"))
    assert document.title == "Mill burns in Izium"
    assert document.url == "https://example.org/izium-mill"
    assert document.published == datetime.date(2025, 3, 14)
    assert document.source == "Example Post"
    assert "drone fell on its roof" in document.text
    assert "& two lorries were lost <for good>" in document.text
    assert "Oslo" not in document.text
    assert "rights reserved" not in document.text


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_states(tmp_path: Path, charset: str) -> None:
    encoding = "cp1252" if charset.startswith("iso") else charset
    assert (
        "José Muñoz, said the “whole harvest”"
        in read_page(tmp_path, PAGE.format(charset=charset), encoding=encoding).text
    )


def test_an_xml_declaration_does_no_harm(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.format(charset="utf-8")
    assert "flour mill" in read_page(tmp_path, page, name="page.htm").text


def test_a_page_without_a_date_has_none_even_if_its_story_names_one(tmp_path: Path) -> None:
    page = (
        f"<html><body><article><h1>Old war</h1><p>{'On 3 May 1915 the fleet sailed. ' * 12}</p></article></body></html>"
    )
    assert read_page(tmp_path, page).published is None


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>1</script></body></html>", "<", "\x01\x02<p>"])
def test_a_page_without_running_text_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(ReportError, match=r"page\.html: no running text"):
        read_page(tmp_path, page)


def test_teasers_in_a_page_are_marked(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8").replace("</article>", "<p>Read also: Ten walks in Lisbon</p></article>")
    document = read_page(tmp_path, page)
    assert [document.text[start:end] for start, end in document.boilerplate] == ["Read also: Ten walks in Lisbon"]
