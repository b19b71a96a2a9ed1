"""Writes the trap files: small Word templates with one fault each, and the card beside each.

    .venv/bin/python tests/corpora/traps/make.py

`TRAPS` says what each must be found for. tests/corpora/test_traps.py reads it; tests/README.md lists it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

_HERE = Path(__file__).parent
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
CHILD, MEETING, LETTER = "child", "meeting", "letter"
_CARDS = {
    CHILD: 'title: "Trap"\nfor_each: [child]\naudience: internal\nneeds: [children, compliance]\n',
    MEETING: 'title: "Trap"\nfor_each: [meeting]\naudience: internal\n',
    LETTER: 'title: "Trap"\nfor_each: [decision, parent]\naudience: parent\n',
}
_QUESTION = (
    "questions:\n  - id: home\n    asks: Where do they live?\n    of: child.self_care\n    source: Local procedure\n"
    "    write: children.self_care\n"
)


def run(text: str, look: str = "") -> str:
    """A run of text."""
    kept = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{kept}</w:t></w:r>'


def p(*texts: str, style: str = "") -> str:
    """A paragraph; a text that is XML already stays as it is."""
    inner = "".join(text if text.startswith("<w:") else run(text) for text in texts)
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}{inner}</w:p>"


def cell(*content: str, more: str = "") -> str:
    """A cell of a table."""
    inner = "".join(one if one.startswith("<w:p") else p(one) for one in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, head: bool = False) -> str:
    """A row of a table."""
    inner = "".join(one if one.startswith("<w:tc") else cell(one) for one in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table with borders."""
    look = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="6000" w:type="dxa"/></w:tblPr>'
    grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    return f"<w:tbl>{look}{grid}{''.join(rows)}</w:tbl>"


HEADS = row("What", "When", head=True)
START = p("The child", style="Heading1")
BREAK = '<w:r><w:br w:type="page"/></w:r>'
_BOX = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="{id}" name="Shape" {alt}/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    "<wps:spPr/>{inner}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def shape(inner: str = "", alt: str = "") -> str:
    """A drawing; `inner` is the text of a text box."""
    box = f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>" if inner else ""
    return _BOX.format(id=1, alt=alt, inner=box)


@dataclass(frozen=True)
class Trap:
    """One fault. `code` and `place` are what the check must say; `says` a few of its words."""

    code: str
    place: str
    body: str
    says: str = ""
    card: str = CHILD
    more_card: str = ""
    header: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    styles: str = ""
    language: str = "en-GB"
    level: str = "must"


PLAN = p("{{ child.plan.primary }}")
_NOTE = f'<w:footnote w:id="2">{p("{{ child.nmae }}")}</w:footnote>'
_END = f'<w:endnote w:id="2">{p("{{ child.name }}")}</w:endnote>'
_DELETED = '<w:del w:id="1" w:author="A" w:date="2026-11-22T00:00:00Z"><w:r><w:delText>old</w:delText></w:r></w:del>'
_COMMENT = f'<w:comment w:id="0" w:author="A. Author">{p("Ask Sam")}</w:comment>'
_LINK = '<w:hyperlink r:id="rId20">{}</w:hyperlink>'
_HYPERLINK = f"{_OFFICE}/hyperlink"
_MERGED = '<w:vMerge w:val="restart"/>'
_FIELD = '<w:fldSimple w:instr=" HYPERLINK &quot;{{ child.name }}&quot; "><w:r><w:t>More about the child</w:t></w:r></w:fldSimple>'
_MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_REFORMATTED = '<w:b/><w:rPrChange w:id="1" w:author="A"><w:rPr/></w:rPrChange>'
_CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
_FETCH = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    + _CODE.format("INCLUDE")
    + _CODE.format("PICTURE https://example.org/logo.png")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_FONT = '<w:rFonts w:ascii="Gotham Rounded" w:hAnsi="Gotham Rounded"/>'

TRAPS: dict[str, Trap] = {
    # Facts
    "unknown-field": Trap("T101", "text, under “The child”, paragraph 2", START + p("{{ child.ful_name }}"), "did you mean full_name"),
    "unknown-name": Trap("T101", "text, paragraph 1", p("{{ chidl.name }}"), "did you mean child"),
    "unknown-in-loop": Trap("T101", "table 1, row 3, column 1", table(HEADS, row("{%tr for one in child.orders %}", ""), row("{{ one.ordr }}", "{{ one.made_on }}"), row("{%tr endfor %}", "")), "did you mean order"),
    "unknown-in-header": Trap("T101", "header, paragraph 1", p("Text"), "did you mean reference", header=p("{{ case.referense }}")),
    "unknown-in-footnote": Trap("T101", "footnotes, paragraph 1", p("Text"), "did you mean name", parts={"footnotes": _NOTE}),
    "unknown-in-text-box": Trap("T101", "text, paragraph 2", p(shape(p("{{ child.nam }}"), 'descr="x"')), "did you mean name"),
    "unknown-in-filter": Trap("T101", "text, paragraph 1", p("{{ child.orders | map(attribute='mad_on') | join(', ') }}"), "did you mean made_on"),
    "unknown-in-card": Trap("T101", "question home, of", p("{{p answers.home }}"), "did you mean self_care", more_card=_QUESTION.replace("child.self_care\n    source", "child.selfcare\n    source")),
    "unknown-answer": Trap("T101", "text, paragraph 1", p("{{p answers.hoem }}"), "did you mean home", more_card=_QUESTION),
    "unknown-event": Trap("T101", "text, paragraph 1", p("{% if compliance.happened.cpr_quality_asured.on %}Yes{% endif %}"), "did you mean cpr_quality_assured"),
    "only-elsewhere": Trap("D001", "text, paragraph 1", p("{% for one in child.parents %}{{ one.name }}{% endfor %}"), "a reader in the audience parent may not see", card=LETTER),
    "list-as-one": Trap("T102", "text, paragraph 1", p("{{ child.placements.type }}"), "as if it were one"),
    "list-printed": Trap("T102", "text, paragraph 1", p("{{ child.orders }}"), "printing needs text"),
    "group-printed": Trap("T102", "text, paragraph 1", p("{{ child.identity }}"), "name the part"),
    "groups-joined": Trap("T102", "text, paragraph 1", p("{{ child.parents | join(', ') }}"), "as a whole"),
    "groups-sorted": Trap("T102", "text, paragraph 1", p("{% for one in child.orders | sort %}{{ one.order }}{% endfor %}"), "before another"),
    "unguarded": Trap("T103", "text, paragraph 1", PLAN, "child.plan may be unwritten"),
    "unguarded-in-else": Trap("T103", "text, paragraph 1", p("{% if child.plan %}x{% else %}{{ child.plan.primary }}{% endif %}"), "child.plan may be unwritten"),
    "unguarded-joined": Trap("T103", "text, paragraph 1", p("{{ child.name ~ child.place_of_birth }}"), "joining"),
    "unguarded-sorted": Trap("T103", "text, paragraph 1", p("{% for one in child.orders | sort(attribute='ended_on') %}{{ one.order }}{% endfor %}"), "would fail"),
    "unguarded-compared": Trap("T103", "text, paragraph 1", p("{% if child.looked_after_from < paper.as_of %}x{% endif %}"), "being earlier"),
    "unguarded-first": Trap("T103", "text, paragraph 1", p("{{ (child.orders | first).order }}"), "needs it"),
    "no-else": Trap("T103", "text, paragraph 1", p("{{ child.name if child.plan }}"), "where the condition does not hold"),
    "never-equal": Trap("T104", "text, paragraph 1", p("{% if child.sex == 'Female' %}her{% endif %}"), "did you mean female"),
    "code-for-words": Trap("T104", "text, paragraph 1", p("{% if meeting.kind == 'permanence_planning_meeting' %}x{% endif %}"), "ask meeting.kind_code", card=MEETING),
    "never-in-list": Trap("T104", "text, paragraph 1", p("{% if meeting.kind_code in ['ppm', 'matching_meeting'] %}x{% endif %}"), "is never “ppm”", card=MEETING),
    "number-as-text": Trap("T104", "text, paragraph 1", p("{% if child.age_years == '4' %}x{% endif %}"), "without quotes"),
    "date-as-text": Trap("T104", "text, paragraph 1", p("{% if child.born_on == '2026-04-03' %}x{% endif %}"), "never equal"),
    "yes-as-text": Trap("T104", "text, paragraph 1", p("{% if child.relinquished == 'yes' %}x{% endif %}"), "never equal"),
    "never-in-select": Trap("T104", "text, paragraph 1", p("{{ child.orders | selectattr('order', 'equalto', 'care_order') | list | length }}"), "never “care_order”"),
    "order-of-kinds": Trap("T105", "text, paragraph 1", p("{% if child.age > 4 %}x{% endif %}"), "put in order"),
    "text-counted": Trap("T105", "text, paragraph 1", p("{{ child.name + 1 }}"), "join text with ~"),
    "yes-printed": Trap("T106", "text, paragraph 1", p("{{ child.relinquished }}"), "yes or no"),
    "date-cut": Trap("T107", "text, paragraph 1", p("{{ child.born_on | upper }}"), "takes it for text"),
    "date-filter-on-text": Trap("T107", "text, paragraph 1", p("{{ child.name | short_date }}"), "needs a date"),
    "date-added": Trap("T107", "text, paragraph 1", p("{{ child.born_on + 28 }}"), "counted with"),
    "time-of-day": Trap("T107", "text, paragraph 1", p("{{ child.born_on | time }}"), "a date and time"),
    "loop-over-text": Trap("T108", "text, paragraph 1", p("{% for one in child.name %}{{ one }}{% endfor %}"), "no list"),
    "text-listed": Trap("T108", "text, paragraph 1", p("{{ child.name | listed }}"), "needs a list"),
    "answer-in-line": Trap("T109", "text, paragraph 1", p("They live at {{ answers.home }}."), "makes paragraphs", more_card=_QUESTION),
    "fact-as-paragraphs": Trap("T109", "text, paragraph 1", p("{{p child.name }}"), "is for paragraphs"),
    "method": Trap("T110", "text, paragraph 1", p("{{ child.name.upper() }}"), "no methods"),
    "unknown-filter": Trap("T111", "text, paragraph 1", p("{{ child.born_on | shortdate }}"), "did you mean short_date"),
    "unknown-test": Trap("T111", "text, paragraph 1", p("{% if child.plan is nothing %}x{% endif %}"), "no test"),
    "idle-default": Trap("T112", "text, paragraph 1", p("{{ child.place_of_birth | default('not known') }}"), "does nothing"),
    "withheld": Trap("D001", "text, paragraph 1", p("{% if false %}{{ decision.own_reasons }}{% endif %}"), "decision.own_reasons", card=LETTER),
    # Tags
    "cannot-be-read": Trap("T120", "text, paragraph 1", p("{{ child.name | }}"), "cannot be read"),
    "two-cannot-be-read": Trap("T120", "text, paragraph 2", p("{{ child..name }}") + p("{% if child.plan = 1 %}x{% endif %}"), "cannot be read"),
    "never-closed": Trap("T121", "text, paragraph 1", p("{%p if child.plan %}") + p("Words"), "never closed"),
    "closes-nothing": Trap("T121", "text, paragraph 2", p("Words") + p("{%p endif %}"), "closes nothing"),
    "crossed-blocks": Trap("T121", "text, paragraph 2", p("{%p for one in child.orders %}") + p("{%p if one.court %}") + p("{%p endfor %}"), "not closed before"),
    "after-else": Trap("T121", "text, paragraph 1", p("{% if child.plan %}a{% else %}b{% else %}c{% endif %}"), "stands after the else"),
    "one-brace": Trap("T126", "text, paragraph 1", p("{ child.name }"), "one brace on each side"),
    "comment-across-paragraphs": Trap("T126", "text, paragraph 1", p("{# a note") + p("Words") + p("#}"), "other half"),
    "capital": Trap("T122", "text, paragraph 1", p("{% If child.plan %}x{% endif %}"), "write if"),
    "no-space": Trap("T122", "text, paragraph 1", p("{%pif child.plan %}") + p("x") + p("{%p endif %}"), "write a space"),
    "space-before-p": Trap("T122", "text, paragraph 1", p("{% p if child.plan %}") + p("x") + p("{%p endif %}"), "no space before p"),
    "include": Trap("T122", "text, paragraph 1", p("{% include 'other.docx' %}"), "the only ones"),
    "macro": Trap("T122", "text, paragraph 1", p("{% macro hello() %}x{% endmacro %}"), "the only ones"),
    "mixed-prefix": Trap("T123", "text, paragraph 3", p("{%p if child.plan %}") + p("x") + p("{% endif %}"), "in the same way"),
    "across-cells": Trap("T124", "table 1, row 2, column 2", table(HEADS, row("{% if child.plan %}x", "y{% endif %}")), "in another"),
    "across-tables": Trap("T124", "table 2, row 2, column 1", table(HEADS, row("{%tr for one in child.orders %}", ""), row("{{ one.order }}", "x")) + p("Between") + table(HEADS, row("{%tr endfor %}", "")), "in another"),
    "merged-cells": Trap("T125", "table 1, row 2, column 2", table(HEADS, row(cell("Merged", more=_MERGED), "{%tr for one in child.orders %}"), row(cell("", more="<w:vMerge/>"), "{{ one.order }}"), row(cell("", more="<w:vMerge/>"), "{%tr endfor %}")), "merged"),
    "half-a-tag": Trap("T126", "text, paragraph 1", p("{{ child.name"), "other half"),
    "across-paragraphs": Trap("T126", "text, paragraph 2", p("{{ child.") + p("name }}"), "other half"),
    "row-outside-table": Trap("T127", "text, paragraph 1", p("{%tr for one in child.orders %}") + p("x") + p("{%tr endfor %}"), "outside of a table"),
    "cell-outside-table": Trap("T127", "text, paragraph 1", p("{%tc for one in child.orders %}") + p("x") + p("{%tc endfor %}"), "outside of a table"),
    "two-in-a-row": Trap("T128", "table 1, row 2, column 1", table(HEADS, row("{%tr for one in child.orders %}", "{%tr endfor %}")), "one row"),
    "text-in-control-row": Trap("T129", "table 1, row 2, column 1", table(HEADS, row("{%tr for one in child.orders %}", "Orders"), row("{{ one.order }}", "x"), row("{%tr endfor %}", "")), "is lost"),
    "text-beside-p": Trap("T130", "text, paragraph 1", p("Plan: {%p if child.plan %}") + p("x") + p("{%p endif %}"), "is lost"),
    "two-p": Trap("T131", "text, paragraph 1", p("{%p if child.plan %}{%p endif %}"), "one paragraph"),
    "rich-text": Trap("T132", "text, paragraph 1", p("{{r child.name }}"), "vanish"),
    "page-break": Trap("T134", "text, paragraph 1", p("{%p if child.plan %}", BREAK) + p("x") + p("{%p endif %}"), "page break"),
    "section-break": Trap("T134", "text, paragraph 1", p("<w:pPr><w:sectPr/></w:pPr>", "{%p if child.plan %}") + p("x") + p("{%p endif %}"), "section break"),
    "footnote-beside-p": Trap("T134", "text, paragraph 1", p("{%p if child.plan %}", _MARK) + p("x") + p("{%p endif %}"), "A footnote in the paragraph", parts={"footnotes": _NOTE.replace("nmae", "name")}),
    "picture-in-control-row": Trap("T134", "table 1, row 2, column 1", table(HEADS, row("{%tr for one in child.orders %}", p(shape("", 'descr="Logo"'))), row("{{ one.order }}", "x"), row("{%tr endfor %}", "")), "A picture in the row"),
    "percent": Trap("T135", "text, paragraph 1", p("{%p if child.age_years % 2 %}") + p("x") + p("{%p endif %}"), "no %"),
    "dash-at-edge": Trap("T136", "text, paragraph 2", p("x") + p("{%- if child.plan %}y{% endif %}"), "joins"),
    "safe": Trap("T137", "text, paragraph 1", p("{{ child.name | safe }}"), "made safe already"),
    "set-in-text-box": Trap("T138", "text, paragraph 2", p(shape(p("{% set n = 1 %}"), 'descr="x"')), "twice"),
    "curly-quotes": Trap("T140", "text, paragraph 1", p("{% if child.sex == ‘female’ %}her{% endif %}"), "straight quotes", level="should"),
    "low-quotes": Trap("T140", "text, paragraph 1", p("{% if child.sex == „female“ %}her{% endif %}"), "another language", level="should"),
    "long-dash": Trap("T141", "text, paragraph 1", p("{{ child.age_years – 1 }}"), "not a sign"),
    "hard-hyphen": Trap("T141", "text, paragraph 1", p(run("{{ child.age_years "), "<w:r><w:noBreakHyphen/></w:r>", run(" 1 }}")), "write -"),
    "hard-space": Trap("T140", "text, paragraph 1", p("{%p\N{NO-BREAK SPACE}if child.plan %}") + p("x") + p("{%p endif %}"), "ordinary", level="should"),
    "two-formats": Trap("T143", "text, paragraph 1", p(run("{{ child."), run("name", "<w:b/>"), run(" }}")), "two ways", level="should"),
    "across-a-link": Trap("T144", "text, paragraph 1", p(run("{{ child."), _LINK.format(run("name }} and more")), run("tail")), "inside a link", links={"rId20": (_HYPERLINK, "https://example.org")}),
    "tracked-changes": Trap("T145", "text, paragraph 1", p(_DELETED, run("{{ child.name }}")), "tracked changes"),
    "tracked-format": Trap("T145", "text, paragraph 1", p(run("Text", _REFORMATTED)), "tracked changes"),
    "across-insertion": Trap("T145", "text, paragraph 1", p(run("{{ child."), f'<w:ins w:id="1" w:author="A">{run("name")}</w:ins>', run(" }}")), "tracked changes"),
    "endnote": Trap("T150", "endnotes, paragraph 1", p("Text"), "not filled in", parts={"endnotes": _END}),
    "link-address": Trap("T150", "address of a link", p(_LINK.format(run("More about the child"))), "not filled in", links={"rId20": (_HYPERLINK, "https://example.org/{{ case.reference }}")}),
    "properties": Trap("T150", "properties of the document", p("Text"), "not filled in", parts={"core": "<cp:keywords>{{ child.name }}</cp:keywords>"}),
    "alternative-text": Trap("T150", "text, paragraph 1", p(shape("", 'descr="{{ child.name }}"')), "alternative text"),
    "apart": Trap("T126", "text, paragraph 1", p("{ { child.name } }"), "other half"),
    "field-code": Trap("T151", "text, paragraph 1", p(_FIELD), "code of a Word field"),
    "hidden": Trap("T152", "text, paragraph 1", p(run("A note for authors", "<w:vanish/>"), "{{ child.name }}"), "are hidden"),
    # Looks
    "missing-level": Trap("T160", "text, under “The child”, paragraph 2", START + p("Health", style="Heading3"), "use Heading 2", level="should"),
    "empty-heading": Trap("T161", "text, under “The child”, paragraph 2", START + p("", style="Heading2"), "without words", level="should"),
    "no-header-row": Trap("T162", "table 1, row 1, column 1", table(row("What", "When"), row("{{ child.name }}", "{{ child.born_on }}")), "first row", level="should"),
    "no-alternative-text": Trap("T163", "text, paragraph 1", p(shape()), "alternative text", level="should"),
    "language": Trap("T164", "styles", p("Text"), "en-US", language="en-US", level="should"),
    "font": Trap("T165", "text, paragraph 1", p(run("Text", _FONT)), "Gotham Rounded", level="should"),
    "click-here": Trap("T166", "text, paragraph 1", p("To read more ", _LINK.format(run("click here"))), "where it leads", links={"rId20": (_HYPERLINK, "https://example.org")}, level="should"),
    "faint": Trap("T167", "text, paragraph 1", p(run("Text", '<w:color w:val="AAAAAA"/>')), "too faint", level="should"),
    # The file
    "picture-elsewhere": Trap("T100", "file", p("Text"), "elsewhere", links={"rId21": (f"{_OFFICE}/image", "https://example.org/logo.png")}),
    "never-ending": Trap("T100", "file", p("{{ " * 300), "begin and never end"),
    "field-in-pieces": Trap("T100", "file", p(_FETCH), "fields that fetch"),
    "macros": Trap("T100", "file", p("Text"), "macros", parts={"vbaProject.bin": "x"}),
}  # fmt: skip


def write(name: str, trap: Trap) -> None:
    """Write one trap and its card."""
    (_HERE / f"{name}.yaml").write_text(_CARDS[trap.card] + trap.more_card, encoding="utf-8")
    files = dict(list_files(trap))
    with zipfile.ZipFile(_HERE / f"{name}.docx", "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, _EARLIEST), content, zipfile.ZIP_DEFLATED)


_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2, 3)
)


def list_files(trap: Trap) -> dict[str, str]:
    notes = [name for name in ("footnotes", "endnotes", "comments") if name in trap.parts]
    word = ["document", "styles", *(["header"] if trap.header else []), *notes]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{"document.main" if name == "document" else name}+xml"/>'
        for name in word
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    links = {f"rId{n}": (f"{_OFFICE}/{name}", f"{name}.xml") for n, name in enumerate(word[1:], 1)} | trap.links
    relations = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if target.startswith('http') else ''}/>"
        for key, (kind, target) in links.items()
    )
    reference = "".join(
        f'<w:headerReference w:type="default" r:id="{key}"/>'
        for key, one in links.items()
        if one[0].endswith("/header")
    )
    files = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relations}</Relationships>',
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{trap.body}<w:sectPr>{reference}"
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
        "word/styles.xml": f'{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" '
        f'w:hAnsi="Arial"/><w:lang w:val="{trap.language}"/></w:rPr></w:rPrDefault></w:docDefaults>{_STYLES}'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style></w:styles>',
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        f'core-properties">{trap.parts.get("core", "")}</cp:coreProperties>',
    }
    if trap.header:
        files["word/header.xml"] = f"{_HEAD}<w:hdr {_W}>{trap.header}</w:hdr>"
    for name in notes:
        files[f"word/{name}.xml"] = f"{_HEAD}<w:{name} {_W}>{trap.parts[name]}</w:{name}>"
    if "vbaProject.bin" in trap.parts:
        files["word/vbaProject.bin"] = trap.parts["vbaProject.bin"]
    return files


if __name__ == "__main__":
    for trap_name, one in TRAPS.items():
        write(trap_name, one)
