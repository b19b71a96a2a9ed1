"""One house style over every paper: two authorities from one family, what escapes, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from generator.base import resources
from generator.base.errors import TemplateError
from generator.base.resources import SearchPath
from generator.cli import main
from generator.jobs.build import build_papers
from generator.jobs.run import Run
from generator.papers.card import load_templates
from places import CORPORA

TODAY = dt.date(2026, 11, 22)
SECOND = CORPORA / "second-authority"
ROWAN = resources.SAMPLES / "rowan"
CODES = ("ppm-minutes", "letter-meeting-outcome", "agency-decision-form")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MINUTES, LETTER = "ppm-minutes-ppm-1", "letter-meeting-outcome-ppm-1-mother"

Built = dict[str, Any]


def build(out: Path, *folders: Path, codes: tuple[str, ...] = CODES, family: str = "rowan") -> Path:
    run = Run(TODAY, search_path=SearchPath(folders), output=out)
    build_papers(resources.SAMPLES / family, run, codes=codes, word_only=True)
    return out / "papers"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("theirs"), SECOND)


def look(folder: Path, name: str, style: str) -> Any:
    """A style of a paper as it counts: its own properties, else those of the style it is based on."""
    document = Document(str(folder / f"{name}.docx"))
    return next(one for one in document.styles if one.name.casefold() == style.casefold())


def words_of(words_in: Callable[[Path], list[str]], file: Path) -> list[str]:
    return [line for line in words_in(file) if not line.startswith(("(header)", "(footer)"))]


def test_the_same_family_says_the_same_words_in_both_houses(
    ours: Path, theirs: Path, words_in: Callable[[Path], list[str]]
) -> None:
    names = sorted(file.name for file in ours.glob("*.docx"))
    assert len(names) == 7
    for name in names:
        assert words_of(words_in, ours / name) == words_of(words_in, theirs / name)


def test_two_authorities_look_like_two(ours: Path, theirs: Path) -> None:
    first, second = look(ours, MINUTES, "heading 1"), look(theirs, MINUTES, "heading 1")
    assert (first.font.name, str(first.font.color.rgb)) == ("Arial", "1F5C61")
    assert (second.font.name, str(second.font.color.rgb)) == ("Caladea", "6B1F4E")
    pages: list[Any] = [Document(str(one / f"{MINUTES}.docx")).sections[0] for one in (ours, theirs)]
    margins = [round(page.left_margin.mm) for page in pages]
    assert margins == [22, 27]


def test_table_heads_take_the_colour_of_the_house(ours: Path, theirs: Path) -> None:
    for folder, ground, words in ((ours, "EAF2F2", "1F5C61"), (theirs, "6B1F4E", "FFFFFF")):
        head = look(folder, MINUTES, "grid").element.find(f"{W}tblStylePr/{W}tcPr/{W}shd")
        assert head.get(f"{W}fill") == ground
        assert str(look(folder, MINUTES, "table head").font.color.rgb) == words
        body = etree.tostring(Document(str(folder / f"{MINUTES}.docx")).element.body).decode()
        assert not re.search(r'w:fill="(?!auto)', body)


def test_numbered_points_take_the_letters_of_the_house_and_start_anew(ours: Path, theirs: Path) -> None:
    for folder, text in ((ours, "%1."), (theirs, "(%1)")):
        document = Document(str(folder / f"{MINUTES}.docx"))
        numbering = document.part.numbering_part.element
        forms = {one.get(f"{W}abstractNumId"): one for one in numbering.iterfind(f"{W}abstractNum")}
        nums = {one.get(f"{W}numId"): one.find(f"{W}abstractNumId").get(f"{W}val") for one in numbering.iter(f"{W}num")}
        used = {
            paragraph.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
            for paragraph in document.element.body.iter(f"{W}p")
            if paragraph.find(f"{W}pPr/{W}pStyle") is not None
            and paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in {"ListNumber", "TableNumber"}
        }
        assert used
        for number in used:
            assert forms[nums[number]].find(f"{W}lvl/{W}lvlText").get(f"{W}val") == text
        order = [child.tag for child in numbering]
        assert order == sorted(order, key=lambda tag: tag == f"{W}num")


def test_header_and_footer_are_of_the_house_and_say_what_every_page_must(
    theirs: Path, words_in: Callable[[Path], list[str]]
) -> None:
    margins = [line for line in words_in(theirs / f"{MINUTES}.docx") if line.startswith("(")]
    assert margins[0] == "(footer) Page 1 of 1\tFAM-2026-0142   Confidential: for those it is addressed to"
    assert "(header) Hartsmere Council | Minutes: permanence planning meeting" in margins
    with zipfile.ZipFile(theirs / f"{MINUTES}.docx") as archive:
        assert [name for name in archive.namelist() if "media" in name] == ["word/media/header1-1.png"]
        header = archive.read("word/header1.xml").decode()
    assert 'descr="Mark of the council: a bridge over a river"' in header


def test_tables_keep_their_share_of_a_narrower_page(theirs: Path) -> None:
    # 210 - 27 - 20 mm is 163 mm, which is 9241 twentieths of a point; rounding may cost one for each column.
    tables = Document(str(theirs / f"{MINUTES}.docx")).element.body.iterchildren(f"{W}tbl")
    widths = {sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")) for table in tables}
    assert widths
    assert all(abs(width - 9241) <= 5 for width in widths)


@pytest.mark.parametrize(
    ("name", "style", "points"),
    [
        (MINUTES, "body text", None),
        (LETTER, "body text", 12.0),
        ("agency-decision-form-adm-rowan-1", "table text", 12.0),
    ],
)
def test_courts_and_families_have_12_point_in_any_house(
    ours: Path, theirs: Path, name: str, style: str, points: float | None
) -> None:
    house = {ours: 11.0, theirs: 11.5}
    for folder in (ours, theirs):
        document = Document(str(folder / f"{name}.docx"))
        defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        assert look(folder, name, "body text").font.size is None
        size = int(defaults.get(f"{W}val")) / 2
        if style != "body text":
            size = look(folder, name, style).font.size.pt
        assert size == (points or house[folder])


def sizes_in(word: Path) -> Iterator[tuple[str, float]]:
    """The size of each paragraph of the text, by its style."""
    document = Document(str(word))
    styles = {one.style_id: one for one in document.styles}
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    for paragraph in document.element.body.iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = styles[named.get(f"{W}val") if named is not None else "Normal"]
        while style is not None and (style.font.size is None):
            style = style.base_style
        yield paragraph.text, style.font.size.pt if style else int(defaults.get(f"{W}val")) / 2


@pytest.mark.parametrize("folders", [(), (SECOND,)])
def test_easy_read_papers_have_nothing_under_16_point(tmp_path: Path, folders: tuple[Path, ...]) -> None:
    letters = [*build(tmp_path, *folders, codes=("letter-decision-easy-read",), family="fullest").glob("*.docx")]
    assert letters
    for letter in letters:
        assert [words for words, size in sizes_in(letter) if size < 16 and words] == []


def test_a_changed_house_style_makes_papers_anew_and_keeps_the_old(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(SECOND / "house-style.docx", own)
    build(tmp_path / "out", own, codes=("ppm-agenda",))
    run = Run(TODAY, search_path=SearchPath((own,)), output=tmp_path / "out")
    again = build_papers(ROWAN, run, codes=("ppm-agenda",), word_only=True)
    assert {paper.action for paper in again.papers.papers} == {"unchanged"}
    document = Document(str(own / "house-style.docx"))
    document.styles["Title"].font.color.rgb = RGBColor(0, 0, 0)
    document.save(str(own / "house-style.docx"))
    changed = build_papers(ROWAN, run, codes=("ppm-agenda",), word_only=True)
    assert {paper.action for paper in changed.papers.papers} == {"replaced"}


class House:
    """An authority's folder with a house style made in Word from nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "own"
        self.folder.mkdir()
        self.out = folder / "out"
        self.document = Document()

    def build(self, code: str = "ppm-agenda", family: str = "rowan") -> Path:
        self.document.save(str(self.folder / "house-style.docx"))
        return build(self.out / family, self.folder, codes=(code,), family=family)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_house_style_that_forgets_the_draft_mark_gets_it_all_the_same(
    house: House, words_in: Callable[[Path], list[str]]
) -> None:
    house.document.sections[0].header.paragraphs[0].text = "Calderfen"
    house.document.sections[0].footer.paragraphs[0].text = "calderfen.example"
    said = words_in(house.build("permanence-plan", "barest") / "permanence-plan-nour.docx")
    assert [line for line in said if line.startswith("(")] == [
        "(footer) Confidential: for those it is addressed to",
        "(footer) calderfen.example",
        "(header) DRAFT",
        "(header) Calderfen",
    ]
    finished = words_in(house.build("ppm-minutes") / f"{MINUTES}.docx")
    assert "(header) DRAFT" not in finished


def test_a_hidden_style_hides_no_words_of_a_paper(house: House) -> None:
    for name in ("Normal", "Body Text", "Heading 1"):
        house.document.styles[name].font.hidden = True
    made = Document(str(house.build() / "ppm-agenda-ppm-1.docx"))
    assert {style.name for style in made.styles} >= {"Normal", "Body Text", "Heading 1"}
    assert not list(made.styles.element.iter(f"{W}vanish"))


def test_margins_with_no_room_between_them_are_refused_and_found_by_the_check(house: House) -> None:
    page = house.document.sections[0]
    page.left_margin = page.right_margin = Mm(100)
    with pytest.raises(TemplateError, match=r"house-style\.docx leaves no room for words between its margins"):
        house.build()
    done = CliRunner().invoke(
        main, ["templates", "check", str(house.folder / "house-style.docx")], standalone_mode=False
    )
    assert done.return_value == 1
    assert "leaves no room for words" in " ".join(done.output.split())


def test_a_style_is_known_by_its_name_however_word_calls_it_inside(house: House) -> None:
    heading = house.document.styles["Heading 1"]
    heading.element.set(qn("w:styleId"), "berschrift1")
    heading.font.size = Pt(31)
    papers = house.build()
    made = look(papers, "ppm-agenda-ppm-1", "heading 1")
    assert (made.style_id, made.font.size.pt) == ("Heading1", 31.0)


def test_a_house_style_in_american_english_leaves_papers_british(house: House) -> None:
    papers = house.build()
    sheet = Document(str(papers / "ppm-agenda-ppm-1.docx")).styles.element
    assert {language.get(qn("w:val")) for language in sheet.iter(qn("w:lang"))} == {"en-GB"}


def test_a_page_on_its_side_stays_so(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(SECOND / "house-style.docx", own)
    shutil.copy(resources.TEMPLATES / "ppm-agenda.yaml", own)
    document = Document(str(resources.TEMPLATES / "ppm-agenda.docx"))
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.save(str(own / "ppm-agenda.docx"))
    made: Any = Document(str(build(tmp_path / "out", own, codes=("ppm-agenda",)) / "ppm-agenda-ppm-1.docx")).sections[0]
    assert (made.orientation, round(made.page_width.mm), round(made.page_height.mm)) == (WD_ORIENT.LANDSCAPE, 297, 210)
    assert round(made.left_margin.mm) == 27


def test_the_first_house_style_counts_and_papers_of_ones_own_wear_it(tmp_path: Path) -> None:
    empty, own = tmp_path / "empty", tmp_path / "own"
    empty.mkdir()
    own.mkdir()
    shutil.copy(resources.TEMPLATES / "ppm-agenda.docx", own)
    shutil.copy(resources.TEMPLATES / "ppm-agenda.yaml", own)
    found = load_templates([empty, own, SECOND, resources.TEMPLATES])
    assert {template.house_style for template in found.values()} == {SECOND / "house-style.docx"}
    papers = build(tmp_path / "out", own, SECOND, codes=("ppm-agenda",))
    assert look(papers, "ppm-agenda-ppm-1", "title").font.name == "Caladea"


def test_words_of_the_house_style_itself_travel_with_no_paper(house: House) -> None:
    house.document.add_paragraph("Notes of the designer")
    house.document.core_properties.comments = "Ring the designer"
    paper = house.build() / "ppm-agenda-ppm-1.docx"
    with zipfile.ZipFile(paper) as archive:
        assert not [name for name in archive.namelist() if b"designer" in archive.read(name)]


def unpack(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_macros(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"x"


def with_entity(parts: dict[str, bytes]) -> None:
    parts["word/styles.xml"] = b'<!DOCTYPE x [<!ENTITY e "x">]>' + parts["word/styles.xml"]


def with_linked_logo(parts: dict[str, bytes]) -> None:
    name = "word/_rels/header1.xml.rels"
    parts[name] = parts[name].replace(b'Target="media/', b'TargetMode="External" Target="http://elsewhere.example/')


def with_chart(parts: dict[str, bytes]) -> None:
    name = "word/_rels/header1.xml.rels"
    parts[name] = parts[name].replace(b"relationships/image", b"relationships/chart")


def with_broken_styles(parts: dict[str, bytes]) -> None:
    parts["word/styles.xml"] = parts["word/styles.xml"][:-20]


def with_a_word_for_a_number(parts: dict[str, bytes]) -> None:
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'<w:sz w:val="23"/>', b'<w:sz w:val="large"/>')


def with_tracked_change(parts: dict[str, bytes]) -> None:
    parts["word/header1.xml"] = parts["word/header1.xml"].replace(
        b"</w:p>", b'<w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>', 1
    )


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (with_macros, "holds macros"),
        (with_entity, "declares things"),
        (with_linked_logo, "points to pictures"),
        (with_chart, "no text, picture or link"),
        (with_broken_styles, "is not a Word file"),
        (with_a_word_for_a_number, "cannot be laid over"),
        (with_tracked_change, "has tracked changes"),
    ],
)
def test_a_house_style_with_more_in_it_than_a_look_is_refused(
    tmp_path: Path, harm: Callable[[dict[str, bytes]], None], says: str
) -> None:
    parts = unpack(SECOND / "house-style.docx")
    harm(parts)
    pack(tmp_path / "house-style.docx", parts)
    with pytest.raises(TemplateError, match=says) as refused:
        build(tmp_path / "out", tmp_path, codes=("ppm-agenda",))
    assert refused.value.exit_code == 2
    assert "house" in refused.value.summary
    assert not list((tmp_path / "out").rglob("*.docx"))


def test_a_wrong_tag_in_a_header_is_told_of_the_house_style(house: House) -> None:
    house.document.sections[0].header.paragraphs[0].text = "{{ authority.nmae }}"
    with pytest.raises(TemplateError, match=r"house-style\.docx"):
        house.build()


def test_a_house_style_elsewhere_is_not_followed(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "house-style.docx").symlink_to(SECOND / "house-style.docx")
    with pytest.raises(TemplateError, match="leads out of its folder"):
        load_templates([own])


def style_check(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["templates", "style", "check", *map(str, arguments)], standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done.output


def test_nothing_in_the_shipped_papers_escapes_either_house() -> None:
    files = sorted(resources.TEMPLATES.glob("*.docx"))
    assert style_check(*files) == (0, f"{len(files)} templates looked at, nothing found\n")
    assert style_check(SECOND / "house-style.docx")[0] == 0


@pytest.fixture
def escaping(tmp_path: Path) -> Path:
    """A template in which everything is done by hand."""
    document = Document(str(resources.TEMPLATES / "house-style.docx"))
    run = document.add_paragraph("Dear parent", style="Body Text").add_run(" in green")
    run.font.name, run.font.size, run.font.color.rgb = "Comic Sans MS", Pt(15), RGBColor(0, 160, 0)
    document.styles.add_style("Shouting", 1)
    document.add_paragraph("Loud", style="Shouting")
    ground = OxmlElement("w:shd")
    ground.set(qn("w:fill"), "FFFF00")
    document.add_table(1, 1, style="Grid").cell(0, 0)._tc.get_or_add_tcPr().append(ground)
    document.sections[0].first_page_header.paragraphs[0].text = "Department of Letters"
    document.save(str(tmp_path / "letter.docx"))
    return tmp_path / "letter.docx"


def test_what_escapes_the_house_style_is_told_by_kind_and_place(escaping: Path) -> None:
    code, said = style_check(escaping)
    assert code == 1
    for expected in (
        "A font is set by hand; first in “Dear parent in green”",
        "A size is set by hand; first in “Dear parent in green”",
        "A colour is set by hand; first in “Dear parent in green”",
        "A ground is set by hand",
        "The style “Shouting” is not in the house style; first in “Loud”",
        "It has a header of its own",
    ):
        assert expected in " ".join(said.split())


def test_a_house_style_says_itself_what_it_lacks(house: House) -> None:
    document = house.document
    document.styles["Heading 1"].font.name = "Fontless Grotesk"
    document.styles["Heading 2"].font.color.rgb = RGBColor(0xBB, 0xBB, 0xBB)
    document.styles["Body Text"].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    picture = io.BytesIO(unpack(SECOND / "house-style.docx")["word/media/image1.png"])
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture)
    document.save(str(house.folder / "house-style.docx"))
    code, said = style_check(house.folder / "house-style.docx")
    assert code == 1
    flat = " ".join(said.split())
    assert "It has no paragraph style “Gap”" in flat
    assert "It has no table style “Grid”" in flat
    assert "The font Fontless Grotesk is not on this computer" in flat
    assert "The style “Heading 2” is faint: contrast 1.9 to 1, not 4.5" in flat
    assert "The style “Body text” is faint: contrast 1.0 to 1, not 4.5" in flat
    assert "A picture in the header or footer has no alternative text" in flat


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["templates", "style", "check", str(tmp_path / "no.docx")])
    assert "There is no template" in str(result.exception or result.output)
