"""Lay templates/words/<code>.txt out as templates/<code>.docx, in the house style.

Goes in: the words and the house style. Sizes for courts, families and easy reading come later, when a paper is made.
Comes out: one Word template for each paper, the same bytes for the same words. Mistakes are told by file and line.

    .venv/bin/python tools/lay_out_templates.py              every paper
    .venv/bin/python tools/lay_out_templates.py ppm-agenda   this one
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from fixed_package import save_fixed
from word_paper import FIRST_RESTART, lay_out_body
from words_file import WordsError, read_words

_ROOT = Path(__file__).resolve().parent.parent


def lay_out(words: Path, house_style: Path, template: Path) -> None:
    """Write `template` from the words and the house style. Raises WordsError for mistakes in the words."""
    body, lists = lay_out_body(read_words(words))
    document: WordDocument = Document(str(house_style))
    _add_lists(document, lists)
    _fill(document, body)
    save_fixed(document, template)


def _add_lists(document: WordDocument, lists: int) -> None:
    """Give each numbered list of the paper a number of its own, so that it counts from 1."""
    numbering = document.part.numbering_part.element
    for number in range(FIRST_RESTART, FIRST_RESTART + lists):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="2"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def _fill(document: WordDocument, body: str) -> None:
    """Put the paper's words before the section's own settings."""
    element = document.element.body
    for child in list(element):
        if child.tag != qn("w:sectPr"):
            element.remove(child)
    for place, child in enumerate(list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))):
        element.insert(place, child)


def main() -> int:
    """Lay out the papers named on the command line, or all; 1 when any words need mending."""
    parser = argparse.ArgumentParser(description="Lay words out as Word templates.")
    parser.add_argument("codes", nargs="*", metavar="code", help="which papers; none named: all of them")
    parser.add_argument("--templates", type=Path, default=_ROOT / "templates", help="the folder of templates")
    asked = parser.parse_args()
    folder: Path = asked.templates
    codes = asked.codes or sorted(path.stem for path in (folder / "words").glob("*.txt"))
    failed = False
    for code in codes:
        words = folder / "words" / f"{code}.txt"
        try:
            lay_out(words, folder / "house-style.docx", folder / f"{code}.docx")
        except (WordsError, OSError) as error:
            print(error, file=sys.stderr)
            failed = True
        else:
            print(f"laid out {folder / code}.docx")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
