"""Draw the pictures of papers that README and docs show, from the sample case rowan. Needs LibreOffice.

    .venv/bin/python tools/draw_screenshots.py

Look at each before you keep it: docs/pictures.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from click.testing import CliRunner
from PIL import Image

from generator.cli import main

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
TODAY = "2026-11-22"
PAPERS = ("ppm-minutes", "letter-decision")
WIDTH = 760
"""In pixels: a page can just be read."""
COLOURS = 32


def draw() -> None:
    """Make the papers in a folder of their own, and draw the pages that are shown."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data" / "cases" / "rowan", Path(folder) / "rowan")
        os.chdir(folder)
        _run("build", "rowan", *PAPERS, "--on", TODAY)
        _run("bundle", "rowan", "--on", TODAY)
        _run("pictures", "rowan", "--for", "professionals", "--on", TODAY)
        made = Path("output/rowan")
        _draw_page(made / "papers/ppm-minutes-ppm-1.pdf", 0, "minutes-page-1")
        _draw_page(made / "papers/letter-decision-adm-rowan-1-mother.pdf", 0, "letter")
        _draw_page(next(made.glob("*-bundle-*.pdf")), 1, "bundle-index")
        with Image.open(made / "pictures/for-professionals/rowan-homes.png") as homes:
            _save(homes, "homes")


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"permanence {' '.join(arguments)} left with {result.exit_code}:\n{result.output}")


def _draw_page(pdf: Path, number: int, name: str) -> None:
    """One page of a PDF as a picture, with a thin frame, because paper is as white as the screen."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        picture = page.render(scale=2 * WIDTH / page.get_width()).to_pil()
    picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (picture.width + 2, picture.height + 2), "#b0b0b0")
    framed.paste(picture, (1, 1))
    _save(framed, name)


def _save(picture: Image.Image, name: str) -> None:
    height = round(picture.height * WIDTH / picture.width)
    small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    small.quantize(COLOURS).save(content, "PNG", optimize=True)
    file = PICTURES / f"{name}.png"
    file.write_bytes(content.getvalue())
    print(f"{file.relative_to(ROOT)}: {len(content.getvalue()) // 1024} KB")


if __name__ == "__main__":
    draw()
