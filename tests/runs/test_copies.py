"""An article that comes again counts once; nothing else is left out."""

import dataclasses
import datetime
from pathlib import Path

from geomap.cli.words import NOT_ALL
from geomap.runs.copies import without_copies
from geomap.types import Document
from tests.cli.test_verbs import Result

ADDRESS = "https://example.org/raid"
TEXT = "Shelling hit Pokrovsk."


def kept(*documents: Document) -> tuple[list[str], list[str]]:
    copies: list[str] = []
    passed = [one.id for one in without_copies(documents, on_copy=lambda one: copies.append(one.id))]
    return passed, copies


def report(id: str, text: str = TEXT, url: str = ADDRESS, day: int = 6) -> Document:
    return Document(id=id, text=text, url=url, published=datetime.date(2024, 9, day))


def test_address_day_and_text_of_an_earlier_report_make_a_copy() -> None:
    assert kept(report("a"), report("b"), report("c")) == (["a"], ["b", "c"])


def test_another_text_day_or_address_or_none_makes_none() -> None:
    others = [
        report("b", text="Shelling hit Pokrovsk and killed two."),
        report("c", day=7),
        report("d", url="https://example.com/raid"),
        report("e", url=""),
        report("f", url=""),
    ]
    assert kept(report("a"), *others) == (["a", "b", "c", "d", "e", "f"], [])


def test_other_places_marked_in_the_same_text_make_none() -> None:
    marked = [dataclasses.replace(report(id), given_mentions=((start, 21),)) for id, start in (("b", 13), ("c", 9))]
    assert kept(report("a"), *marked, dataclasses.replace(marked[1], id="d")) == (["a", "b", "c"], ["d"])


def test_posts_of_one_page_may_say_the_same_twice_and_come_again_with_the_page() -> None:
    pages = [report("live.html#1"), report("live.html#2"), report("again.html#1"), report("again.html#2")]
    assert kept(*pages) == (["live.html#1", "live.html#2"], ["again.html#1", "again.html#2"])


def test_pages_that_one_web_archive_holds_twice_are_copies() -> None:
    ids = [f"crawl.warc#{ADDRESS}", "crawl.warc#https://example.com/raid", f"crawl.warc#{ADDRESS} (crawl.warc)"]
    pages = [report(ids[0]), report(ids[1], url="https://example.com/raid"), report(ids[2])]
    assert kept(*pages) == (ids[:2], ids[2:])


def test_a_verb_counts_a_copy_once_says_so_and_keeps_it_when_asked(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        f"id,url,published,text\na,{ADDRESS},2024-09-06,{TEXT}\nb,{ADDRESS},2024-09-06,{TEXT}\nc,,2024-09-06,{TEXT}\n"
    )
    once = Result("parse", str(tmp_path / "in.csv"), "-o", str(tmp_path / "once.csv"))
    assert once.code != NOT_ALL
    assert "note: 1 report came again with address, day and text of an earlier one and counts once (b)" in once.words
    assert "2 documents, 2 mentions: wrote" in once.words
    both = Result("parse", str(tmp_path / "in.csv"), "-o", str(tmp_path / "both.csv"), "--copies")
    assert "came again" not in both.words
    assert "3 documents, 3 mentions: wrote" in both.words
