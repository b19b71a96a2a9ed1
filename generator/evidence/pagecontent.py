"""The drawing instructions of a page: what they hold, and whether anything written after them would be safe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.base.pages import A4
from generator.evidence.image_compression import number

_INNERMOST = rb"\((?:[^()\\]++|\\.)*+\)"
_INNER = rb"\((?:[^()\\]++|\\.|" + _INNERMOST + rb")*+\)"
_STRING = rb"\((?:[^()\\]++|\\.|" + _INNER + rb")*+\)"
_WORDS = re.compile(rb"%[^\r\n]*+|" + _STRING + rb"|(?<!<)<[0-9A-Fa-f\s]*+>", re.DOTALL)
"""Comments, words and words in hexadecimal: whatever they hold is no instruction."""
_BEFORE, _AFTER = rb"(?<![^\s\])>}])", rb"(?![^\s\[(</%{])"
_OPERATORS = re.compile(_BEFORE + rb"(q|Q|BT|ET|BDC|BMC|EMC|BI|Do|sh|[fFbB]\*?|[sS]|Tj|TJ|'|\")" + _AFTER)
_WHITE = re.compile(rb"(?<![\d.])1(?:\.0*)?(?:\s+1(?:\.0*)?\s+1(?:\.0*)?\s+rg|\s+g)" + _AFTER)
_PAINTS = frozenset({"f", "F", "f*", "F*", "b", "B", "b*", "B*", "s", "S", "sh", "Do", "BI"})
_WRITES = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Content:
    """What a page's instructions hold. `closed`: they end as they began, so more can be written after them."""

    writes: bool
    paints: bool
    closed: bool
    surplus: int
    """How many states they give back that they never saved."""


def read_content(page: pikepdf.Page) -> bytes:
    """The instructions of a page in one piece. Raises pikepdf.PdfError where they cannot be unpacked."""
    held = page.obj.get("/Contents")
    streams = list(held) if isinstance(held, Array) else [held]
    # What is no stream draws nothing. A new line between two: a word cannot run from one into the next.
    return b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))


def look_through(content: bytes) -> Content:
    """Tell what page instructions hold, without drawing them. Doubtful instructions count as not closed."""
    bare = _WORDS.sub(b" ", content)
    found = [match.decode("ascii") for match in _OPERATORS.findall(bare)]
    depth = surplus = 0
    for operator in found:
        if operator == "q":
            depth += 1
        elif operator == "Q":
            depth -= 1
            surplus = max(surplus, -depth)
    held = set(found)
    paired = all(_is_paired(bare, opens, closes) for opens, closes in ((b"[", b"]"), (b"<<", b">>")))
    text, marked = found.count("BT") == found.count("ET"), found.count("BDC") + found.count("BMC") == found.count("EMC")
    # Words that are left over were never ended. A picture inside the instructions can hold bytes that look like any.
    whole = not re.search(rb"[()<>]", bare.replace(b"<<", b"").replace(b">>", b"")) and "BI" not in held
    return Content(
        writes=bool(held & _WRITES),
        paints=bool(held & _PAINTS) or _WHITE.search(bare) is not None,
        closed=depth == surplus == 0 and paired and text and marked and whole,
        surplus=surplus,
    )


def _is_paired(bare: bytes, opens: bytes, closes: bytes) -> bool:
    return bare.count(opens) == bare.count(closes) and bare.rfind(opens) <= bare.rfind(closes)


def isolate(pdf: pikepdf.Pdf, page: pikepdf.Page, content: bytes, surplus: int = 0, scale: float = 1.0) -> None:
    """Put a page's instructions into a drawing of their own, which ends where they end, whatever they leave open.

    The page then only shows that drawing, `scale` times as large. `surplus` states are saved first, for instructions
    that give back more than they saved.
    """
    drawing = pikepdf.Stream(pdf, b"q " * surplus + content)
    held: Any = page.obj.get("/Resources")
    drawing.stream_dict.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=page.obj.MediaBox,
            Resources=held if isinstance(held, Dictionary) else Dictionary(),
        )
    )
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=pdf.make_indirect(drawing)))
    size = f"{scale:.6f} 0 0 {scale:.6f} 0 0 cm " if scale != 1 else ""
    page.obj.Contents = pikepdf.Stream(pdf, f"q {size}/Page Do Q".encode("ascii"))


_LARGEST_SIDE = 14_400
"""The largest side that the PDF standard knows (200 inches)."""
_OTHER_BOXES = ("/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit")


def settle_boxes(page: pikepdf.Page) -> tuple[float, bool]:
    """Give a page boxes that every reader understands alike; returns its unit, and whether a box was wrong.

    The page keeps the part of it that is shown: the crop box inside the media box. Its unit is taken off, for the
    caller to apply.
    """
    media = _read_box(page.obj.get("/MediaBox"))
    crop = _read_box(page.obj.get("/CropBox"))
    wrong = media is None
    # What readers take where a page does not say: the size of an American letter.
    shown = media = media or (0.0, 0.0, 612.0, 792.0)
    if crop:
        inside = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            shown = inside
        wrong = wrong or inside != crop
    elif "/CropBox" in page.obj:
        wrong = True
    page.obj.MediaBox = Array([*map(number, media)])
    if "/CropBox" in page.obj:
        del page.obj.CropBox
    if shown != media:
        page.obj.CropBox = Array([*map(number, shown)])
    turned = page.obj.get("/Rotate", 0)
    if not isinstance(turned, int) or turned % 90:
        page.obj.Rotate = 0
        wrong = True
    unit = page.obj.get("/UserUnit", 1)
    for key in _OTHER_BOXES:
        if key in page.obj:
            del page.obj[key]
    try:
        size = float(unit)
    except (TypeError, ValueError):
        return 1.0, True
    return (size, wrong) if 0 < size < 1_000_000 else (1.0, True)


def choose_scale(page: pikepdf.Page, unit: float) -> float:
    """By how much to enlarge or reduce a page: its own unit, and to the size of A4 where no reader could show it."""
    box = [float(side) for side in page.obj.get("/CropBox", page.obj.MediaBox)]
    width, height = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    if max(abs(float(side)) for side in page.obj.MediaBox) * unit > _LARGEST_SIDE:
        page.obj.MediaBox = Array([*map(number, box)])
    if max(width, height) <= _LARGEST_SIDE:
        return unit
    return unit * min(min(A4) / min(width, height), max(A4) / max(width, height))


def apply_scale(pdf: pikepdf.Pdf, page: pikepdf.Page, scale: float) -> None:
    """Make a page `scale` times as large, with all that is on it. Links keep their places."""
    isolate(pdf, page, read_content(page), scale=scale)
    for key in ("/MediaBox", "/CropBox"):
        if key in page.obj:
            page.obj[key] = Array([number(float(side) * scale) for side in page.obj[key]])
    for one in page.obj.get("/Annots", Array()):
        if isinstance(one, Dictionary) and "/Rect" in one:
            one.Rect = Array([number(float(side) * scale) for side in one.Rect])
            if "/QuadPoints" in one:
                del one.QuadPoints


def _read_box(box: Any) -> tuple[float, float, float, float] | None:
    if not isinstance(box, Array) or len(box) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(side) for side in box)
    except (TypeError, ValueError):
        return None
    read = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return read if read[2] - read[0] > 0 and read[3] - read[1] > 0 else None
