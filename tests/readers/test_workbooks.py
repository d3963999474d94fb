"""Excel workbooks: what cells hold, and that a large one is read once, row by row."""

import datetime
import io
import json
import tracemalloc
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geomap.readers import read_documents
from geomap.readers.documents import OpenFile
from geomap.readers.spreadsheets import _cells, _opened, _plain
from tests.readers.files_of_every_format import xlsx, zipped

ROWS: list[list[Any]] = [
    ["text", 1, 2.5, True, datetime.date(2025, 3, 14), datetime.datetime(2025, 3, 14, 9, 30), datetime.time(9, 30)],
    [],
    [None, None, "  two \n lines ", "", "#N/A", datetime.timedelta(hours=30), 10**14, 1e300, -5, 0.1 + 0.2, False],
    ["Київ 🔴", "=1+1", "_x000D_", "0012", 12345678901234567890],
]


def changed(book: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    text = bytes(parts[part]).decode() if isinstance(parts[part], bytes) else str(parts[part])
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return zipped(parts | {part: text})


def with_shared_strings() -> bytes:
    """Return a workbook as Excel writes it: texts in a part of their own, one of them with two looks."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(io.BytesIO(xlsx({"A": [["x"]]}))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    strings = f'<sst xmlns="{main}"><si><t>text</t></si><si><r><t>Shells </t></r><r><t>fell.</t></r></si></sst>'
    rows = "".join(
        f'<row r="{n}"><c r="B{n}" t="s"><v>{n - 1}</v></c><c t="str"><f>A1</f><v>{n}</v></c>'
        '<c t="e"><v>#REF!</v></c></row>'
        for n in (1, 2)
    )
    return zipped(
        parts
        | {
            "xl/sharedStrings.xml": strings,
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            "[Content_Types].xml": bytes(parts["[Content_Types].xml"])
            .decode()
            .replace(
                "</Types>",
                '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            ),
        }
    )


@pytest.mark.parametrize("make", [lambda: xlsx({"A": ROWS}), with_shared_strings], ids=["inline", "shared"])
def test_cells_hold_what_openpyxl_says(make: Any) -> None:
    data = make()
    page = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    page.reset_dimensions()
    expected = [[_plain(cell) for cell in row] for row in page.iter_rows(values_only=True) if any(row)]
    workbook = _opened(OpenFile(name="a", path="a", stream=io.BytesIO(data)))
    found = [
        row for _, row in _cells(workbook, *workbook.sheets.values(), OpenFile(name="a", path="a", stream=io.BytesIO()))
    ]
    assert json.dumps(found) == json.dumps(expected)


def test_a_day_outside_the_calendar_is_left_empty_and_its_row_read(tmp_path: Path) -> None:
    rows = [["text", "date"], ["Shells fell.", datetime.date(2025, 3, 14)], ["A raid.", datetime.date(2025, 3, 15)]]
    (tmp_path / "a.xlsx").write_bytes(
        changed(xlsx({"A": rows}), "xl/worksheets/sheet1.xml", ("<v>45730</v>", "<v>99999999</v>"))
    )
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        documents = list(read_documents(tmp_path / "a.xlsx"))
    assert [str(one.published) for one in documents] == ["None", "2025-03-15"]
    assert ["'#VALUE!'" in str(one.message) for one in said] == [True]


def test_a_sheet_that_declares_entities_is_refused(tmp_path: Path) -> None:
    book = changed(
        xlsx({"A": [["text"], ["Shells fell."]]}),
        "xl/worksheets/sheet1.xml",
        ("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        ("Shells fell.", "Shells &a;"),
    )
    (tmp_path / "a.xlsx").write_bytes(book)
    errors: list[Exception] = []
    assert not list(read_documents(tmp_path / "a.xlsx", on_error=errors.append))
    assert "declares entities" in str(errors[0])


def test_two_cells_in_far_corners_are_two_cells(tmp_path: Path) -> None:
    book = changed(
        xlsx({"A": [["text"], ["Shells fell."]]}),
        "xl/worksheets/sheet1.xml",
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    (tmp_path / "a.xlsx").write_bytes(book)
    tracemalloc.start()
    documents = list(read_documents(tmp_path / "a.xlsx", on_error=lambda error: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.text for one in documents] == ["Shells fell."]
    assert peak < 64 << 20
