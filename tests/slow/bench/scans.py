"""Make a set of scans: pages of A4 at 200 dots per inch, each a photograph of noise, which nothing makes smaller.

scans.py FOLDER FILES PAGES      writes as many files as said, each with as many pages, of 3 MB a page
"""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import pikepdf
from PIL import Image

WIDTH, HEIGHT = 1654, 2339
QUALITY = 92
"""Of the JPEG: with this grain, 3 MB a page."""
SHEET = (595.2756, 841.8898)


def write_scan(path: Path, pages: int, chance: random.Random) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            picture = pdf.make_stream(
                take_photograph(chance),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=WIDTH,
                Height=HEIGHT,
                BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB,
                Filter=pikepdf.Name.DCTDecode,
            )
            page = pdf.add_blank_page(page_size=SHEET)
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
            page.obj.Contents = pdf.make_stream(f"q {SHEET[0]} 0 0 {SHEET[1]} 0 0 cm /Scan Do Q".encode())
        pdf.save(path)


def take_photograph(chance: random.Random) -> bytes:
    half = WIDTH // 2, HEIGHT // 2
    grain = Image.frombytes("L", half, chance.randbytes(half[0] * half[1])).resize((WIDTH, HEIGHT))
    photograph = Image.merge("RGB", (grain, grain, grain.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    written = io.BytesIO()
    photograph.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


folder, files, pages_each = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
folder.mkdir()
# The same set every time, and no page twice: a bundle holds what is the same only once.
chances = random.Random(1)
for number in range(files):
    write_scan(folder / f"{number}.pdf", pages_each, chances)
