"""Real Word files from the shipped templates and all invented families: whole, plain to read, and never half right."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from generator.base.errors import PermanenceError, TemplateError, UnsafeToDiscloseError
from generator.base.resources import SearchPath
from generator.jobs.build import build_papers
from generator.jobs.run import Run
from generator.papers.card import PlannedDocument, load_templates
from generator.papers.render.template import WordTemplate
from generator.papers.word.template_safety import check_template
from places import ROOT, TEMPLATES

Papers = dict[str, PlannedDocument]
Words = dict[tuple[str, str], Path]
Render = Callable[[PlannedDocument, Path], Path]
Planner = Callable[..., Papers]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = etree.XMLParser(recover=False, resolve_entities=False, huge_tree=True)


def parts_of(word: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(word) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name), parser=STRICT)


def body_of(word: Path) -> Any:
    with zipfile.ZipFile(word) as archive:
        return etree.fromstring(archive.read("word/document.xml"), parser=STRICT)[0]


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(style.get(f"{W}val")) if style is not None else ""


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_every_kind_of_paper_is_among_those_that_are_looked_at(
    sample_papers: dict[str, tuple[PlannedDocument, ...]],
) -> None:
    made = {paper.code for papers in sample_papers.values() for paper in papers}
    assert made == {file.stem for file in TEMPLATES.glob("*.yaml")}


def test_every_part_of_every_paper_is_whole_xml(sample_words: Words) -> None:
    for word in sample_words.values():
        names = [name for name, _ in parts_of(word)]
        assert {"[Content_Types].xml", "word/document.xml", "word/styles.xml", "docProps/core.xml"} <= set(names), word


def test_no_tag_is_left_in_any_paper(sample_words: Words) -> None:
    for word in sample_words.values():
        for name, part in parts_of(word):
            left = re.search(
                r"\{\{|\}\}|\{%|%\}|\{#|#\}|Undefined|&(amp|lt|gt|#39|quot);|</?w:", "\n".join(part.itertext())
            )
            assert left is None, f"{word} {name}: {left}"


def test_no_table_is_without_rows_and_no_cell_without_a_last_paragraph(sample_words: Words) -> None:
    tables = 0
    for word in sample_words.values():
        for _, part in parts_of(word):
            for table in part.iter(f"{W}tbl"):
                tables += 1
                assert table.findall(f"{W}tr"), word
            for row in part.iter(f"{W}tr"):
                assert row.findall(f"{W}tc"), word
            for cell in part.iter(f"{W}tc"):
                assert cell[-1].tag == f"{W}p", f"{word} {text_of(cell)}"
    assert tables > 100


def test_no_table_has_a_header_row_alone(sample_words: Words) -> None:
    for word in sample_words.values():
        for table in body_of(word).iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            headers = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
            assert len(headers) < len(rows), f"{word}: {text_of(rows[0])}"


def test_every_row_of_a_table_fills_its_grid(sample_words: Words) -> None:
    for word in sample_words.values():
        for table in body_of(word).iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.findall(f"{W}tr"):
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
                assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == columns, word


def test_header_rows_repeat_on_every_page_in_tables_that_have_one(sample_words: Words) -> None:
    with_header = 0
    for word in sample_words.values():
        for table in body_of(word).iter(f"{W}tbl"):
            first = table.find(f"{W}tr")
            if all(style_of(paragraph) == "TableHead" for paragraph in first.iter(f"{W}p")):
                with_header += 1
                assert first.find(f"{W}trPr/{W}tblHeader") is not None, f"{word}: {text_of(first)}"
    assert with_header > 50


def test_every_table_says_in_words_what_it_holds(sample_words: Words) -> None:
    for word in sample_words.values():
        for table in body_of(word).iter(f"{W}tbl"):
            said = table.find(f"{W}tblPr/{W}tblDescription")
            assert said is not None, f"{word}: {text_of(table)[:60]}"
            assert said.get(f"{W}val").strip()


def test_ids_are_there_once(sample_words: Words) -> None:
    for word in sample_words.values():
        body = body_of(word)
        for kind, key in (
            ("w:bookmarkStart", "w:id"),
            ("w:bookmarkStart", "w:name"),
            ("wp:docPr", "id"),
            ("w:sdt/w:sdtPr/w:id", "w:val"),
        ):
            found = [
                element.get(qn(key) if ":" in key else key)
                for element in body.iterfind(f".//{kind}", {"w": W[1:-1], "wp": qn("wp:x")[1:-2]})
            ]
            assert not [value for value, count in Counter(found).items() if count > 1], f"{word} {kind}"


def test_pictures_have_alternative_text(sample_words: Words) -> None:
    pictures = [picture for word in sample_words.values() for picture in body_of(word).iter(qn("wp:docPr"))]
    assert pictures
    assert not [picture for picture in pictures if not picture.get("descr")]


def headings(word: Path) -> list[tuple[int, str, bool]]:
    """Level, words, and whether anything but a heading of the same or a higher level comes next."""
    found: list[tuple[int, str, bool]] = []
    for block in body_of(word):
        name = style_of(block) if block.tag == f"{W}p" else ""
        if name.startswith("Heading"):
            level = int(name.removeprefix("Heading"))
            if found and level > found[-1][0]:
                found[-1] = (*found[-1][:2], True)
            found.append((level, text_of(block), False))
        elif found and (
            block.tag in {f"{W}tbl", f"{W}sdt"}
            or text_of(block).strip()
            or next(block.iter(qn("w:drawing")), None) is not None
        ):
            found[-1] = (*found[-1][:2], True)
    return found


def test_heading_levels_start_at_one_and_never_skip(sample_words: Words) -> None:
    for word in sample_words.values():
        before = 0
        for level, words, _ in headings(word):
            assert level <= before + 1 or (before == 0 and "letter" in word.name and level <= 2), f"{word}: {words}"
            before = level


def test_no_heading_stands_over_nothing(sample_words: Words) -> None:
    found = [
        f"{family}/{name}: {words}"
        for (family, name), word in sample_words.items()
        for _, words, filled in headings(word)
        if not filled
    ]
    assert not found


def test_no_heading_is_without_words(sample_words: Words) -> None:
    assert not [word for word in sample_words.values() if any(not words.strip() for _, words, _ in headings(word))]


def test_every_style_and_list_that_a_paper_uses_is_there(sample_words: Words) -> None:
    for word in sample_words.values():
        parts = dict(parts_of(word))
        styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
        numbers = (
            {num.get(f"{W}numId") for num in parts["word/numbering.xml"].iter(f"{W}num")}
            if "word/numbering.xml" in parts
            else set()
        )
        body = parts["word/document.xml"]
        used = {element.get(f"{W}val") for element in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
        assert used <= styles, f"{word}: {used - styles}"
        lists = {element.get(f"{W}val") for element in body.iter(f"{W}numId")} - {"0"}
        assert lists <= numbers, f"{word}: {lists - numbers}"


def test_every_relation_leads_to_a_part(sample_words: Words) -> None:
    for word in sample_words.values():
        with zipfile.ZipFile(word) as archive:
            names = set(archive.namelist())
        relations = dict(parts_of(word))["word/_rels/document.xml.rels"]
        targets = [
            f"word/{relation.get('Target')}" for relation in relations if relation.get("TargetMode") != "External"
        ]
        assert set(targets) <= names, word


PPR = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
RPR = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]


def misplaced(word: Path) -> list[str]:
    """Properties in an order that the schema of Word files does not allow: Word may then refuse the file."""
    found = []
    for name, part in parts_of(word):
        for kind, order in (("pPr", PPR), ("rPr", RPR)):
            for properties in part.iter(f"{W}{kind}"):
                places = [order.index(etree.QName(child).localname) for child in properties]
                if places != sorted(set(places)):
                    found.append(f"{word.name} {name}: {[etree.QName(child).localname for child in properties]}")
    return found


def test_properties_stand_in_the_order_of_the_schema(sample_words: Words) -> None:
    assert not [line for word in sample_words.values() for line in misplaced(word)]


def test_every_paper_is_in_british_english_and_has_a_title(
    sample_words: Words, sample_papers: dict[str, tuple[PlannedDocument, ...]]
) -> None:
    for family, papers in sample_papers.items():
        for paper in papers:
            document = Document(str(sample_words[family, paper.name]))
            properties = document.core_properties
            assert (properties.title, properties.language) == (paper.title, "en-GB")
            assert paper.title.strip()
            assert properties.author == properties.last_modified_by == paper.facts["authority"]["name"]
            languages = [lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))]
            assert set(languages) == {"en-GB"}


def test_no_comment_and_no_change_of_ours_travels_with_a_paper(sample_words: Words) -> None:
    for word in sample_words.values():
        with zipfile.ZipFile(word) as archive:
            assert not [
                name for name in archive.namelist() if "comment" in name or "custom" in name or "people" in name
            ]
            assert not re.search(rb"<w:(ins|del|moveFrom|moveTo)[ >]", archive.read("word/document.xml"))


def test_files_know_no_time_of_making(sample_words: Words) -> None:
    for word in sample_words.values():
        with zipfile.ZipFile(word) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_drafts_say_draft_and_finished_papers_do_not(
    sample_words: Words, sample_papers: dict[str, tuple[PlannedDocument, ...]], words_in: Callable[[Path], list[str]]
) -> None:
    states = set()
    for family, papers in sample_papers.items():
        for paper in papers:
            said = "\n".join(words_in(sample_words[family, paper.name]))
            assert ("DRAFT" in said) is paper.draft, f"{family}/{paper.name}"
            states.add(paper.draft)
    assert states == {True, False}


STRANGE = [
    "Smith & Sons <b>bold</b> \"quoted\" 'once' &amp; &lt;",
    "{{ child.name }} {% if x %} {# no #} {%p endif %} {{p answers }}",
    "]]> <![CDATA[ x ]]> <!-- c --> </w:t></w:r>",
    "Łukasz Żółć, شبنم and 王小明, שלום, 👩🏽‍👧 and e\u0301",
    "100 % of £5 – “so” it’s… a_{_b {_{ c",
]


def strange_case(prose: str) -> str:
    quoted = prose.replace("'", "''")
    return f"""
reference: 'R & <1> "x"'
authority: {{name: 'Hartsmere & Sons <Council>'}}
procedure: hertfordshire-2024
children:
  - {{id: rowan, name: {{given: '{quoted}'}}, born_on: 14 March 2025, personality: '{quoted}'}}
reports: [{{child: rowan, why_adoption: '{quoted}', options_analysis: "- one\\n- two"}}]
"""


@pytest.mark.parametrize("value", STRANGE, ids=["xml", "tags", "cdata", "letters", "signs"])
def test_strange_values_come_out_as_they_were_written(
    plan: Planner, render: Render, tmp_path: Path, words_in: Callable[[Path], list[str]], value: str
) -> None:
    for paper in plan(strange_case(value)).values():
        word = render(paper, tmp_path)
        assert misplaced(word) == []
        said = "\n".join(words_in(word))
        assert value in said, paper.name
        assert "Hartsmere & Sons <Council>" in said
        assert Document(str(word)).core_properties.subject == 'R & <1> "x"'


def test_an_authority_of_any_length_fits_into_the_properties(plan: Planner, render: Render, tmp_path: Path) -> None:
    text = strange_case("Boats").replace("Hartsmere & Sons", "H" * 300)
    word = render(plan(text)["child-permanence-report-rowan"], tmp_path)
    properties = Document(str(word)).core_properties
    assert (len(properties.author), len(properties.last_modified_by)) == (255, 255)
    assert properties.author.endswith("…")


def test_an_officers_view_from_before_the_plan_says_so(
    plan: Planner, render: Render, tmp_path: Path, words_in: Callable[[Path], list[str]]
) -> None:
    text = strange_case("Boats") + (
        "plans: [{child: rowan, agreed_on: 3 August 2026, primary: adoption}]\n"
        "iro_views: [{child: rowan, on: 2 August 2026, outcome: supports}]\n"
    )
    said = words_in(render(plan(text)["iro-summary-rowan"], tmp_path))
    assert "The plan | None was agreed by the date of this view" in said
    assert "The plan | Adoption, agreed on 3 August 2026" in words_in(
        render(plan(text.replace("2 August", "4 August"))["iro-summary-rowan"], tmp_path)
    )


def test_text_from_right_to_left_is_set_that_way_and_stays_in_order(
    plan: Planner, render: Render, tmp_path: Path
) -> None:
    text = """
    reference: R1
    authority: {name: Hartsmere Council}
    procedure: hertfordshire-2024
    children:
      - id: rowan
        name: {given: Rowan}
        born_on: 14 March 2025
        personality: "شبنم خوش است\\n\\n- شبنم\\n\\n1. **شبنم** سلام\\n\\nEnglish only"
    reports: [{child: rowan}]
    """
    word = render(plan(text)["child-permanence-report-rowan"], tmp_path)
    paragraphs = {text_of(paragraph): paragraph for paragraph in body_of(word).iter(f"{W}p")}
    for words in ("شبنم خوش است", "شبنم", "شبنم سلام"):
        assert paragraphs[words].find(f"{W}pPr/{W}bidi") is not None
        assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in paragraphs[words].iter(f"{W}r"))
    assert paragraphs["English only"].find(f"{W}pPr/{W}bidi") is None
    assert misplaced(word) == []


def printed_numbers(word: Path) -> list[tuple[str, str]]:
    """The words of every numbered point with the number that Word prints before it."""
    numbering = dict(parts_of(word))["word/numbering.xml"]
    starts = {}
    for num in numbering.iter(f"{W}num"):
        overrides = {
            level.get(f"{W}ilvl"): int(level.find(f"{W}startOverride").get(f"{W}val"))
            for level in num.iter(f"{W}lvlOverride")
        }
        starts[num.get(f"{W}numId")] = (num.find(f"{W}abstractNumId").get(f"{W}val"), overrides)
    counters: dict[tuple[str, int], int] = {}
    begun: set[tuple[str, int]] = set()
    found = []
    for paragraph in body_of(word).iter(f"{W}p"):
        reference = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if style_of(paragraph) not in {"ListNumber", "TableNumber"} or reference is None:
            continue
        number, level = reference.get(f"{W}val"), int(paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"))
        abstract, overrides = starts[number]
        if (number, level) not in begun and str(level) in overrides:
            counters[abstract, level] = overrides[str(level)] - 1
            begun.add((number, level))
        counters[abstract, level] = counters.get((abstract, level), 0) + 1
        for deeper in range(level + 1, 9):
            counters[abstract, deeper] = 0
        value = counters[abstract, level]
        found.append((text_of(paragraph), str(value) if level == 0 else f"({chr(96 + value)})"))
    return found


LISTS = """
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hertfordshire-2024
children:
  - {{id: rowan, name: {{given: Rowan}}, born_on: 14 March 2025, personality: "{}", identity_needs: "{}"}}
reports: [{{child: rowan}}]
"""


def numbers_for(plan: Planner, render: Render, folder: Path, first: str, second: str = "Nothing.") -> dict[str, str]:
    text = LISTS.format(first.replace("\n", "\\n"), second.replace("\n", "\\n"))
    return dict(printed_numbers(render(plan(text)["child-permanence-report-rowan"], folder)))


def test_every_numbered_list_starts_at_one(plan: Planner, render: Render, tmp_path: Path) -> None:
    first, second = "1. a\n2. b\n\nBetween.\n\n1. c\n2. d\n3. e", "1. f\n2. g"
    assert numbers_for(plan, render, tmp_path, first, second) == {
        "a": "1",
        "b": "2",
        "c": "1",
        "d": "2",
        "e": "3",
        "f": "1",
        "g": "2",
    }


def test_points_inside_points_start_anew_under_each(plan: Planner, render: Render, tmp_path: Path) -> None:
    first = "1. a\n  1. aa\n  2. ab\n2. b\n  1. ba"
    assert numbers_for(plan, render, tmp_path, first) == {"a": "1", "aa": "(a)", "ab": "(b)", "b": "2", "ba": "(a)"}


def test_indented_points_without_a_point_above_start_anew_too(plan: Planner, render: Render, tmp_path: Path) -> None:
    first, second = "Before.\n\n  1. a\n  2. b", "Before.\n\n  1. c"
    assert numbers_for(plan, render, tmp_path, first, second) == {"a": "(a)", "b": "(b)", "c": "(a)"}


def test_the_same_inputs_give_the_same_bytes(
    sample_papers: dict[str, tuple[PlannedDocument, ...]], sample_words: Words, render: Render, tmp_path: Path
) -> None:
    for paper in sample_papers["rowan"]:
        assert render(paper, tmp_path).read_bytes() == sample_words["rowan", paper.name].read_bytes(), paper.name


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Sets and hashes come in another order in each process, and must not be seen in a paper."""
    program = (
        "import sys, datetime as dt; from pathlib import Path; from generator.jobs.build import build_papers;"
        "from generator.jobs.run import Run;"
        "build_papers(Path('data/cases/rowan'), Run(dt.date(2026, 11, 22), output=Path(sys.argv[1])), word_only=True,"
        "codes=['child-permanence-report', 'ppm-minutes', 'letter-decision'])"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(folder)], check=True, cwd=ROOT, env=environment)
        made.append({file.name: file.read_bytes() for file in (folder / "papers").iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 5


CASE = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children: [{id: rowan, name: {given: Rowan}, born_on: 14 March 2025, nhs_number: "943 476 5919", interests: Boats}]
"""
CARD = """
title: Trial
for_each: [child]
audience: {audience}
questions:
  - {{id: q, asks: "What?", of: child.interests, source: Law, write: children.interests}}
"""


class Trial:
    """A template of the authority's own, built and looked for as `--templates` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "own"
        self.folder.mkdir()
        self.out = folder / "out"
        (folder / "case.yaml").write_text(CASE, encoding="utf-8")
        self.case = folder / "case.yaml"
        self.document = Document()

    def build(self, *paragraphs: str, audience: str = "internal", content: bytes | None = None) -> Path:
        for words in paragraphs:
            self.document.add_paragraph(words)
        word = self.folder / "trial.docx"
        self.document.save(str(word))
        if content is not None:
            word.write_bytes(content)
        (self.folder / "trial.yaml").write_text(CARD.format(audience=audience), encoding="utf-8")
        report = build_papers(
            self.case,
            Run(dt.date(2026, 11, 22), search_path=SearchPath((self.folder,)), output=self.out),
            codes=["trial"],
            word_only=True,
        )
        return report.papers.papers[0].word

    def is_refused(self, *paragraphs: str, content: bytes | None = None) -> TemplateError:
        with pytest.raises(TemplateError, match=r"trial\.docx") as refused:
            self.build(*paragraphs, content=content)
        assert refused.value.exit_code == 2
        assert not list(self.out.rglob("*.docx"))
        return refused.value


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def test_a_template_of_ones_own_is_filled_in(trial: Trial, words_in: Callable[[Path], list[str]]) -> None:
    word = trial.build("Dear {{ child.name }}", "{{p answers.q }}", "{%p if child.interests %}", "Yes", "{%p endif %}")
    assert words_in(word)[:3] == ["Dear Rowan", "Boats", "Yes"]


@pytest.mark.parametrize(
    "line",
    [
        "{{ child.name",
        "{% if child %}",
        "{% endif %}",
        "{% nonsense %}",
        "{{ child.name | nosuch }}",
        "{{ 1 + }}",
        "{%p if child.name %}",
    ],
)
def test_a_broken_tag_is_refused(trial: Trial, line: str) -> None:
    trial.is_refused("Before", line, "After")


@pytest.mark.parametrize(
    "line",
    [
        "{{ child.nmae }}",
        "{{ nothing }}",
        "{% for x in nothing %}{% endfor %}",
        "{% if nothing %}x{% endif %}",
        "{{ answers.nothing }}",
    ],
)
def test_an_unknown_field_is_refused(trial: Trial, line: str) -> None:
    assert "asks for what is not there" in trial.is_refused(line).summary


@pytest.mark.parametrize("line", ["Interests: {{ answers.q }}", "{{ child.interests | prose }} so"])
def test_paragraphs_in_a_line_are_refused(trial: Trial, line: str) -> None:
    assert "inside a line" in trial.is_refused(line).summary


@pytest.mark.parametrize("line", ["{{ children }}", "{{ child.parents }}", "{{ child }}", "{{ many_children }}"])
def test_a_list_or_group_printed_as_text_is_refused(trial: Trial, line: str) -> None:
    assert "printed as if it were text" in trial.is_refused(line).summary


@pytest.mark.parametrize(
    "line",
    [
        "{{ cycler.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ child.name.__class__ }}",
        "{{ lipsum() }}",
        "{{ ask.__globals__ }}",
        "{{ child.name.format(child) }}",
        "{{ 'x' * 9999 }}",
        "{{ '%9999d' % 1 }}",
        "{% for x in range(10 ** 9) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_can_start_nothing(trial: Trial, line: str) -> None:
    trial.is_refused(line)


@pytest.mark.parametrize(
    "line",
    [
        "{% for a in range(1000) %}" * 3 + "x" + "{% endfor %}" * 3,
        "{{ 'aaaaaaaaaa'" + " | replace('a', 'aaaaaaaaaa')" * 12 + " }}",
        "{% set a = 'ab' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_that_would_never_end_is_refused_by_name(trial: Trial, line: str) -> None:
    started = time.process_time()
    trial.is_refused("Before", line, "After")
    assert time.process_time() - started < 10


def test_a_character_that_no_word_file_can_hold_is_refused(trial: Trial) -> None:
    trial.is_refused("{{ '\\ud800' }}")
    trial.is_refused("{{ '\\x01' }}")


def packed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A sound Word file, taken apart, changed and put together again."""
    plain = io.BytesIO()
    document = Document()
    document.add_paragraph("Dear {{ child.name }}")
    document.save(plain)
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def put(name: str, content: bytes = b"x") -> bytes:
    return packed(lambda parts: parts.update({name: content}))


def relate(kind: str, target: str, mode: str = "External", part: str = "word/_rels/document.xml.rels") -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r99" Type="{office}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'

    def change(parts: dict[str, bytes]) -> None:
        whole = parts.get(part, f"{start}</Relationships>".encode())
        parts[part] = whole.replace(b"</Relationships>", f"{link}</Relationships>".encode())

    return packed(change)


def in_words(inside: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1)

    return packed(change)


def declared(content: bytes, where: str = "word/document.xml") -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        first, _, rest = parts[where].partition(b"?>")
        parts[where] = first + b"?>" + content + rest

    return packed(change)


HOSTILE_TEMPLATES = {
    "macros": (put("word/vbaProject.bin"), "macros"),
    "an object": (put("word/embeddings/oleObject1.bin"), "other files inside it"),
    "a control": (put("word/activeX/activeX1.bin"), "other files inside it"),
    "a picture elsewhere": (relate("image", "http://127.0.0.1:9/x.png"), "points to pictures"),
    "a picture on a share": (relate("image", r"\\127.0.0.1\share\x.png"), "points to pictures"),
    "an object elsewhere": (relate("oleObject", "file:///etc/passwd"), "points to pictures"),
    "a template elsewhere": (
        relate("attachedTemplate", "http://127.0.0.1:9/x.dotm", part="word/_rels/settings.xml.rels"),
        "points to pictures",
    ),
    "another document": (relate("aFChunk", "other.docx", "Internal"), "takes in"),
    "entities": (declared(b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "declares"),
    "a declaration far down": (declared(b"<!--" + b"x" * 9000 + b"--><!DOCTYPE x>", "word/styles.xml"), "declares"),
    "a file of this computer": (
        declared(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "docProps/app.xml"),
        "declares",
    ),
    "a field that fetches": (
        in_words('<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://127.0.0.1:9/x.png "/></w:p>'),
        "fields that fetch",
    ),
    "a field that starts a program": (
        in_words("<w:p><w:r><w:instrText> DDEAUTO c:\\\\x cmd </w:instrText></w:r></w:p>"),
        "fields that fetch",
    ),
    "a bomb": (put("word/media/x.bin", bytes(30_000_000)), "unpacks to far more"),
    "many parts": (packed(lambda parts: parts.update({f"{n}.bin": b"" for n in range(600)})), "unpacks to far more"),
    "two parts of one name": (put("WORD/document.xml"), "two parts"),
    "a part outside": (put("../outside.xml"), "outside the file"),
    "tables in tables": (in_words("<w:tbl><w:tr><w:tc>" * 999 + "</w:tc></w:tr></w:tbl>" * 999), "is not a Word file"),
    "no content types": (packed(lambda parts: parts.pop("[Content_Types].xml")), "is not a Word file"),
    "no body": (packed(lambda parts: parts.pop("word/document.xml")), "is not a Word file"),
    "a workbook": (
        packed(lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")})),
        "is not a Word file",
    ),
    "cut off": (put("x")[:9000], "is not a Word file"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "is not a Word file"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), HOSTILE_TEMPLATES.values(), ids=HOSTILE_TEMPLATES)
def test_a_template_with_more_in_it_than_words_is_refused(trial: Trial, content: bytes, says: str) -> None:
    started = time.process_time()
    assert says in trial.is_refused(content=content).summary
    assert time.process_time() - started < 5


def test_the_file_that_the_hostile_templates_are_made_of_is_taken(
    trial: Trial, words_in: Callable[[Path], list[str]]
) -> None:
    assert words_in(trial.build(content=packed(lambda parts: parts)))[0] == "Dear Rowan"


@pytest.mark.parametrize("ending", ["docx", "yaml"])
def test_a_template_that_leads_out_of_its_folder_is_refused(trial: Trial, tmp_path: Path, ending: str) -> None:
    trial.build("Dear {{ child.name }}")
    inside = trial.folder / f"trial.{ending}"
    inside.rename(tmp_path / "elsewhere")
    inside.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TemplateError, match=rf"trial\.{ending} leads out of its folder"):
        load_templates([trial.folder])


def test_a_folder_of_templates_may_be_a_link_itself(trial: Trial, tmp_path: Path) -> None:
    trial.build("Dear {{ child.name }}")
    (tmp_path / "linked").symlink_to(trial.folder)
    assert [*load_templates([tmp_path / "linked"])] == ["trial"]


def test_a_link_to_the_web_may_stand_in_a_template(trial: Trial) -> None:
    assert trial.build(content=relate("hyperlink", "https://www.gov.uk/")).is_file()


@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_damaged_template_is_refused_or_filled_in_and_never_a_crash(place: float, bits: int) -> None:
    content = bytearray(packed(lambda parts: parts))
    content[int(place * len(content))] ^= bits
    with contextlib.suppress(TemplateError):
        check_template(bytes(content), "trial.docx")
        WordTemplate(bytes(content), "trial.docx")


def test_a_withheld_fact_is_refused_by_field_and_audience(trial: Trial) -> None:
    with pytest.raises(UnsafeToDiscloseError, match=r"nhs_number.*court") as refused:
        trial.build("{{ child.nhs_number }}", audience="court")
    assert refused.value.exit_code == 5
    assert "943" not in refused.value.summary
    assert not list(trial.out.rglob("*.docx"))


def revised(kind: str) -> Any:
    text = "delText" if kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">'
        f"<w:r><w:{text}>secret</w:{text}></w:r></w:{kind}>"
    )


@pytest.mark.parametrize("kind", ["ins", "del", "moveFrom", "moveTo"])
def test_a_template_with_tracked_changes_is_refused(trial: Trial, kind: str) -> None:
    trial.document.add_paragraph("Dear").add_run()._r.addnext(revised(kind))
    assert "tracked changes" in trial.is_refused("{{ child.name }}").summary


def test_tracked_changes_in_a_header_are_found_too(trial: Trial) -> None:
    trial.document.sections[0].header.paragraphs[0]._p.append(revised("del"))
    assert "tracked changes" in trial.is_refused("{{ child.name }}").summary


def test_a_tag_that_runs_out_of_a_link_is_refused(trial: Trial) -> None:
    paragraph = trial.document.add_paragraph()
    link = OxmlElement("w:hyperlink")
    link.append(paragraph.add_run("{{ child")._r)
    paragraph._p.append(link)
    paragraph.add_run(".name }}")
    trial.is_refused("After")


@pytest.mark.parametrize("content", [b"", b"not a Word file", b"PK\x05\x06" + bytes(18)])
def test_a_template_that_is_no_word_file_is_refused(trial: Trial, content: bytes) -> None:
    trial.is_refused(content=content)


@pytest.mark.parametrize("code", ["includepicture", "IncludeText", "&#73;NCLUDETEXT", "&#x49;NCLUDEPICTURE"])
def test_a_field_that_fetches_is_refused_however_it_is_written(trial: Trial, code: str) -> None:
    trial.document.add_paragraph("Logo")
    made = io.BytesIO()
    trial.document.save(made)
    field = f'<w:fldSimple w:instr=" {code} x>y "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'.encode()
    word = io.BytesIO()
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(word, "w") as out:
        for info in archive.infolist():
            content = archive.read(info)
            changed = content.replace(b"</w:p>", field, 1) if info.filename == "word/document.xml" else content
            out.writestr(info, changed)
    assert "fields that fetch" in trial.is_refused(content=word.getvalue()).summary


@pytest.mark.parametrize("mode", ["External", "Extern&#97;l"])
def test_a_picture_elsewhere_is_refused_however_it_is_written(trial: Trial, mode: str) -> None:
    made = io.BytesIO()
    trial.document.save(made)
    link = (
        f'<Relationship Id="r9" Type="x/image" Target="http://example.org/a?b>c" TargetMode="{mode}"/></Relationships>'
    )
    word = io.BytesIO()
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(word, "w") as out:
        for info in archive.infolist():
            content = archive.read(info)
            is_links = info.filename == "word/_rels/document.xml.rels"
            out.writestr(info, content.replace(b"</Relationships>", link.encode()) if is_links else content)
    assert "elsewhere" in trial.is_refused(content=word.getvalue()).summary


def test_what_is_filled_in_is_shown_in_a_control_that_was_tied_to_data_too(trial: Trial) -> None:
    binding = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    control = f"<w:sdt {nsdecls('w')}><w:sdtPr>{binding}</w:sdtPr><w:sdtContent/></w:sdt>"
    paragraph = trial.document.add_paragraph("{{ child.name }}")._p
    held = parse_xml(control)
    paragraph.addprevious(held)
    held[-1].append(paragraph)
    body = body_of(trial.build("End"))
    [kept] = body.iter(f"{W}sdt")
    assert text_of(kept) == "Rowan"
    assert not list(body.iter(f"{W}dataBinding"))


def test_a_loop_over_nothing_leaves_no_empty_table_and_no_empty_cell(trial: Trial) -> None:
    table = trial.document.add_table(rows=3, cols=1)
    for row, words in zip(
        table.rows, ("{%tr for tie in child.relationships %}", "{{ tie.quality }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = words
    cell = trial.document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{%p if false %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{%p endif %}")
    body = body_of(trial.build("End"))
    assert len(body.findall(f"{W}tbl")) == 1
    assert [child.tag for child in body.iter(f"{W}tc")][0:1] == [f"{W}tc"]
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))


def test_a_bookmark_in_a_loop_is_numbered_anew(trial: Trial) -> None:
    trial.document.add_paragraph("{%p for n in range(3) %}")
    paragraph = trial.document.add_paragraph("{{ n }}")
    paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="here"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
    body = body_of(trial.build("{%p endfor %}"))
    starts = [element.get(f"{W}id") for element in body.iter(f"{W}bookmarkStart")]
    assert len(set(starts)) == 3
    assert [element.get(f"{W}id") for element in body.iter(f"{W}bookmarkEnd")] == starts


def test_what_is_not_recorded_is_shaded_within_its_line(trial: Trial, words_in: Callable[[Path], list[str]]) -> None:
    word = trial.build("Born in {{ child.place_of_birth }} that day")
    assert words_in(word)[0] == "Born in [not recorded] that day"
    shaded = [text_of(run) for run in body_of(word).iter(f"{W}r") if run.find(f"{W}rPr/{W}shd") is not None]
    assert shaded == ["[not recorded]"]
    assert misplaced(word) == []


def test_a_citation_printed_without_prose_keeps_the_style_of_its_line(
    trial: Trial, words_in: Callable[[Path], list[str]]
) -> None:
    evidence = "evidence: [{id: order, file: order.pdf, title: The order, bundle_section: orders}]\n"
    trial.case.write_text(CASE.replace("interests: Boats", 'interests: "See [[order p 2]] now"') + evidence, "utf-8")
    (trial.case.parent / "order.pdf").touch()
    trial.document.add_paragraph().add_run("{{ child.interests }}").bold = True
    word = trial.build("{{p answers.q }}")
    assert words_in(word)[:2] == ["See The order, page 2 now"] * 2
    runs = list(next(body_of(word).iter(f"{W}p")).iter(f"{W}r"))
    assert [text_of(run) for run in runs] == ["See ", "The order, page 2", " now"]
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in runs)
    assert [one.get(f"{W}val") for one in body_of(word).iter(f"{W}tag")] == ["cite order 2-2"] * 2
    assert misplaced(word) == []


def test_a_line_break_beside_a_citation_stays(trial: Trial, words_in: Callable[[Path], list[str]]) -> None:
    evidence = "evidence: [{id: order, file: order.pdf, title: The order, bundle_section: orders}]\n"
    trial.case.write_text(
        CASE.replace(", interests: Boats", ', interests: "One\\nSee [[order]]\\nTwo"') + evidence, "utf-8"
    )
    (trial.case.parent / "order.pdf").touch()
    assert words_in(trial.build("{{ child.interests }}"))[0] == "One / See The order / Two"


def test_an_unanswered_question_prints_as_a_marked_gap(trial: Trial, words_in: Callable[[Path], list[str]]) -> None:
    trial.case.write_text(CASE.replace(", interests: Boats", ""), encoding="utf-8")
    assert words_in(trial.build("{{p answers.q }}"))[:2] == ["[gap] Not yet written. What?", "[source] Law"]


def test_a_template_that_was_changed_meanwhile_is_read_again(
    trial: Trial, words_in: Callable[[Path], list[str]]
) -> None:
    assert words_in(trial.build("One"))[0] == "One"
    trial.document = Document()
    assert words_in(trial.build("Two"))[0] == "Two"


def test_shipped_templates_hold_no_tracked_change_and_no_comment() -> None:
    folder = TEMPLATES
    templates = load_templates([folder])
    assert set(templates) == {file.stem for file in (folder / "words").glob("*.txt")}
    for template in templates.values():
        with zipfile.ZipFile(template.word) as archive:
            assert not [name for name in archive.namelist() if "comments" in name]


def test_errors_of_templates_are_of_the_product(trial: Trial) -> None:
    with pytest.raises(PermanenceError):
        trial.build("{{ child.born_on | short_date | nothing }}")


@pytest.mark.libreoffice
def test_text_that_looks_like_a_program_is_text_in_the_pdf_too(tmp_path: Path) -> None:
    odd = "{{ 7 * 7 }} {% if x %} <b>Sons</b> & ]]> &amp;"
    text = strange_case(odd).replace("given: '", "known_as: R2, given: '")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    codes = ["child-permanence-report"]
    report = build_papers(tmp_path / "case.yaml", Run(dt.date(2026, 11, 22), output=tmp_path / "out"), codes=codes)
    (paper,) = report.papers.papers
    pdf = PdfReader(paper.word.with_suffix(".pdf"))
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert odd in said
    assert pdf.metadata is not None
    assert "49" not in str(pdf.metadata.title)
    assert pdf.metadata.subject == 'R & <1> "x"'


def test_a_paragraph_with_thousands_of_marked_words_is_written_soon(
    plan: Planner, render: Render, tmp_path: Path
) -> None:
    paper = plan(LISTS.format("*a* " * 20_000, "Nothing."))["child-permanence-report-rowan"]
    started = time.process_time()
    word = render(paper, tmp_path)
    assert time.process_time() - started < 8
    assert sum(run.find(f"{W}rPr/{W}i") is not None for run in body_of(word).iter(f"{W}r")) >= 20_000


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("{% if 'A & B' == 'A & B' %}yes{% endif %} {{ 'a & b < c' }}", "yes a & b < c"),
        ("{% if child.name == „Rowan“ %}yes{% endif %}", "yes"),
        ("{% if child.name == «Rowan» %}yes{% endif %}", "yes"),
        ("{{\u00a0child.name\u00a0}}", "Rowan"),
    ],
)
def test_signs_inside_tags_mean_what_the_author_typed(
    trial: Trial, words_in: Callable[[Path], list[str]], line: str, printed: str
) -> None:
    assert words_in(trial.build(line))[0] == printed


def test_a_hard_space_after_a_tag_for_paragraphs_is_a_space(
    trial: Trial, words_in: Callable[[Path], list[str]]
) -> None:
    assert words_in(trial.build("{%p\u00a0if true %}", "Yes", "{%p\u00a0endif %}"))[0] == "Yes"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("We met {{ child.nmae }} today", "no fact of that name is known here, nmae (in the paragraph “We met {{"),
        ("We met {{ kid }} today", "no fact of that name is known here, kid (in the paragraph “We met {{"),
        ("Then {% If child.name %}yes{% endif %}", "unknown tag 'If'. (in the paragraph “Then {% If child.name %}"),
    ],
)
def test_a_mistake_is_told_with_the_words_around_it(trial: Trial, line: str, says: str) -> None:
    assert says in trial.is_refused("A line before", line, "A line after").summary


def test_a_line_whose_tags_come_to_nothing_leaves_no_empty_paragraph(trial: Trial) -> None:
    trial.document.add_paragraph("Before")
    trial.document.add_paragraph()
    word = trial.build("{% if false %}Never{% endif %}", "{{ '' }}", "After")
    assert [text_of(paragraph) for paragraph in body_of(word).iter(f"{W}p")][:3] == ["Before", "", "After"]
    with zipfile.ZipFile(word) as archive:
        assert b"rsidDel" not in archive.read("word/document.xml")


def test_what_authors_of_a_template_wrote_to_each_other_is_in_no_paper(trial: Trial) -> None:
    paragraph = trial.document.add_paragraph("Dear reader")
    trial.document.add_comment(paragraph.runs, text="Zanele said to leave this in", author="Gwen")
    word = trial.build("After")
    with zipfile.ZipFile(word) as archive:
        assert not [name for name in archive.namelist() if "comment" in name or "people" in name]
        assert not [name for name in archive.namelist() if b"Zanele" in archive.read(name)]
        assert b"comment" not in archive.read("word/document.xml")
    Document(str(word))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("{{r child.name }}",), "its text would vanish"),
        (("They live at {{p answers.q }} now",), "Text beside a tag with p is lost"),
        (("Keep me {%p if true %}", "x", "{%p endif %}"), "Text beside a tag with p is lost"),
        (("{%p if true %}{%p if true %}", "x", "{%p endif %}", "{%p endif %}"), "Two tags with p"),
    ],
)
def test_a_template_that_would_lose_words_silently_is_refused_with_each_place(
    trial: Trial, lines: tuple[str, ...], says: str
) -> None:
    refused = trial.is_refused("Before", *lines)
    assert says in refused.problems[0].says
    assert refused.problems[0].path == "trial.docx: text, paragraph 2"


def test_tags_in_properties_are_refused_and_not_printed(trial: Trial) -> None:
    trial.document.core_properties.keywords = "{{ child.name }}"
    assert "properties of the document" in trial.is_refused("Text").problems[0].says
