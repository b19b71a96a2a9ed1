"""Pictures and numbers as a PDF holds them."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 88


def pack_picture(pdf: pikepdf.Pdf, picture: Image.Image, *, photographed: bool | None = None) -> pikepdf.Stream:
    """A picture (grey or RGB) as an object of a PDF: a photograph as JPEG, anything else without loss.

    Where it is not said which it is, the smaller of the two.
    """
    packed: list[tuple[bytes, Any]] = []
    if photographed is not False:
        taken = io.BytesIO()
        picture.save(taken, "JPEG", quality=_QUALITY, optimize=True)
        packed.append((taken.getvalue(), Name.DCTDecode))
    if not photographed:
        packed.append((zlib.compress(picture.tobytes(), 6), Name.FlateDecode))
    data, packing = min(packed, key=lambda one: len(one[0]))
    image = pikepdf.Stream(pdf, data)
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=packing,
        )
    )
    return image


def number(value: float) -> Any:
    """A length with as many places as matter: all of them would make files differ between computers."""
    return pikepdf.Object.parse(f"{value:.3f}".encode("ascii"))
