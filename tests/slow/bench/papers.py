"""Make generated papers of ten pages each for the bundle to hold, as LibreOffice makes real ones.

papers.py FOLDER HOW-MANY
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docx import Document

from generator.convert.conversion import convert_documents

PAGES = 10


def write_paper(path: Path, number: int) -> Path:
    document = Document()
    for page in range(PAGES):
        heading = document.add_heading(f"Paper {number}, part {page + 1}", level=1)
        heading.paragraph_format.page_break_before = page > 0
        for paragraph in range(8):
            document.add_paragraph(f"{number}.{page}.{paragraph} What was seen, heard and agreed on this visit. " * 5)
    document.save(str(path))
    return path


folder, wanted = Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir()
with tempfile.TemporaryDirectory() as words:
    written = [write_paper(Path(words) / f"{number}.docx", number) for number in range(wanted)]
    convert_documents(written, folder).raise_failures()
