"""Fill in a Word template of ten pages many times over, by docxtpl alone or by the room that wraps it.

rendering.py plain TIMES | rendering.py ours TIMES
"""

from __future__ import annotations

import io
import sys

from docx import Document
from docxtpl import DocxTemplate

from generator.papers.render.template import WordTemplate

PAGES, ROWS = 10, 8


def write_template() -> bytes:
    """Ten pages, each with a heading, prose and a table whose rows are repeated."""
    document = Document()
    for page in range(PAGES):
        document.add_heading(f"{{{{ child }}}}, part {{{{ parts[{page}].number }}}}", level=1)
        for _ in range(6):
            document.add_paragraph("On {{ day }} {{ child }} was seen at {{ place }}. " * 4)
        table = document.add_table(rows=4, cols=4)
        table.rows[0].cells[0].text = "What"
        table.rows[1].cells[0].text = f"{{%tr for one in parts[{page}].rows %}}"
        for cell, key in zip(table.rows[2].cells, ("what", "who", "due", "done"), strict=True):
            cell.text = f"{{{{ one.{key} }}}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


what, times = sys.argv[1], int(sys.argv[2])
template = write_template()
rows = [{"what": f"Task {n}", "who": "Social worker", "due": "1 June 2026", "done": "no"} for n in range(ROWS)]
facts = {
    "child": "Rowan",
    "day": "1 June 2026",
    "place": "home",
    "parts": [{"number": n, "rows": rows} for n in range(PAGES)],
    "cited": {},
}
# Both fill it in once before: only what comes after is compared.
for _ in range(times + 1):
    if what == "plain":
        paper = DocxTemplate(io.BytesIO(template))
        paper.render(facts)
        paper.save(io.BytesIO())
    else:
        WordTemplate(template, "bench.docx").fill(facts, title="Bench", author="Nobody", subject="Bench", alts={})
