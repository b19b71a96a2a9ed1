"""The styles and list formats of the house style, as the XML that goes into its styles and numbering parts."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

ACCENT = "1F5C61"
"""Deep teal: headings, rules and table heads."""
LINE = "B9CCCE"
"""Hairlines in tables and headers."""
TINT = "EAF2F2"
"""The quiet ground of notes and table heads."""
QUIET = "566366"
"""Small print."""
UNFINISHED = "9A4B00"
"""Amber: gaps and the draft mark, so that what is unfinished looks alike everywhere."""
UNFINISHED_TINT = "FFF6E5"

_SIZE = 22
_TABLE_SIZE = 20


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
    """A bar on the left and a tint behind, with edges of the tint above and below so that the words have room."""
    edge = f'w:val="single" w:sz="24" w:space="1" w:color="{ground}"'
    return (
        f'<w:pBdr><w:top {edge}/><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/><w:bottom {edge}/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    )


_BOLD = "<w:b/><w:bCs/>"
_SMALL = f"{_colour(QUIET)}{_size(17)}"
_SET_IN = '<w:ind w:left="227"/>'
_GAP_BOX = _box(UNFINISHED, UNFINISHED_TINT)
_ON_CHARACTERS = "DefaultParagraphFont"
_WITH_NEXT = "<w:keepNext/><w:keepLines/>"


def _heading(level: int, before: int, after: int, size: int, colour: str) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        f'{_WITH_NEXT}{_spacing(before, after, 259)}<w:outlineLvl w:val="{level - 1}"/>',
        f"{_BOLD}{_colour(colour)}{_size(size)}",
        next="BodyText",
    )


def _list(style_id: str, name: str, number: int) -> Style:
    return Style(
        style_id,
        name,
        f'<w:numPr><w:numId w:val="{number}"/></w:numPr>{_spacing(0, 60)}',
        based_on="BodyText",
    )


_STYLES = (
    Style("BodyText", "Body Text", _spacing(0, 120)),
    Style(
        "Title",
        "Title",
        f"{_WITH_NEXT}{_spacing(120, 60, 240)}",
        f"{_BOLD}{_colour(ACCENT)}{_size(40)}",
        next="BodyText",
    ),
    Style(
        "Subtitle", "Subtitle", f"{_WITH_NEXT}{_spacing(0, 200, 259)}", f"{_colour(QUIET)}{_size(26)}", next="BodyText"
    ),
    _heading(1, 360, 120, 28, ACCENT),
    _heading(2, 260, 80, 24, ACCENT),
    _heading(3, 180, 60, _SIZE, "222222"),
    _list("ListBullet", "List Bullet", 1),
    _list("ListNumber", "List Number", 2),
    Style("Note", "Note", f"<w:keepLines/>{_box(ACCENT, TINT)}{_spacing(60, 160)}{_SET_IN}"),
    Style(
        "Gap", "Gap", f"{_WITH_NEXT}{_GAP_BOX}{_spacing(60, 0, 259)}{_SET_IN}", _colour(UNFINISHED), next="GapSource"
    ),
    Style(
        "GapSource", "Gap Source", f"<w:keepLines/>{_GAP_BOX}{_spacing(0, 120, 259)}{_SET_IN}", _SMALL, next="BodyText"
    ),
    Style("TableText", "Table Text", _spacing(0, 40, 259), _size(_TABLE_SIZE)),
    Style("TableLabel", "Table Label", "", f"{_BOLD}{_colour(ACCENT)}", based_on="TableText"),
    Style("TableHead", "Table Head", _WITH_NEXT, f"{_BOLD}{_colour(ACCENT)}", based_on="TableText"),
    Style("Address", "Address", _spacing(0, 0, 259)),
    Style("Caption", "caption", f"<w:keepNext/>{_spacing(0, 120, 240)}", f"{_colour(QUIET)}{_size(18)}"),
    Style(
        "Letterhead",
        "Letterhead",
        f'<w:tabs><w:tab w:val="right" w:pos="9412"/></w:tabs>{_spacing(0, 20, 240)}',
        f"{_BOLD}{_colour(ACCENT)}{_size(28)}",
    ),
    Style("Header", "header", _spacing(0, 0, 240), _SMALL),
    Style(
        "Footer",
        "footer",
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="5" w:color="{LINE}"/></w:pBdr>'
        f'<w:tabs><w:tab w:val="right" w:pos="9412"/></w:tabs>{_spacing(0, 0, 240)}',
        _SMALL,
    ),
    Style("Space", "Space", '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', _size(8)),
    Style("Source", "Source", run=_SMALL, based_on=_ON_CHARACTERS, kind="character"),
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
    '<w:top w:w="70" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
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


_FACTS = _border("top", 4, LINE) + _border("bottom", 4, LINE) + _border("insideH", 4, LINE)
_GRID = _border("top", 8, ACCENT) + _border("bottom", 8, ACCENT) + _border("insideH", 4, LINE)
_GRID_HEAD = f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'


def style_sheet() -> str:
    """The styles part: document defaults (Arial, British English), the table styles, and the styles above."""
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
        f'{_size(_SIZE)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{_spacing(0, 120)}</w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _table_style("Facts", "Facts", _FACTS)
        + _table_style("Grid", "Grid", _GRID, _GRID_HEAD)
        + "".join(_style(style) for style in _STYLES)
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
        "List Number",
        "caption",
        "header",
        "footer",
    }
)


def list_numbering() -> str:
    """The numbering part: bullets (num 1, style List Bullet) and numbered points (num 2, style List Number)."""
    bullets = "".join(_level(level, "bullet", "•" if level % 2 == 0 else "–", "ListBullet") for level in range(3))
    formats = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
    points = "".join(_level(level, kind, text, "ListNumber") for level, (kind, text) in enumerate(formats))
    return (
        f"<w:numbering {nsdecls('w')}>"
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{points}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        "</w:numbering>"
    )


def _level(level: int, kind: str, text: str, style_id: str) -> str:
    style = f'<w:pStyle w:val="{style_id}"/>' if level == 0 else ""
    left = 397 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="397"/></w:pPr>'
        f"<w:rPr>{_colour(ACCENT) if kind == 'bullet' else ''}</w:rPr></w:lvl>"
    )
