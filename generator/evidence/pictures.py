"""Put a photograph or a screenshot on one A4 page, upright and without what the camera wrote into it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.pages import A4
from generator.evidence.image_compression import pack_picture
from generator.evidence.results import CannotAdmit, Findings, Removed

if TYPE_CHECKING:
    from PIL import Image

MARGIN = 34.0
MAX_PIXELS = 100_000_000
MAX_DPI = 300
_ASK_AGAIN = "ask for the picture again, or save it anew as JPEG"
_NOTES_OF_THE_CAMERA = ("exif", "xmp", "photoshop", "comment")
_DROPPED = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (Exif, XMP), APP13 (captions) and comments. Colour (APP2, APP14) stays, or the picture would look different."""
_START_OF_SCAN = 0xDA


def lay_out_picture(source: Path, target: Path) -> Findings:
    """Write a one-page PDF with the picture; raises CannotAdmit for what is no whole picture."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    warnings.simplefilter("ignore")
    # Its own limit is replaced by ours, which is checked before a single pixel is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    found = Findings(without_text=[1])
    try:
        with Image.open(source, formats=("JPEG", "PNG", "MPO")) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise CannotAdmit(
                    "The picture has more than 100 million pixels",
                    "save it smaller: a page needs no more than 9 million",
                )
            photographed = opened.format in ("JPEG", "MPO")
            if getattr(opened, "n_frames", 1) > 1 and not photographed:
                found.warnings.append("The picture moves; only its first frame is in the bundle")
            # A photograph of the largest size is unpacked smaller at once, as long as it fills a page at 300 dots.
            page = (round(side / 72 * MAX_DPI) for side in (A4 if opened.height >= opened.width else A4[::-1]))
            opened.draft(opened.mode, (next(page), next(page)))
            opened.load()
            noted = {*getattr(opened, "text", {})} | {*opened.info}.intersection(_NOTES_OF_THE_CAMERA)
            found.removed[Removed.METADATA] = len(noted)
            picture = _flatten(ImageOps.exif_transpose(opened))
    except UnidentifiedImageError:
        raise CannotAdmit("The picture is damaged and cannot be read", _ASK_AGAIN) from None
    except (OSError, SyntaxError, ValueError):
        raise CannotAdmit("The picture is cut off or damaged", _ASK_AGAIN) from None
    _write_page(picture, target, photographed=photographed)
    return found


def _flatten(picture: Image.Image) -> Image.Image:
    """Grey or RGB with nothing see-through: what is transparent shows the white of the paper."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        # Sixteen bits of grey: the upper eight are what a page can show.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")


def _write_page(picture: Image.Image, target: Path, *, photographed: bool) -> None:
    import pikepdf
    from PIL import Image

    width, height = A4 if picture.height >= picture.width else A4[::-1]
    # Never larger than one point to a pixel: a small picture that fills the page says less, not more.
    scale = min((width - 2 * MARGIN) / picture.width, (height - 2 * MARGIN) / picture.height, 1.0)
    shown = (picture.width * scale, picture.height * scale)
    most = (max(round(shown[0] * MAX_DPI / 72), 1), max(round(shown[1] * MAX_DPI / 72), 1))
    if picture.width > most[0]:
        picture = picture.resize(most, Image.Resampling.LANCZOS)
    with pikepdf.new() as pdf:
        image = pack_picture(pdf, picture, photographed=photographed)
        page = pdf.add_blank_page(page_size=(width, height))
        # A fixed name: one that is made up would make every bundle different.
        name = page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Im0)
        left, bottom = (width - shown[0]) / 2, (height - shown[1]) / 2
        page.Contents = pikepdf.Stream(
            pdf, f"q {shown[0]:.3f} 0 0 {shown[1]:.3f} {left:.3f} {bottom:.3f} cm {name} Do Q".encode("ascii")
        )
        pdf.save(target, static_id=True)


def remove_camera_data(jpeg: bytes) -> bytes:
    """A JPEG without what the camera wrote into it: place, time, owner. The picture itself is not touched.

    Bytes that are no well-formed JPEG come back as they are.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        mark = jpeg[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == _START_OF_SCAN:
            return b"".join([*kept, jpeg[at:]])
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if mark not in _DROPPED:
            kept.append(jpeg[at : at + size])
        at += size
    return jpeg
