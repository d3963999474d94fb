"""JSON documents of many shapes, in one's own words."""

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import ReportError
from geomap.readers import read_documents
from geomap.types import Document

TEXT = "Shelling hit Pokrovsk on Friday, killing two."
SHAPES: dict[str, tuple[Any, tuple[str, str, str, str, str]]] = {
    "a list": ([{"title": "a", "text": TEXT, "date": "2025-03-14"}], ("a", TEXT, "", "2025-03-14", "")),
    "one object": (
        {"headline": "a", "maintext": TEXT, "date_publish": "2025-03-14 09:30:00"},
        ("a", TEXT, "", "2025-03-14", ""),
    ),
    "an answer with articles": (
        {
            "status": "ok",
            "totalResults": 1,
            "articles": [
                {
                    "source": {"id": None, "name": "Example Post"},
                    "author": "Ann",
                    "title": "a",
                    "description": "Short.",
                    "url": "https://example.org/1",
                    "publishedAt": "2025-03-14T09:30:00Z",
                    "content": TEXT,
                }
            ],
        },
        ("a", TEXT, "https://example.org/1", "2025-03-14", "Example Post"),
    ),
    "articles whose content is missing": (
        {"articles": [{"title": "a", "description": TEXT, "content": None, "url": "https://example.org/1"}]},
        ("a", TEXT, "https://example.org/1", "", ""),
    ),
    "headlines alone": (
        {
            "articles": [
                {"url": "https://example.org/1", "title": TEXT, "seendate": "20250314T093000Z", "domain": "example.org"}
            ]
        },
        (TEXT, TEXT, "https://example.org/1", "2025-03-14", "example.org"),
    ),
    "stories": (
        [
            {
                "id": "1f",
                "media_name": "example.org",
                "publish_date": "2025-03-14",
                "title": TEXT,
                "url": "https://example.org/1",
            }
        ],
        (TEXT, TEXT, "https://example.org/1", "2025-03-14", "example.org"),
    ),
    "results with fields": (
        {
            "response": {
                "status": "ok",
                "results": [
                    {
                        "id": "world/1",
                        "webPublicationDate": "2025-03-14T09:30:00Z",
                        "webTitle": "a",
                        "webUrl": "https://example.org/1",
                        "fields": {"headline": "b", "bodyText": TEXT, "trailText": "c"},
                    }
                ],
            }
        },
        ("b", TEXT, "https://example.org/1", "2025-03-14", ""),
    ),
    "data with fields": (
        {
            "time": 9,
            "links": {"self": {"href": "https://example.org/api"}},
            "data": [
                {
                    "id": "77",
                    "score": 1,
                    "fields": {
                        "title": "a",
                        "body": TEXT,
                        "url": "https://example.org/1",
                        "date": {"changed": "2025-03-20T00:00:00+00:00", "original": "2025-03-14T00:00:00+00:00"},
                        "source": [{"id": 3, "name": "Example Office"}, {"name": "Other"}],
                        "country": [{"name": "Ukraine"}],
                    },
                }
            ],
        },
        ("a", TEXT, "https://example.org/1", "2025-03-14", "Example Office"),
    ),
    "hits": (
        {"hits": {"total": {"value": 1}, "hits": [{"_index": "i", "_source": {"title": "a", "body": TEXT}}]}},
        ("a", TEXT, "", "", ""),
    ),
    "a feed in JSON": (
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Feed",
            "items": [{"id": "1", "content_html": f"<p>{TEXT}</p>"}],
        },
        ("", TEXT, "", "", ""),
    ),
    "linked data": (
        {
            "@graph": [
                {"@type": "WebSite"},
                {"@type": "NewsArticle", "articleBody": TEXT, "publisher": {"name": "Post"}},
            ]
        },
        ("", TEXT, "", "", "Post"),
    ),
    "items beside the site that they are from": (
        {
            "feed": {"title": "Post", "link": "https://example.org"},
            "items": [{"title": "a", "content": f"<p>{TEXT}</p>"}],
        },
        ("a", TEXT, "", "", ""),
    ),
    "channels with items": (
        [{"title": "Post", "link": "https://example.org", "items": [{"title": TEXT, "link": "https://example.org/1"}]}],
        (TEXT, TEXT, "https://example.org/1", "", ""),
    ),
    "a headline with others beside it": (
        [
            {
                "title": TEXT,
                "url": "https://example.org/1",
                "date": "2025-03-14",
                "related": [{"title": "b", "url": "c"}],
            }
        ],
        (TEXT, TEXT, "https://example.org/1", "2025-03-14", ""),
    ),
    "objects by their ids": ({"x1": {"title": "a", "text": TEXT}}, ("a", TEXT, "", "", "")),
}


def read(folder: Path, value: Any) -> tuple[list[Document], list[ReportError]]:
    path = folder / "result.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    errors: list[ReportError] = []
    return list(read_documents(path, on_error=errors.append)), errors


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_is_found_whatever_is_around_it(tmp_path: Path, shape: str) -> None:
    value, expected = SHAPES[shape]
    documents, errors = read(tmp_path, value)
    assert not errors
    assert [(one.title, one.text, one.url, str(one.published or ""), one.source) for one in documents] == [expected]


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2025-03-14T09:15:00", "from": "Front news", "text": text} | more


CHAT = {
    "name": "Front news",
    "type": "public_channel",
    "id": 55,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2025-03-14T09:00:00",
            "actor": "Front news",
            "action": "create_channel",
            "text": "",
        },
        message(
            2, [{"type": "bold", "text": "BREAKING:"}, " Shelling hit ", {"type": "hashtag", "text": "#Pokrovsk"}, "."]
        ),
        message(3, "", photo="photos/1.jpg"),
        message(4, "A raid on Sumy.", forwarded_from="Sumy now"),
    ],
}


def test_messages_of_a_chat_are_reports_and_a_forwarded_one_is_its_senders(tmp_path: Path) -> None:
    documents, errors = read(tmp_path, CHAT)
    assert not errors
    assert [(one.id, one.text, str(one.published), one.source) for one in documents] == [
        ("result.json#55/2", "BREAKING: Shelling hit #Pokrovsk.", "2025-03-14", "Front news"),
        ("result.json#55/4", "A raid on Sumy.", "2025-03-14", "Sumy now"),
    ]


def test_chats_of_one_export_keep_their_messages_apart(tmp_path: Path) -> None:
    documents, errors = read(tmp_path, {"chats": {"list": [CHAT, CHAT | {"id": 66, "name": "Other"}]}})
    assert not errors
    assert [one.id for one in documents] == [
        "result.json#55/2",
        "result.json#55/4",
        "result.json#66/2",
        "result.json#66/4",
    ]
    assert [one.source for one in documents] == ["Front news", "Sumy now", "Other", "Sumy now"]


def test_an_empty_report_costs_no_other_and_names_its_row(tmp_path: Path) -> None:
    documents, errors = read(tmp_path, [{"text": "a"}, {"text": " "}, {"text": "b"}])
    assert [one.text for one in documents] == ["a", "b"]
    assert "result.json, row 2: the report has no text" in str(errors[0])


def test_a_json_document_without_reports_says_so(tmp_path: Path) -> None:
    _, errors = read(tmp_path, {"name": "package", "version": "1", "scripts": {"test": "x"}})
    assert "no reports in this JSON" in str(errors[0])


def test_columns_name_the_keys(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"rows": [{"story": "Shells fell.", "title": "a"}]}')
    documents = list(read_documents(tmp_path / "a.json", columns={"text": "story"}))
    assert [one.text for one in documents] == ["Shells fell."]


def test_malformed_json_names_the_line(tmp_path: Path) -> None:
    _, errors = read(tmp_path, '[\n{"text": "a"},\n{"text" "b"}]')
    assert "result.json, line 3: malformed JSON" in str(errors[0])


def test_one_object_a_line_in_a_json_file_is_read_as_lines(tmp_path: Path) -> None:
    documents, errors = read(tmp_path, '{"text": "a"}\n{"text": "b"}\n')
    assert not errors
    assert [one.text for one in documents] == ["a", "b"]
