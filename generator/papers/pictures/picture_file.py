"""A drawing as a file for print: a PNG that is small, white where the paper is, and always the same bytes."""

from __future__ import annotations

import io

from PIL import Image, PngImagePlugin

CENTIMETRES = 17
"""How wide a picture is printed."""


def write_png(image: Image.Image, *, colours: int = 32, describes: str = "") -> bytes:
    """The picture as PNG, to be printed 17 cm wide; `describes` is what it shows in words, kept inside it."""
    kept = PngImagePlugin.PngInfo()
    if describes:
        kept.add_itxt("Description", describes, "en-GB", "Description")
    # Few colours, so a palette: a tenth of the time and size of full colour.
    small = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # It rounds white down by one, which a printer would answer with a veil of dots.
    small.putpalette([value + (value == 254) for value in small.getpalette() or ()])
    file = io.BytesIO()
    small.save(file, "PNG", compress_level=6, dpi=(image.width * 2.54 / CENTIMETRES,) * 2, pnginfo=kept)
    return file.getvalue()
