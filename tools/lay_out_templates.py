"""Lay templates/words/<code>.txt out as templates/<code>.docx, in the house style.

Goes in: the words, the house style, and who reads the paper, from its card (court papers and letters are set larger).
Comes out: one Word template for each paper, the same bytes for the same words. Mistakes are told by file and line.

    .venv/bin/python tools/lay_out_templates.py              every paper
    .venv/bin/python tools/lay_out_templates.py ppm-agenda   this one
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from fixed_package import save_fixed
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from word_paper import FIRST_RESTART, lay_out_body
from words_file import WordsError, read_words

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """How large a paper is set: half-points for body and tables, and 240ths of a line between lines of body text."""

    body: int
    table: int
    line: int


_SETTINGS = {
    "court": Setting(body=24, table=24, line=360),
    "parent": Setting(body=24, table=22, line=288),
    "reader": Setting(body=24, table=22, line=288),
    "easy read": Setting(body=32, table=32, line=320),
}
"""Papers for the court: 12 point throughout and one and a half lines, as courts ask. Papers for families: 12 point.

Easy-read papers: 16 point, as guidance on easy-read letters asks.
"""


def lay_out(words: Path, house_style: Path, card: Path, template: Path) -> None:
    """Write `template` from the words and the house style. Raises WordsError for mistakes in the words."""
    body, lists = lay_out_body(read_words(words))
    document: WordDocument = Document(str(house_style))
    _set_sizes(document, _SETTINGS.get(_readers(card)))
    _add_lists(document, lists)
    _fill(document, body)
    save_fixed(document, template)


def _readers(card: Path) -> str:
    """Who reads the paper, as its card says: the court where it is normally filed, else its audience."""
    if not card.exists():
        return ""
    try:
        facts = YAML(typ="safe").load(card)
    except YAMLError as error:
        raise WordsError([f"{card.name}: {error}"]) from None
    if not isinstance(facts, dict):
        return ""
    if facts.get("easy_read"):
        return "easy read"
    bundle = facts.get("bundle")
    is_filed = isinstance(bundle, dict) and bundle.get("filed") == "normally"
    return "court" if is_filed else str(facts.get("audience", ""))


def _set_sizes(document: WordDocument, setting: Setting | None) -> None:
    """Set body and table text in the size for the paper's audience; without one, leave the house style as it is."""
    if setting is None:
        return
    styles = document.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for where, size in ((defaults, setting.body), (styles.get_by_id("TableText").rPr, setting.table)):
        for name in ("w:sz", "w:szCs"):
            where.find(qn(name)).set(qn("w:val"), str(size))
    for style_id in ("BodyText", "ListBullet", "ListNumber"):
        spacing = styles.get_by_id(style_id).find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        spacing.set(qn("w:line"), str(setting.line))


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
            lay_out(words, folder / "house-style.docx", folder / f"{code}.yaml", folder / f"{code}.docx")
        except (WordsError, OSError) as error:
            print(error, file=sys.stderr)
            failed = True
        else:
            print(f"laid out {folder / code}.docx")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
