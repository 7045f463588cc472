"""Texts come out of files by their endings; what cannot be read says so."""

import io
import zipfile
import zlib

import pytest

from dify_mock.knowledge.extraction import extract
from dify_mock.knowledge.unreadable import Unreadable

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def archive(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return made.getvalue()


@pytest.mark.parametrize("ending", ["txt", "vtt", "properties", "log", ""])
def test_a_text_is_taken_as_it_is(ending):
    assert extract(ending, "one\r\ntwo é".encode()) == ["one\ntwo é"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_tells_the_encoding(encoding):
    assert extract("txt", "é".encode(encoding)) == ["é"]


def test_a_text_in_an_unknown_encoding_cannot_be_read():
    with pytest.raises(Unreadable, match="Decode failed, specified encoding: utf-8"):
        extract("txt", b"\xff\xfe\xfa"[1:])


@pytest.mark.parametrize("ending", ["md", "markdown", "mdx"])
def test_markdown_is_split_at_its_headings(ending):
    assert extract(ending, b"# Guide 3\n\nNew words.") == ["Guide 3\nNew words."]
    assert extract(ending, b"Before\n# One\na <b>bold</b> c\n## Two\nd") == ["Before", "One\na bold c", "Two\nd"]


def test_in_a_block_of_code_there_are_no_headings():
    assert extract("md", b"# One\n```\n# no heading\n```\n") == ["One\n```\n# no heading\n```"]


def test_a_page_is_what_it_shows():
    page = b"<html><head><title>t</title><style>p {}</style></head><body><p>One &amp; two</p>\n<script>x</script><p>three</p></body></html>"
    assert extract("html", page) == ["One & two\nthree"]


def test_a_row_of_a_table_has_the_names_of_its_columns():
    assert extract("csv", b'name, age\nAnn,"3, or 4"\n\nBob,5\n') == ["name: Ann;age: 3, or 4", "name: Bob;age: 5"]


def test_a_table_with_an_open_quote_cannot_be_read():
    with pytest.raises(Unreadable, match="unexpected end of data"):
        extract("csv", b'name\n"Ann')


def test_a_word_document_has_paragraphs():
    body = f"<w:document {WORD}><w:body><w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p><w:p><w:t>three</w:t></w:p></w:body></w:document>"
    assert extract("docx", archive(word__document=body)) == ["One\ttwo\nthree"]


def test_an_open_document_has_headings_and_paragraphs():
    body = f"<office:text {OFFICE}><text:h>Title</text:h><text:p>One<text:tab/>two <text:span>three</text:span>.</text:p></office:text>"
    assert extract("odt", archive(content=body)) == ["Title\nOne\ttwo three."]


def test_a_spreadsheet_has_rows():
    sheet = (
        f'<worksheet {SHEET}><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>age</t></is></c></row><row/>'
        '<row><c r="A3" t="s"><v>1</v></c><c r="B3"><v>7</v></c></row></sheetData></worksheet>'
    )
    texts = f"<sst {SHEET}><si><t>name</t></si><si><t>An</t><t>n</t></si></sst>"
    assert extract("xlsx", archive(xl__worksheets__sheet1=sheet, xl__sharedStrings=texts)) == ['"name":"Ann";"age":"7"']


@pytest.mark.parametrize(
    ("ending", "content", "reason"),
    [
        ("docx", b"no archive", "File is not a zip file"),
        ("docx", archive(other="<a/>"), "There is no item named 'word/document.xml' in the archive"),
        ("odt", archive(content="<a>"), "no element found"),
        ("xlsx", archive(other="<a/>"), "there are no sheets in it"),
        ("xls", b"\xd0\xcf\x11\xe0", "old spreadsheets"),
        ("pdf", b"no pdf", "PDFium: Data format error"),
        ("pdf", b"%PDF-1.4 /Encrypt", "PDFium: Incorrect password error"),
    ],
)
def test_a_file_that_is_not_what_it_says_cannot_be_read(ending, content, reason):
    with pytest.raises(Unreadable, match=reason):
        extract(ending, content)


def pdf(*pages, deflate=False):
    made = b"%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    for number, page in enumerate(pages, 3):
        body, extra = (zlib.compress(page), b" /Filter /FlateDecode") if deflate else (page, b"")
        made += b"%d 0 obj\n<</Length %d%s>>\nstream\n%s\nendstream\nendobj\n" % (number, len(body), extra, body)
    return made + b"%%EOF"


@pytest.mark.parametrize("deflate", [False, True])
def test_a_pdf_has_pages(deflate):
    first = rb"BT /F1 12 Tf 72 720 Td (Hello \(there\)\041) Tj 0 -14 Td [(Kern) -20 (ed) -300 (words)] TJ ET"
    second = b"BT (Page two) Tj T* <48 69> Tj (next) ' ET"
    assert extract("pdf", pdf(first, second, deflate=deflate)) == ["Hello (there)!\nKerned words", "Page two\nHi\nnext"]


def test_a_pdf_with_a_broken_page_cannot_be_read():
    broken = pdf(b"BT (a) Tj ET", deflate=True).replace(zlib.compress(b"BT (a) Tj ET"), b"nonsense")
    with pytest.raises(Unreadable, match="Failed to load page"):
        extract("pdf", broken)
