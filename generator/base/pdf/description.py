"""How a PDF that is made here opens, and what it says of itself."""

from __future__ import annotations

import datetime as dt

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)


def describe_file(writer: PdfWriter, title: str, made_on: dt.date) -> None:
    """How the file opens, its language, its own title and dates, and nothing that its papers said about themselves."""
    root = writer.root_object
    first_page = writer.pages[0].indirect_reference
    # Every page of a writer is an object of its own.
    assert first_page is not None  # noqa: S101
    # 100% once, when the file opens (guidance of 2021, paragraph 6); every other way through keeps the reader's zoom.
    root[NameObject("/OpenAction")] = ArrayObject(
        [first_page, NameObject("/XYZ"), NullObject(), NullObject(), NumberObject(1)]
    )
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    made = made_on.strftime("D:%Y%m%d000000Z")
    writer.metadata = None
    writer.metadata = {"/Title": title, "/Producer": "permanence", "/CreationDate": made, "/ModDate": made}
