"""Word documents (.docx): paragraphs and headings as lines, a row of a table on one line."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone: defusedxml parses

from geomap.readers.documents import OpenFile, Readings, make_document
from geomap.readers.text_files import first_line_title
from geomap.readers.xml_parts import first_text, local_name, parse_xml
from geomap.readers.zips import Archive, opened_zip

# WordprocessingML (ECMA-376 part 1, section 17.3.3): what a run holds besides its text.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
# Deleted text, and the older of two renderings of one drawing, are not what a reader sees.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"})


def read_docx(file: OpenFile) -> Readings:
    """Yield the one document of a Word file, as it reads with all tracked changes accepted.

    The title is that of its properties, else that of the paragraph in the style Title, else the first line that stands
    like a headline. Headers, footers and notes are left out. The date of its properties is when the file was made, not
    when the report came out, and is not taken.

    Parameters
    ----------
    file
        The file.

    Yields
    ------
        One `Document`, or one `ReportError`.
    """
    with opened_zip(file) as archive:
        try:
            body = parse_xml(archive.part("word/document.xml"), path=file.path)
        except KeyError:
            raise file.error("no Word document (.docx) in it; save it as .docx again") from None
        blocks = list(_blocks(body))
        title = _property(archive, "title", file.path) or next((text for style, text in blocks if style == "Title"), "")
    text = "\n\n".join(text for _, text in blocks)
    yield make_document(file, id=file.name, text=text, title=title or first_line_title(text))


def _property(archive: Archive, name: str, path: str) -> str:
    try:
        return first_text(parse_xml(archive.part("docProps/core.xml"), path=path), name)
    except KeyError:
        return ""


def _blocks(parent: Element) -> Iterator[tuple[str, str]]:
    """Yield style and text of each paragraph and row that is not blank."""
    for child in parent:
        name = local_name(child)
        if name == "p":
            text = "".join(_run_text(child)).strip()
            if text:
                yield _style(child), text
        elif name == "tr":
            cells = (" ".join(text for _, text in _blocks(cell)) for cell in child if local_name(cell) == "tc")
            row = "; ".join(" ".join(cell.split()) for cell in cells if cell)
            if row:
                yield "row", row
        elif name not in _UNSEEN:
            yield from _blocks(child)


def _style(paragraph: Element) -> str:
    for element in paragraph.iter():
        if local_name(element) == "pStyle":
            return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")
    return ""


def _run_text(element: Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _UNSEEN:
            yield from _run_text(child)
