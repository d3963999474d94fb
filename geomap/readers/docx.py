"""Word documents (.docx): paragraphs and headings as lines, a row of a table on one line."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone: defusedxml parses

from geomap.readers.documents import OpenFile, Readings, make_document
from geomap.readers.text_files import first_line_title
from geomap.readers.zips import Archive, first_text, local_name, opened_zip

# WordprocessingML (ECMA-376 part 1, section 17.3.3): what a run holds besides its text.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
# Deleted text, and the older of two renderings of one drawing, are not what a reader sees.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "trPr", "tcPr", "rt"})
_HIDDEN = frozenset({"vanish", "webHidden"})
_CHANGED_AWAY = frozenset({"del", "moveFrom"})


def read_docx(file: OpenFile) -> Readings:
    """Yield the one document of a Word file, as it reads with all tracked changes accepted.

    The title is that of its properties, else that of the paragraph in the style Title, else the first line that stands
    like a headline. Headers, footers and notes are left out. The date of its properties is when the file was made, not
    when the report came out, and is not taken.
    """
    with opened_zip(file) as archive:
        try:
            body = archive.xml("word/document.xml")
        except KeyError:
            raise file.error("no Word document (.docx) in it; save it as .docx again") from None
        blocks = list(_blocks(body))
        title = _property(archive, "title") or next((text for style, text in blocks if style == "Title"), "")
    text = "\n\n".join(text for _, text in blocks)
    yield make_document(file, text=text, title=title or first_line_title(text))


def _property(archive: Archive, name: str) -> str:
    try:
        return first_text(archive.xml("docProps/core.xml"), name)
    except KeyError:
        return ""


def _blocks(parent: Element) -> Iterator[tuple[str, str]]:
    """Yield style and text of each paragraph and row that is not blank, and behind a paragraph its text boxes."""
    before = ""
    for child in parent:
        name = local_name(child)
        if name == "p":
            text = before + "".join(_run_text(child))
            before = text if _is_joined_to_next(child) else ""
            if not before and text.strip():
                yield _style(child), text.strip()
            yield from _boxes(child)
        elif name == "tr" and _has_mark(child, "trPr", _CHANGED_AWAY):
            continue
        elif name == "tr":
            cells = (" ".join(text for _, text in _blocks(cell)) for cell in child if local_name(cell) == "tc")
            row = "; ".join(" ".join(cell.split()) for cell in cells if cell)
            if row:
                yield "row", row
        elif name not in _UNSEEN:
            yield from _blocks(child)
    if before.strip():
        yield "", before.strip()


def _boxes(paragraph: Element) -> Iterator[tuple[str, str]]:
    for child in paragraph:
        name = local_name(child)
        if name == "txbxContent":
            yield from _blocks(child)
        elif name not in _UNSEEN:
            yield from _boxes(child)


def _is_joined_to_next(paragraph: Element) -> bool:
    """Return whether the end of a paragraph was deleted, so that the next goes on with it."""
    looks = (one for one in paragraph if local_name(one) == "pPr")
    return any(_has_mark(one, "rPr", _CHANGED_AWAY) for one in looks)


def _has_mark(element: Element, within: str, marks: frozenset[str]) -> bool:
    """Return whether the properties of an element, ``within`` it, hold one of some marks that is not switched off."""
    properties = (one for one in element if local_name(one) == within)
    found = (one for each in properties for one in each if local_name(one) in marks)
    return any(value not in ("0", "false", "off") for one in found for value in (_value(one),))


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")


def _style(paragraph: Element) -> str:
    for element in paragraph.iter():
        if local_name(element) == "pStyle":
            return _value(element)
    return ""


def _run_text(element: Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _UNSEEN and name != "txbxContent" and not _has_mark(child, "rPr", _HIDDEN):
            yield from _run_text(child)
