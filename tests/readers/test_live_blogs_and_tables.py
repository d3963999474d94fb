"""Each post of a live blog is a report of its own with its own day; a row of a table is a line."""

import json
from pathlib import Path

import pytest

from geomap.readers import read_documents
from geomap.readers.liveblogs import find_posts
from geomap.types import Document

ODESA = "Several explosions were heard in Odesa this morning, the mayor said, and windows broke in a school."
SUMY = "A missile hit a bus depot in Sumy tonight and killed three drivers, the governor wrote on his channel."
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live: war updates</title>'
    '<meta property="article:published_time" content="2025-03-14T06:00:00Z">{}</head><body>'
)


def read(folder: Path, page: str) -> list[Document]:
    (folder / "page.html").write_text(page, encoding="utf-8")
    return list(read_documents(folder / "page.html"))


def told(documents: list[Document]) -> list[tuple[str, str, str, str]]:
    return [(one.id, one.title, str(one.published), one.text) for one in documents]


def post(day: str, title: str, text: str, *, attributes: str = "") -> str:
    return f'<div {attributes}><time datetime="{day}T08:10:00Z">08:10</time><h2>{title}</h2><p>{text}</p></div>'


def test_blocks_with_a_time_each_are_posts(tmp_path: Path) -> None:
    posts = post("2025-03-15", "Odesa", ODESA, attributes='id="p2"') + post("2025-03-14", "Sumy", SUMY)
    documents = read(tmp_path, HEAD.format("") + f"<article><h1>Live: war updates</h1>{posts}</article>")
    assert told(documents) == [
        ("page.html#p2", "Odesa", "2025-03-15", ODESA),
        ("page.html#2", "Sumy", "2025-03-14", SUMY),
    ]


def test_posts_that_a_page_states_for_search_engines_are_taken(tmp_path: Path) -> None:
    stated = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "LiveBlogPosting",
                "liveBlogUpdate": [
                    {"headline": "Odesa", "articleBody": ODESA, "datePublished": "2025-03-15T08:10:00+02:00"},
                    {
                        "headline": "Sumy",
                        "articleBody": f"<p>{SUMY}</p>",
                        "datePublished": "2025-03-14",
                        "url": "https://e.org/#b",
                    },
                    {"headline": "A picture", "articleBody": ""},
                ],
            }
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    documents = read(tmp_path, HEAD.format(script) + f"<article><p>{ODESA}</p><p>{SUMY}</p></article>")
    assert told(documents) == [
        ("page.html#1", "Odesa", "2025-03-15", ODESA),
        ("page.html#https://e.org/#b", "Sumy", "2025-03-14", SUMY),
    ]
    assert documents[1].url == "https://e.org/#b"


STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "Heavy shelling struck the centre of Pokrovsk in the night and destroyed a market hall, rescuers said.",
        "Two residents were killed and five were taken to the hospital of Dnipro, according to the regional office.",
        "The general staff reported clashes along the whole line from Kupiansk to Huliaipole in its evening summary.",
    )
)


@pytest.mark.parametrize(
    "beside",
    [
        '<aside class="related">' + post("2025-03-15", "Odesa", ODESA) + post("2025-03-14", "Sumy", SUMY) + "</aside>",
        '<section id="comments">' + post("2025-03-15", "Ann", ODESA) + post("2025-03-14", "Ben", SUMY) + "</section>",
        "<ul>" + post("2025-03-15", "Odesa", "More") + post("2025-03-14", "Sumy", "More") + "</ul>",
    ],
)
def test_a_story_among_dated_teasers_or_comments_stays_one_report(tmp_path: Path, beside: str) -> None:
    page = HEAD.format("") + f"<main><article><h1>Night of shelling</h1>{STORY}</article></main>{beside}"
    documents = read(tmp_path, page)
    assert [one.id for one in documents] == ["page.html"]
    assert "Kupiansk" in documents[0].text


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '{"liveBlogUpdate": 3}', '{"liveBlogUpdate": [1, {"articleBody": {}}]}', "", "null"],
)
def test_odd_statements_are_no_posts(script: str) -> None:
    page = f'<html><script type="application/ld+json">{script}</script><p>liveBlogUpdate</p>'
    assert find_posts(page, "story") == []


def test_many_times_within_each_other_are_looked_through_at_once() -> None:
    page = "<div><time datetime='2025-03-14'>" * 20_000
    assert find_posts(page, "story") == []


def test_a_row_of_a_table_is_a_line(tmp_path: Path) -> None:
    table = "<table><tr><th>Day</th><th>Town</th></tr><tr><td>10 March</td><td>Kharkiv</td></tr></table>"
    documents = read(tmp_path, HEAD.format("") + f"<article><h1>Strikes</h1>{STORY}{table}</article>")
    assert documents[0].text.split("\n")[-2:] == ["Day; Town", "10 March; Kharkiv"]
