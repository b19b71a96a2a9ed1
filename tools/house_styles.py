"""The styles and list formats of the house style, as the XML that goes into its styles and numbering parts."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import nsdecls
from looks import INK, UNFINISHED, UNFINISHED_TINT, Look, twips


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph or character style: the inside of its w:pPr and its w:rPr."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    next: str = ""
    kind: str = "paragraph"


def _spacing(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _box(colour: str, ground: str) -> str:
    """A bar on the left and a tint behind, with edges of the tint on the other sides so that the words have room."""
    edge = f'w:val="single" w:sz="24" w:space="1" w:color="{ground}"'
    return (
        f'<w:pBdr><w:top {edge}/><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/><w:bottom {edge}/>'
        f'<w:right w:val="single" w:sz="24" w:space="4" w:color="{ground}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    )


_BOLD = "<w:b/><w:bCs/>"
_SET_IN = '<w:ind w:left="227" w:right="140"/>'
_GAP_BOX = _box(UNFINISHED, UNFINISHED_TINT)
_ON_CHARACTERS = "DefaultParagraphFont"
_WITH_NEXT = "<w:keepNext/><w:keepLines/>"
_TIGHT = 259
"""240ths of a line, for tables and headings; running text has more."""


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _heading(look: Look, level: int, before: int, after: int, size: int, colour: str) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        f'{_WITH_NEXT}{_spacing(before, after, _TIGHT)}<w:outlineLvl w:val="{level - 1}"/>',
        f"{_fonts(look.heading_font)}{_BOLD}{_colour(colour)}{_size(size)}",
        next="BodyText",
    )


def _list(
    style_id: str, name: str, number: int, *, level: int = 0, based_on: str = "BodyText", after: int = 60
) -> Style:
    place = f'<w:ilvl w:val="{level}"/>' if level else ""
    return Style(
        style_id,
        name,
        f'<w:numPr>{place}<w:numId w:val="{number}"/></w:numPr>{_spacing(0, after)}',
        based_on=based_on,
    )


def _frame(x: float, y: str, width: float, height: float) -> str:
    """A frame with its left edge `x` mm from the paper's, and nothing beside it."""
    return (
        f'<w:framePr w:w="{twips(width)}" w:h="{twips(height)}" w:hRule="atLeast" w:hSpace="0" w:vSpace="{twips(5)}" w:wrap="notBeside" '
        f'w:hAnchor="page" w:x="{twips(x)}" {y}/>'
    )


WINDOW = (22, 47, 83, 30)
"""Where the window of a DL envelope shows the address on A4: from the left, from the top, width, height in mm."""


def _styles(look: Look) -> tuple[Style, ...]:
    page, sizes = look.page, look.sizes
    small = f"{_colour(look.quiet)}{_size(sizes.small)}"
    right_tab = f'<w:tabs><w:tab w:val="right" w:pos="{page.width}"/></w:tabs>'
    left, top, width, height = WINDOW
    window = _frame(left, f'w:vAnchor="page" w:y="{twips(top)}"', width, height)
    sender = _frame(210 - page.right - 80, f'w:vAnchor="page" w:y="{twips(page.top)}"', 80, top + height + 2 - page.top)
    return (
        Style("BodyText", "Body Text", f'{_spacing(0, 120)}<w:ind w:right="{twips(page.text_stops_short)}"/>'),
        Style(
            "Title",
            "Title",
            f"{_WITH_NEXT}{_spacing(200, 60, 240)}",
            f"{_fonts(look.heading_font)}{_BOLD}{_colour(look.accent)}{_size(sizes.title)}",
            next="BodyText",
        ),
        Style(
            "Subtitle",
            "Subtitle",
            f"{_WITH_NEXT}{_spacing(0, 240, _TIGHT)}",
            f"{_colour(look.quiet)}{_size(sizes.subtitle)}",
            next="BodyText",
        ),
        _heading(look, 1, 340, 100, sizes.heading_1, look.accent),
        _heading(look, 2, 240, 60, sizes.heading_2, look.accent),
        _heading(look, 3, 220, 60, sizes.heading_3, INK),
        _list("ListBullet", "List Bullet", 1),
        _list("ListBullet2", "List Bullet 2", 1, level=1),
        _list("ListNumber", "List Number", 2),
        Style("Note", "Note", f"<w:keepLines/>{_box(look.accent, look.tint)}{_spacing(80, 200)}{_SET_IN}"),
        Style(
            "Gap",
            "Gap",
            f"{_WITH_NEXT}{_GAP_BOX}{_spacing(80, 0, _TIGHT)}{_SET_IN}",
            _colour(UNFINISHED),
            next="GapSource",
        ),
        Style(
            "GapSource",
            "Gap Source",
            f"<w:keepLines/>{_GAP_BOX}{_spacing(0, 160, _TIGHT)}{_SET_IN}",
            small,
            next="BodyText",
        ),
        Style("TableText", "Table Text", _spacing(0, 40, _TIGHT), _size(sizes.table)),
        _list("TableBullet", "Table Bullet", 1, based_on="TableText", after=40),
        _list("TableNumber", "Table Number", 2, based_on="TableText", after=40),
        Style("TableLabel", "Table Label", "", f"{_BOLD}{_colour(look.accent)}", based_on="TableText"),
        Style("TableHead", "Table Head", _WITH_NEXT, f"{_BOLD}{_colour(look.head_words)}", based_on="TableText"),
        Style("Address", "Address", _spacing(0, 0, _TIGHT)),
        Style(
            "WindowAddress",
            "Window Address",
            f"{window}{_spacing(0, 0, _TIGHT)}",
            based_on="Address",
        ),
        # The sender's frame begins with the text of the page, so that no line of the letter finds room above it.
        Style("SenderAddress", "Sender Address", f"{sender}{_spacing(twips(6), 0, _TIGHT)}", based_on="Address"),
        Style("SenderContact", "Sender Contact", f"{sender}{_spacing(0, 0, _TIGHT)}", based_on="Address"),
        Style("Signature", "Signature", f"<w:keepLines/>{_spacing(600, 200, _TIGHT)}"),
        Style(
            "Caption", "caption", f"<w:keepNext/>{_spacing(0, 120, 240)}", f"{_colour(look.quiet)}{_size(sizes.small)}"
        ),
        Style(
            "Letterhead",
            "Letterhead",
            f"{right_tab}{_spacing(0, 20, 240)}",
            f"{_fonts(look.heading_font)}{_BOLD}{_colour(look.accent)}{_size(sizes.heading_1 - 4)}",
        ),
        Style("Header", "header", _spacing(0, 0, 240), small),
        Style(
            "Footer",
            "footer",
            f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="5" w:color="{look.line}"/></w:pBdr>{right_tab}{_spacing(0, 0, 240)}',
            small,
        ),
        Style("Space", "Space", '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>', _size(8)),
        Style("Source", "Source", run=small, based_on=_ON_CHARACTERS, kind="character"),
        Style(
            "DraftMark",
            "Draft Mark",
            run=f'{_BOLD}{_colour(UNFINISHED)}<w:spacing w:val="20"/>{_size(20)}',
            based_on=_ON_CHARACTERS,
            kind="character",
        ),
    )


_CELLS = (
    "<w:tblCellMar>"
    '<w:top w:w="70" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>'
    '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>'
    "</w:tblCellMar>"
)


def _table_style(style_id: str, name: str, borders: str, more: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{_CELLS}</w:tblPr>{more}</w:style>"
    )


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def _ground(colour: str) -> str:
    return f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>'


def _tables(look: Look) -> str:
    """Facts (a label before each), Front (the facts at the head of a paper), Grid (a head above) and Signatures."""
    hairlines = "".join(_border(side, 4, look.line) for side in ("top", "bottom", "insideH"))
    grid = _border("top", 8, look.accent) + _border("bottom", 8, look.accent) + _border("insideH", 4, look.line)
    front = _border("top", 18, look.accent) + _border("bottom", 4, look.tint) + _border("insideH", 4, "FFFFFF")
    head = f'<w:tblStylePr w:type="firstRow">{_ground(look.head_ground)}</w:tblStylePr>'
    return (
        _table_style("Facts", "Facts", hairlines)
        + _table_style("Front", "Front", front, _ground(look.tint))
        + _table_style("Grid", "Grid", grid, head)
        + _table_style("Signatures", "Signatures", grid + _border("insideV", 4, look.line), head)
    )


def style_sheet(look: Look) -> str:
    """The styles part: document defaults (font, size, British English), the table styles, and the styles above."""
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_fonts(look.text_font)}"
        f'{_size(look.sizes.text)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{_spacing(0, 120)}</w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _tables(look)
        + "".join(_style(style) for style in _styles(look))
        + "</w:styles>"
    )


def _style(style: Style) -> str:
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{style.kind}"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>'
        + (f'<w:next w:val="{style.next}"/>' if style.next else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
        + "</w:style>"
    )


_BUILT_IN = frozenset(
    {
        "Body Text",
        "Title",
        "Subtitle",
        "heading 1",
        "heading 2",
        "heading 3",
        "List Bullet",
        "List Bullet 2",
        "List Number",
        "Signature",
        "caption",
        "header",
        "footer",
    }
)


def list_numbering(look: Look) -> str:
    """The numbering part: bullets (num 1, style List Bullet) and numbered points (num 2, style List Number)."""
    marks = [look.bullets[level % 2] for level in range(3)]
    bullets = "".join(_level(level, "bullet", mark, "ListBullet", look) for level, mark in enumerate(marks))
    points = "".join(_level(level, kind, text, "ListNumber", look) for level, (kind, text) in enumerate(look.points))
    return (
        f"<w:numbering {nsdecls('w')}>"
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{points}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        "</w:numbering>"
    )


def _level(level: int, kind: str, text: str, style_id: str, look: Look) -> str:
    style = f'<w:pStyle w:val="{style_id}"/>' if level == 0 else ""
    left = 397 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="397"/></w:pPr>'
        f"<w:rPr>{_colour(look.accent) if kind == 'bullet' else ''}</w:rPr></w:lvl>"
    )
