"""PDF files, Word documents and e-books: what is text in them, and what is not."""

from io import BytesIO
from pathlib import Path

from geomap.readers import read_documents
from geomap.readers.pdf import without_running_lines
from geomap.types import Document
from tests.readers.files_of_every_format import docx, epub, paragraph, pdf


def read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    (document,) = read_documents(path)
    return document


def test_running_heads_feet_and_page_numbers_of_a_pdf_file_are_left_out(tmp_path: Path) -> None:
    towns = ("Sumy", "Pokrovsk", "Kherson", "Nikopol", "Kupiansk")
    pages = [[f"Shelling hit {town} on Friday and hurt", f"{n} people of {town}."] for n, town in enumerate(towns)]
    one = read(tmp_path / "a.pdf", pdf(*pages, head="Situation report No. 7", foot="Page {} of 5"))
    assert one.text.split("\n") == [line for page in pages for line in page]


def test_lines_that_two_pages_share_by_chance_stay() -> None:
    pages = [["Kyiv", "", "Two were killed."], ["Kyiv", "", "A school burned."]]
    assert without_running_lines(pages) == pages
    assert without_running_lines([]) == []
    assert without_running_lines([[], [""]]) == [[], [""]]


def test_a_number_that_ends_a_page_is_no_page_number(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", pdf(["Killed in Kharkiv|Hurt", "2|14"])).text.split("\n") == [
        "Killed in Kharkiv Hurt",
        "2 14",
    ]


def test_words_broken_at_a_line_end_of_a_pdf_file_are_whole(tmp_path: Path) -> None:
    one = read(tmp_path / "a.pdf", pdf(["Heavy clashes went on in Avdi-", "ivka on Monday, they said."]))
    assert "Avdiivka on Monday" in one.text


def test_paragraphs_of_a_pdf_file_are_parted(tmp_path: Path) -> None:
    lines = ["Shelling hit the town in the", "night.", "", "", "A raid followed in the", "morning, they said."]
    assert read(tmp_path / "a.pdf", pdf(lines)).text == "\n".join([*lines[:2], "", *lines[4:]])


def test_a_title_of_a_pdf_file_that_its_page_does_not_show_is_a_programs(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", pdf(["Shells fell."], title="Microsoft Word - draft3.doc")).title == ""


def test_a_pdf_file_encrypted_without_a_password_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", pdf(["Shells fell."], encrypt="")).text == "Shells fell."


def test_rows_tabs_and_breaks_of_a_word_document_read_as_they_look(tmp_path: Path) -> None:
    row = "<w:tr>{}</w:tr>".format("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("10 March", "Kharkiv", "2")))
    body = f"<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p><w:tbl>{row}</w:tbl>"
    assert read(tmp_path / "a.docx", docx(body)).text == "One\ttwo\nthree\n\n10 March; Kharkiv; 2"


def test_tracked_changes_of_a_word_document_are_taken_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Shells hit </w:t></w:r><w:del><w:r><w:delText>Kyiv</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Sumy</w:t></w:r></w:ins><w:r><w:instrText>PAGE 9</w:instrText><w:t>.</w:t></w:r></w:p>"
    )
    assert read(tmp_path / "a.docx", docx(body)).text == "Shells hit Sumy."


def test_the_title_of_a_word_document_is_its_own_or_that_of_its_style(tmp_path: Path) -> None:
    text = paragraph("Night of shelling", style="Title") + paragraph("Shells fell on Sumy.")
    assert read(tmp_path / "a.docx", docx(text)).title == "Night of shelling"
    assert read(tmp_path / "a.docx", docx(text, properties="<dc:title>Own</dc:title>")).title == "Own"


def test_chapters_of_a_book_stand_in_the_order_of_reading(tmp_path: Path) -> None:
    chapters = {
        f"{n}.xhtml": f"<html><head><style>p {{}}</style></head><body><h1>{n}</h1><p>In Sumy.</p></body></html>"
        for n in "abc"
    }
    book = epub(chapters, spine=["c.xhtml", "lost.xhtml", "a.xhtml"])
    assert read(tmp_path / "a.epub", book).text == "c\nIn Sumy.\n\na\nIn Sumy."


def test_a_pdf_file_locked_against_changes_is_read(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["Shells fell on Sumy."]))))
    writer.encrypt("", "owner", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    assert read(tmp_path / "a.pdf", file.getvalue()).text == "Shells fell on Sumy."
