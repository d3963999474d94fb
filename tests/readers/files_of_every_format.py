"""Small real files of every format, made by libraries or written out; all tell one story."""

import datetime
import io
import json
import textwrap
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

STORY = (
    "Shelling hit Pokrovsk on Friday morning, killing two residents and damaging a school, officials said.",
    "A missile struck a bus depot in Sumy later that day and three drivers were hurt, the governor wrote.",
)
TITLE = "Shelling hits Pokrovsk"
URL = "https://example.org/news/1"
OUTLET = "Example Post"
DAY = datetime.date(2025, 3, 14)


def zipped(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def pdf(*pages: list[str], title: str = TITLE, encrypt: str | None = None, head: str = "", foot: str = "") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, encrypt=encrypt, invariant=True)
    canvas.setTitle(title)
    for number, lines in enumerate(pages, start=1):
        canvas.drawString(72, 810, head)
        height = 760
        for line in lines:
            height -= 14 if line else 10
            for place, cell in enumerate(line.split("|")):
                canvas.drawString(72 + 100 * place, height, cell)
        canvas.drawString(280, 30, foot.format(number))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def story_pdf() -> bytes:
    first, second = (textwrap.wrap(paragraph, 60) for paragraph in STORY)
    return pdf([TITLE, "", "", *first, "", *second])


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, properties: str = "") -> bytes:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{properties}</cp:coreProperties>'
    )
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, "docProps/core.xml": core})


def paragraph(text: str, *, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text[:9]}</w:t></w:r><w:r><w:t>{text[9:]}</w:t></w:r></w:p>"


def story_docx() -> bytes:
    return docx(paragraph(TITLE, style="Title") + "".join(map(paragraph, STORY)))


def epub(chapters: dict[str, str], *, spine: list[str] | None = None, metadata: str = "") -> bytes:
    items = "".join(f'<item id="c{n}" href="{name}"/>' for n, name in enumerate(spine or chapters))
    refs = "".join(f'<itemref idref="c{n}"/>' for n, _ in enumerate(spine or chapters))
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    opf = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    parts: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return zipped(parts | {"OEBPS/book.opf": opf} | {f"OEBPS/{name}": text for name, text in chapters.items()})


def story_epub() -> bytes:
    metadata = f"<dc:title>{TITLE}</dc:title><dc:date>2025-03-14</dc:date><dc:publisher>{OUTLET}</dc:publisher>"
    chapters = {f"text {n}.xhtml": f"<html><body><p>{text}</p></body></html>" for n, text in enumerate(STORY)}
    return epub(chapters, spine=["text%200.xhtml", "text%201.xhtml"], metadata=metadata)


def rss(*items: str) -> bytes:
    channel = f"<channel><title>{OUTLET}</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def story_rss() -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    return rss(
        f"<item><title>{TITLE}</title><link>{URL}</link><guid>a1</guid>"
        f"<pubDate>Fri, 14 Mar 2025 09:30:00 +0200</pubDate><description><![CDATA[{paragraphs}]]></description></item>"
    )


def page() -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<link rel="canonical" href="{URL}"><meta property="og:site_name" content="{OUTLET}">'
        f'<meta property="og:title" content="{TITLE}">'
        '<meta property="article:published_time" content="2025-03-14T09:30:00Z"></head>'
        f"<body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>"
    )


def eml(*, body: str = "", kind: str = "plain") -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        TITLE,
        f"{OUTLET} <news@example.org>",
        "Fri, 14 Mar 2025 09:30:00 +0200",
    )
    mail.set_content(body or "\n\n".join(STORY) + "\n", subtype=kind, cte="quoted-printable")
    return mail.as_bytes()


def mhtml() -> bytes:
    from email.message import EmailMessage

    saved = EmailMessage()
    saved["From"], saved["Snapshot-Content-Location"] = "<Saved by Blink>", URL
    saved.set_content("", subtype="html")
    saved.make_related()
    part = EmailMessage()
    part["Content-Location"] = URL
    part.set_content(page(), subtype="html", cte="quoted-printable")
    saved.set_payload([part])
    return saved.as_bytes()


def record(kind: str, url: str, block: bytes, *, content: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-20T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(block):012}>\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(pages: dict[str, bytes], *, kind: str = "text/html", status: str = "200 OK", headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode()
    return b"".join(
        record("response", url, head + body, content="application/http; msgtype=response")
        for url, body in pages.items()
    )


def xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet(rows: dict[str, list[Any]]) -> bytes:
    import pyarrow
    from pyarrow import parquet as writer

    file = io.BytesIO()
    writer.write_table(pyarrow.table(rows), file)
    return file.getvalue()


TEXT = "\n".join(STORY)
ROW = {"id": "a1", "title": TITLE, "text": TEXT, "url": URL, "published": "2025-03-14", "source": OUTLET}
CSV = f"{','.join(ROW)}\n{','.join(f'{chr(34)}{value}{chr(34)}' for value in ROW.values())}\n"

MAKE: dict[str, Callable[[], bytes]] = {
    "report.txt": lambda: f"Title: {TITLE}\nURL: {URL}\nPublished: 2025-03-14\nSource: {OUTLET}\n\n{TEXT}".encode(),
    "page.html": lambda: page().encode(),
    "rows.jsonl": lambda: json.dumps(ROW).encode(),
    "rows.json": lambda: json.dumps([ROW]).encode(),
    "rows.csv": CSV.encode,
    "rows.tsv": lambda: ("\t".join(ROW) + "\n" + "\t".join(ROW.values()).replace("\n", " ") + "\n").encode(),
    "rows.xlsx": lambda: xlsx(
        {"Reports": [list(ROW), [*list(ROW.values())[:4], datetime.datetime(2025, 3, 14), OUTLET]]}
    ),
    "rows.parquet": lambda: parquet({name: [DAY if name == "published" else value] for name, value in ROW.items()}),
    "feed.rss": story_rss,
    "mail.eml": eml,
    "page.mhtml": mhtml,
    "crawl.warc": lambda: warc({URL: page().encode()}),
    "paper.pdf": story_pdf,
    "paper.docx": story_docx,
    "book.epub": story_epub,
    "many.zip": lambda: zipped({"in/page.html": page(), "notes.doc": "x", "__MACOSX/._a.txt": "x", "README.md": "x"}),
}
"""Name of a file → what makes it."""


@cache
def made(name: str) -> bytes:
    """Return the bytes of a file; made once, since a library writes the time into some."""
    return MAKE[name]()


KNOWN = {
    "paper.pdf": {"title"},
    "paper.docx": {"title"},
    "book.epub": {"title", "published", "source"},
    "mail.eml": {"title", "published", "source"},
}
"""Name of a file → what its format tells of a report, where that is not all."""


def write_all(folder: Path) -> None:
    for name in MAKE:
        (folder / name).write_bytes(made(name))
