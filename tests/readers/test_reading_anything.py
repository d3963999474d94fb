"""Whatever the bytes, reading gives documents that can be written, or a `ReportError` of one line."""

import io
import sys
import warnings

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.readers.input_formats import names

PIECES = st.sampled_from(
    [
        b"text,id\n",
        b"text\tid\n",
        b'{"text": "Kyiv", "mentions": [{"start": 0, "end": 4}]}\n',
        b'{"text": "a\\ud800"}\n',
        b'{"text": ',
        b"<html><body><p>Shells fell on the mill in the night.</p>",
        b"<?xml version='1.0' encoding='x'?>",
        b"<meta charset=rot13>",
        b"<!--",
        b"<![CDATA[",
        b"Published: 1.2.3\n",
        b"Title: a\n",
        b'"',
        b",",
        b"\r",
        b"\n",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe2\x82",
        "Київ".encode(),
        "café".encode("cp1252"),
    ]
)
BYTES = st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join)


@pytest.mark.parametrize("format_name", [None, *names()])
@given(data=BYTES)
@example(data=b"<meta charset=rot13>\xff")
@example(data=b"<meta charset=hex>\xff")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_raises_nothing_but_report_errors(
    monkeypatch: pytest.MonkeyPatch, format_name: str | None, data: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    errors: list[ReportError] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeomapWarning)
        documents = list(read_documents("-", format=format_name, on_error=errors.append))
    assert documents or errors
    assert len({document.id for document in documents}) == len(documents)
    for document in documents:
        assert document.text.strip()
        "".join((document.id, document.text, document.title, document.url, document.source)).encode()
        assert all(0 <= start < end <= len(document.text) for start, end in document.boilerplate)
    for error in errors:
        assert str(error).startswith("<stdin>")
        assert len(str(error).splitlines()) == 1
