"""Evidence from outside: what is admitted, what is left out, and what is refused with a way forward."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from generator.base.errors import FileBusyError, Problem
from generator.base.sandbox.worker import SandboxedWorker
from generator.bundle.assemble import assemble_bundle
from generator.bundle.cover import Cover
from generator.bundle.papers import BundlePaper, BundleSection
from generator.evidence.admit import admit_evidence, quarantine_evidence
from generator.evidence.pagecontent import isolate, look_through, read_content
from generator.evidence.pictures import remove_camera_data
from generator.evidence.results import (
    AdmissionResult,
    AdmittedEvidence,
    EvidenceResult,
    RefusedEvidence,
    Removed,
    WordEvidence,
    join_word,
    name_pages,
)
from places import CORPORA, ROOT
from plainpdfs import read_text

Admit = Callable[..., EvidenceResult]


def _load_hostile() -> ModuleType:
    """The script that makes the hostile folder, which is no package."""
    path = CORPORA / "hostile" / "make_hostile.py"
    spec = importlib.util.spec_from_file_location("make_hostile", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_hostile"] = module
    spec.loader.exec_module(module)
    return module


HOSTILE = _load_hostile()
TRAPS = {one.name: one for one in HOSTILE.TRAPS}
ACTS = re.compile(
    rb"JavaScript|Launch|/URI|GoToR|GoToE|SubmitForm|ImportData|RichMedia|EmbeddedFile|/XFA|AcroForm|/OCG"
)


@pytest.fixture
def admit(tmp_path: Path) -> Admit:
    def admit_one(file: Path, **more: Any) -> EvidenceResult:
        work = tmp_path / "work"
        work.mkdir()
        (result,) = admit_evidence([file], work, **more)
        return result

    return admit_one


def save(
    path: Path, change: Callable[[pikepdf.Pdf], object] = lambda pdf: None, pages: int = 1, **options: Any
) -> Path:
    """A PDF with some pages, changed by the test."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Contents = pikepdf.Stream(pdf, b"0 0 1 rg 100 100 50 50 re f")
        change(pdf)
        pdf.save(path, **options)
    return path


def admitted(result: EvidenceResult) -> AdmittedEvidence:
    assert isinstance(result, AdmittedEvidence), result
    return result


def refused(result: EvidenceResult) -> RefusedEvidence:
    assert isinstance(result, RefusedEvidence), result
    assert result.problem.code == "B001"
    assert result.problem.remedy
    return result


def quarantined(result: EvidenceResult) -> Problem:
    """Why a page stands in place of the file; the page itself says so too."""
    assert isinstance(result, AdmittedEvidence), result
    assert (result.outcome, result.pages) == (AdmissionResult.QUARANTINED, 1)
    assert result.problem
    assert result.problem.code == "B001"
    assert result.problem.remedy
    assert result.problem.says in read_text(result.pdf)
    return result.problem


def colour_at(path: Path, x: float, y: float) -> tuple[int, ...]:
    """The colour at a point of the first page, counted in points from the bottom left."""
    with pypdfium2.PdfDocument(path) as pdf:
        shown: Image.Image = pdf[0].render(scale=1).to_pil().convert("RGB")
    found = shown.getpixel((int(x), int(shown.height - y)))
    assert isinstance(found, tuple)
    return found


def add_field(pdf: pikepdf.Pdf, value: str) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="party",
            V=value,
            DA="/Helv 12 Tf 0 g",
            Rect=[100, 300, 300, 320],
        )
    )
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=[field], NeedAppearances=True, DR=Dictionary(Font=Dictionary(Helv=font)))


def test_a_plain_pdf_is_admitted_with_its_pages_and_its_hash(tmp_path: Path, admit: Admit) -> None:
    file = save(tmp_path / "plain.pdf", pages=3)
    result = admitted(admit(file))
    assert (result.pages, result.outcome, result.warnings) == (3, AdmissionResult.MERGED, ())
    assert result.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [one.name for one in (tmp_path / "work").iterdir()] == [result.pdf.name]


def test_the_same_file_gives_the_same_clean_bytes(tmp_path: Path) -> None:
    file = save(tmp_path / "plain.pdf", lambda pdf: add_field(pdf, "Leanne Hale"))
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (result,) = admit_evidence([file], tmp_path / name)
        made.append(admitted(result).pdf.read_bytes())
    assert made[0] == made[1]


def test_filled_fields_of_one_name_keep_each_its_own_value_in_the_bundle(tmp_path: Path) -> None:
    files = []
    for name in ("Leanne", "Dafydd"):
        files.append(save(tmp_path / f"{name}.pdf", functools.partial(add_field, value=name)))
    (tmp_path / "work").mkdir()
    clean = [admitted(one) for one in admit_evidence(files, tmp_path / "work")]
    cover = Cover("Family Court", "ZZ26C50142", (), (), (), "final hearing", dt.date(2026, 11, 22))
    entries = [BundlePaper(f"Form {number}", "other", one.pdf) for number, one in enumerate(clean)]
    result = assemble_bundle(cover, [BundleSection("other", "F", "Other documents")], entries, tmp_path / "bundle.pdf")
    assert "Leanne" in read_text(result.path, result.front_pages)
    assert "Dafydd" in read_text(result.path, result.front_pages + 1)
    with pikepdf.open(result.path) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_drawn_notes_become_part_of_the_page_and_undrawn_ones_are_counted(tmp_path: Path, admit: Admit) -> None:
    def annotate(pdf: pikepdf.Pdf) -> None:
        red = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 50 50 re f", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 50, 50])})
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[300, 300, 350, 350], AP=Dictionary(N=red))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="the carer lives next door")
        pdf.pages[0].Annots = Array([pdf.make_indirect(stamp), pdf.make_indirect(note)])

    result = admitted(admit(save(tmp_path / "notes.pdf", annotate)))
    assert colour_at(result.pdf, 325, 325) == (255, 0, 0)
    assert b"next door" not in result.pdf.read_bytes()
    assert result.removed == {Removed.NOTES: 1}


def test_what_acts_and_what_tells_about_the_maker_is_left_out(tmp_path: Path, admit: Admit) -> None:
    def arm(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = Dictionary(O=script)
        launch = Dictionary(S=Name.Launch, F="calc.exe")
        pdf.pages[0].Annots = Array(
            [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch))]
        )
        pdf.attachments["hidden.txt"] = b"attached words"
        pdf.docinfo["/Author"] = "Foster Carer"
        picture = pikepdf.Stream(
            pdf,
            b"\0",
            {
                "/Subtype": Name.Image,
                "/Width": 1,
                "/Height": 1,
                "/BitsPerComponent": 8,
                "/ColorSpace": Name.DeviceGray,
            },
        )
        picture.Metadata = pikepdf.Stream(pdf, b"<x>51.5007 N</x>")
        pdf.pages[0].add_resource(picture, Name.XObject, Name.Im1)
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q 9 0 0 9 0 0 cm /Im1 Do Q")
        pdf.pages[0].PieceInfo = Dictionary(App=Dictionary(Private="kept by the program"))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Carer's address", 0))

    result = admitted(admit(save(tmp_path / "armed.pdf", arm)))
    with pikepdf.open(result.pdf) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert not len(pdf.docinfo)
        written = b"".join(part.unparse() for part in pdf.objects) + result.pdf.read_bytes()
    for words in (
        b"JavaScript",
        b"Launch",
        b"calc.exe",
        b"attached words",
        b"Foster Carer",
        b"51.5007",
        b"kept by",
        b"address",
    ):
        assert words not in written
    assert result.removed == {"scripts": 2, "launch actions": 1, "attachments": 1, "metadata": 2, "bookmarks": 1}
    assert "attachments (1), launch actions (1), scripts (2)" in result.warnings[0]


def test_links_inside_the_paper_stay(tmp_path: Path, admit: Admit) -> None:
    def link(pdf: pikepdf.Pdf) -> None:
        leads = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[pdf.pages[1].obj, Name.Fit])
        pdf.pages[0].Annots = Array([pdf.make_indirect(leads)])

    result = admitted(admit(save(tmp_path / "linked.pdf", link, pages=2)))
    with pikepdf.open(result.pdf) as pdf:
        assert pdf.pages[0].obj.Annots[0].Dest[0].objgen == pdf.pages[1].objgen


def test_a_camera_photograph_inside_a_pdf_loses_its_place_and_time(tmp_path: Path, admit: Admit) -> None:
    taken = photograph(tmp_path / "taken.jpg").read_bytes()

    def place(pdf: pikepdf.Pdf) -> None:
        image = pikepdf.Stream(
            pdf,
            taken,
            {
                "/Type": Name.XObject,
                "/Subtype": Name.Image,
                "/Width": 60,
                "/Height": 30,
                "/BitsPerComponent": 8,
                "/ColorSpace": Name.DeviceRGB,
                "/Filter": Name.DCTDecode,
            },
        )
        pdf.pages[0].add_resource(image, Name.XObject, Name.Im1)
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q 100 0 0 50 100 100 cm /Im1 Do Q")

    assert b"Exif" in taken
    result = admitted(admit(save(tmp_path / "album.pdf", place)))
    assert b"Exif" not in result.pdf.read_bytes()
    assert colour_at(result.pdf, 120, 125)[0] > 200


def test_a_file_with_an_owner_password_is_admitted_and_said(tmp_path: Path, admit: Admit) -> None:
    file = save(tmp_path / "owned.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    result = admitted(admit(file))
    assert result.outcome is AdmissionResult.MERGED_WITH_WARNING
    with pikepdf.open(result.pdf) as pdf:
        assert not pdf.is_encrypted


def test_a_damaged_file_that_can_be_repaired_is_admitted_with_a_warning(tmp_path: Path, admit: Admit) -> None:
    content = save(tmp_path / "whole.pdf", pages=2, object_stream_mode=pikepdf.ObjectStreamMode.disable).read_bytes()
    file = tmp_path / "damaged.pdf"
    start = content.rindex(b"startxref")
    file.write_bytes(content[:start] + b"startxref\n7\n%%EOF\n")
    result = admitted(admit(file))
    assert result.pages == 2
    assert any("repaired" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.pdf", b"", "empty"),
        ("blank.pdf", b"\0" * 5000, "blanks"),
        ("text.pdf", b"Dear Sir, this is no PDF.", "plain text"),
        ("page.pdf", b"<!DOCTYPE html><html></html>", "web page"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office file of the old kind"),
        ("photo.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC"),
        ("scan.pdf", b"II*\0" + b"\0" * 99, "TIFF"),
        ("drawing.png", b"<svg xmlns='x'/>", "SVG"),
        ("films.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 99, "film"),
        ("run.pdf", b"MZ\x90\0" + b"\0" * 99, "program"),
        ("unknown.pdf", b"\x01\x02\x03\0" * 20, "not known"),
        ("broken.pdf", b"%PDF-1.7\nnothing more\nstartxref\n0\n%%EOF", "damaged"),
        ("broken.jpg", b"\xff\xd8\xff\xe0nonsense", "damaged"),
        ("broken.docx", b"PK\x03\x04[Content_Types].xml word/ nonsense", "damaged"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named_for_what_it_is(
    tmp_path: Path, admit: Admit, name: str, content: bytes, word: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert word in quarantined(admit(file)).says


def test_a_missing_file_is_a_result_and_not_a_crash(tmp_path: Path, admit: Admit) -> None:
    assert "opened" in refused(admit(tmp_path / "gone.pdf")).problem.says


def test_a_signed_paper_is_admitted_with_a_word_about_its_original(tmp_path: Path, admit: Admit) -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T="signature",
                V=Dictionary(Type=Name.Sig),
                Rect=[0, 0, 0, 0],
            )
        )
        pdf.pages[0].Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=[field])

    result = admitted(admit(save(tmp_path / "signed.pdf", sign)))
    assert result.signed
    assert any("original" in warning for warning in result.warnings)


def photograph(path: Path, orientation: int = 1) -> Path:
    """A picture 60 by 30, red on its left half and blue on its right, as a camera held some way would store it."""
    picture = Image.new("RGB", (60, 30), "blue")
    picture.paste((255, 0, 0), (0, 0, 30, 30))
    notes = picture.getexif()
    notes[0x0112] = orientation
    notes[0x010F] = "Camera of Leanne Hale"
    picture.save(path, exif=notes, quality=95)
    return path


@pytest.mark.parametrize(
    ("orientation", "wide", "red_at"),
    [
        (1, True, "left"),
        (2, True, "right"),
        (3, True, "right"),
        (4, True, "left"),
        (5, False, "top"),
        (6, False, "top"),
        (7, False, "bottom"),
        (8, False, "bottom"),
    ],
)
def test_a_photograph_stands_upright_on_one_a4_page_without_its_notes(
    tmp_path: Path, admit: Admit, orientation: int, wide: bool, red_at: str
) -> None:
    result = admitted(admit(photograph(tmp_path / "photo.jpg", orientation)))
    content = result.pdf.read_bytes()
    assert b"Leanne" not in content
    assert b"Exif" not in content
    with pikepdf.open(result.pdf) as pdf:
        width, height = (float(side) for side in list(pdf.pages[0].mediabox)[2:])
        assert not len(pdf.docinfo)
    assert (round(width), round(height)) == ((842, 595) if wide else (595, 842))
    shift = {"left": (-10, 0), "right": (10, 0), "top": (0, 10), "bottom": (0, -10)}[red_at]
    there = colour_at(result.pdf, width / 2 + shift[0], height / 2 + shift[1])
    opposite = colour_at(result.pdf, width / 2 - shift[0], height / 2 - shift[1])
    assert there[0] > 200 > there[2]
    assert opposite[2] > 200 > opposite[0]


def test_what_is_transparent_in_a_png_is_white_paper(tmp_path: Path, admit: Admit) -> None:
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    picture.paste((0, 128, 0, 255), (0, 0, 200, 400))
    picture.save(tmp_path / "screen.png")
    result = admitted(admit(tmp_path / "screen.png"))
    assert colour_at(result.pdf, 595 / 2 - 50, 842 / 2) == (0, 128, 0)
    assert colour_at(result.pdf, 595 / 2 + 50, 842 / 2) == (255, 255, 255)


def test_a_large_picture_is_brought_to_300_dots_per_inch(tmp_path: Path, admit: Admit) -> None:
    Image.new("L", (6000, 8000), 200).save(tmp_path / "scan.png")
    result = admitted(admit(tmp_path / "scan.png"))
    with pikepdf.open(result.pdf) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        pixels = int(image.Width)
    shown = 595.2756 - 2 * 34
    assert pixels / (shown / 72) <= 300.5


def test_sixteen_bit_grey_stays_grey(tmp_path: Path, admit: Admit) -> None:
    Image.new("I;16", (300, 300), 32768).save(tmp_path / "deep.png")
    result = admitted(admit(tmp_path / "deep.png"))
    assert all(120 <= part <= 136 for part in colour_at(result.pdf, 595 / 2, 842 / 2))


def test_a_picture_named_as_a_pdf_is_admitted_as_what_it_is(tmp_path: Path, admit: Admit) -> None:
    photograph(tmp_path / "photo.jpg").rename(tmp_path / "photo.pdf")
    result = admitted(admit(tmp_path / "photo.pdf"))
    assert "JPEG" in result.warnings[0]


def test_bytes_that_are_no_photograph_are_not_touched() -> None:
    for content in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a"):
        assert remove_camera_data(content) == content


def write_word(path: Path, **parts: bytes) -> Path:
    document = Document()
    document.add_paragraph("Statement")
    document.save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return path


def test_a_word_file_is_handed_back_for_conversion(tmp_path: Path, admit: Admit) -> None:
    file = write_word(tmp_path / "statement.docx")
    result = admit(file)
    assert isinstance(result, WordEvidence)
    assert result.docx.read_bytes() == file.read_bytes()
    assert result.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert result.warnings == ()


def test_words_that_look_like_tags_of_our_templates_are_never_filled_in(tmp_path: Path, admit: Admit) -> None:
    document = Document()
    document.add_paragraph("{{ child.name }}{% for x in y %}{{ ''.__class__ }}")
    document.save(str(tmp_path / "tags.docx"))
    result = admit(tmp_path / "tags.docx")
    assert isinstance(result, WordEvidence)
    assert result.docx.read_bytes() == (tmp_path / "tags.docx").read_bytes()


def test_a_word_file_that_unpacks_without_end_is_refused(tmp_path: Path, admit: Admit) -> None:
    file = write_word(tmp_path / "bomb.docx", **{"word__media__x.bin": b"\0" * 30_000_000})
    assert "unpacks" in quarantined(admit(file)).says


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/outside.xml"])
def test_a_word_file_that_reaches_outside_is_refused(tmp_path: Path, admit: Admit, name: str) -> None:
    assert "outside" in quarantined(admit(write_word(tmp_path / "slip.docx", **{name: b"x"}))).says


def test_a_word_file_with_declarations_is_refused(tmp_path: Path, admit: Admit) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "declares" in quarantined(admit(write_word(tmp_path / "dtd.docx", **{"word__extra.xml": bomb}))).says


def test_a_spreadsheet_named_as_word_is_refused(tmp_path: Path, admit: Admit) -> None:
    with zipfile.ZipFile(tmp_path / "table.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", "<x/>")
    assert "not a Word document" in quarantined(admit(tmp_path / "table.docx")).says


def test_macros_and_outside_templates_of_a_word_file_are_told(tmp_path: Path, admit: Admit) -> None:
    template = b'<Relationship Type="x/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/>'
    outside = b"<Relationships>" + template + b"</Relationships>"
    result = admit(
        write_word(tmp_path / "m.docm", **{"word__vbaProject.bin": b"x", "word___rels__settings.xml.rels": outside})
    )
    assert isinstance(result, WordEvidence)
    assert [("macros" in one or "elsewhere" in one) for one in result.warnings] == [True, True]
    assert result.removed == {Removed.SCRIPTS: 1}


@pytest.mark.parametrize("trouble", ["time.sleep(60)", "os._exit(1)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_file_that_hangs_or_brings_the_reader_down_does_not_take_the_others_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    pytest.importorskip("resource")
    script = tmp_path / "child.py"
    script.write_text(
        "import os, time\nfrom generator.base.sandbox.child import serve\nfrom generator.evidence import child\n"
        f"def answer(file, answers):\n    if '0002-source' in file.source: {trouble}\n"
        "    child.answer(file, answers)\n"
        "serve(child.FileToClean, answer, file_size=2**30, seconds=60)\n"
    )
    monkeypatch.setattr("generator.evidence.admit._CHILD", (str(script),))
    files = [save(tmp_path / f"{name}.pdf", pages=pages) for pages, name in enumerate("abc", 1)]
    (tmp_path / "work").mkdir()
    first, second, third = admit_evidence(files, tmp_path / "work", deadline=5)
    assert [admitted(first).pages, admitted(third).pages] == [1, 3]
    assert "could not be read" in quarantined(second).says


def test_many_files_are_read_by_one_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **more: Any) -> None:
            started.append(args)
            super().__init__(*args, **more)

    monkeypatch.setattr("generator.base.sandbox.worker.subprocess.Popen", Counted)
    files = [save(tmp_path / f"{number}.pdf") for number in range(8)]
    (tmp_path / "work").mkdir()
    assert [admitted(one).source for one in admit_evidence(files, tmp_path / "work")] == files
    assert len(started) == 1
    assert not any(str(tmp_path) in str(args) for args in started)


def test_the_child_cannot_be_made_to_import_from_the_folder_of_evidence(
    tmp_path: Path, admit: Admit, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pikepdf.py").write_text("raise SystemExit")
    file = save(tmp_path / "plain.pdf")
    monkeypatch.chdir(tmp_path)
    assert admitted(admit(file)).pages == 1


def test_it_works_where_the_system_has_no_limits(tmp_path: Path) -> None:
    file = save(tmp_path / "plain.pdf")
    program = (
        "import sys; sys.modules['resource'] = None\n"
        "from generator.base.sandbox.child import limit_this_process, limit_time\n"
        "from generator.evidence.child import FileToClean, clean_file\n"
        "limit_this_process(file_size=2**20); limit_time(60)\n"
        f"print(clean_file(FileToClean('PDF', {str(file)!r}, {str(tmp_path / 'o.pdf')!r})))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert "pages=1" in done.stdout


def test_no_message_quotes_a_path_or_a_word_of_the_file(tmp_path: Path, admit: Admit) -> None:
    file = tmp_path / "Leanne Hale.pdf"
    file.write_bytes(b"%PDF-1.7\n(Leanne Hale) secret\nstartxref\n0\n%%EOF")
    problem = quarantined(admit(file))
    for word in ("Leanne", "secret", str(tmp_path)):
        assert word not in problem.says + problem.remedy + problem.path


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "scan.png"
    Image.new("RGB", (200, 300), "white").save(source)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (result,) = admit_evidence([source], tmp_path / name)
        assert isinstance(result, AdmittedEvidence)
        made.append(result.pdf.read_bytes())
    assert made[0] == made[1]


def make_trap(name: str, folder: Path) -> Path:
    """One file of the hostile folder."""
    file = folder / name
    TRAPS[name].make(file)
    return file


def read_everything(pdf: Path) -> bytes:
    """Every object of a PDF and its unpacked instructions, and all text a reader finds on its pages."""
    with pikepdf.open(pdf) as opened:
        parts = [part.unparse() for part in opened.objects]
        for part in opened.objects:
            if isinstance(part, pikepdf.Stream) and part.get("/Subtype") != "/Image":
                parts.append(part.read_bytes())
        pages = len(opened.pages)
    return b"".join(parts) + "".join(read_text(pdf, page) for page in range(pages)).encode()


SMALL = [name for name in TRAPS if name != "gigantic.pdf"]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[EvidenceResult, list[str]]]:
    """What became of each hostile file, admitted in one go, and which files it left in the folder of results."""
    folder, work = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("work")
    results = admit_evidence([make_trap(name, folder) for name in SMALL], work)
    left = [sorted(one.name for one in work.glob(f"{number:04}*")) for number in range(1, len(SMALL) + 1)]
    return dict(zip(SMALL, zip(results, left, strict=True), strict=True))


@pytest.mark.parametrize("name", SMALL)
def test_each_hostile_file_ends_as_its_maker_says(
    ended: dict[str, tuple[EvidenceResult, list[str]]], name: str
) -> None:
    trap = TRAPS[name]
    result, left = ended[name]
    assert result.sha256 == hashlib.sha256(result.source.read_bytes()).hexdigest()
    if isinstance(result, WordEvidence):
        assert trap.becomes == HOSTILE.WORD
        assert any(trap.says in warning for warning in result.warnings)
        return
    assert result.outcome == trap.becomes
    if isinstance(result, RefusedEvidence):
        assert trap.says in result.problem.says
        assert not left
        return
    assert left == [result.pdf.name]
    if result.outcome is AdmissionResult.QUARANTINED:
        assert trap.says in quarantined(result).says
        return
    assert any(trap.says in warning for warning in result.warnings) or not trap.says
    assert (result.outcome is AdmissionResult.MERGED) == (not result.warnings)
    with pikepdf.open(result.pdf) as pdf, pypdfium2.PdfDocument(result.pdf) as shown:
        assert len(pdf.pages) == len(shown) == result.pages == trap.pages
        assert "/AcroForm" not in pdf.Root
    found = read_everything(result.pdf)
    assert trap.keeps.encode() in found
    assert HOSTILE.HIDDEN.encode() not in found
    assert not ACTS.search(found)


def test_the_hostile_folder_has_every_outcome_and_explains_each_file() -> None:
    assert {trap.becomes for trap in TRAPS.values()} == {*map(str, AdmissionResult), HOSTILE.WORD}
    assert len(TRAPS) == len(HOSTILE.TRAPS)
    assert all(trap.about.endswith(".") or trap.about.endswith(")") for trap in TRAPS.values())


@pytest.mark.parametrize("name", [name for name, trap in TRAPS.items() if trap.becomes == "quarantined"][:4])
def test_strict_makes_a_quarantined_file_stop_the_build(tmp_path: Path, admit: Admit, name: str) -> None:
    result = refused(admit(make_trap(name, tmp_path), strict=True))
    assert TRAPS[name].says in result.problem.says
    assert not [*(tmp_path / "work").iterdir()]


def test_a_file_that_is_too_large_is_hashed_and_not_copied(
    tmp_path: Path, admit: Admit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.evidence.admit.MAX_SIZE", 100)
    file = save(tmp_path / "large.pdf")
    result = admit(file)
    assert "larger than" in quarantined(result).says
    assert result.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_page_in_place_of_a_file_says_its_hash_and_no_name(tmp_path: Path, admit: Admit) -> None:
    file = make_trap("password.pdf", tmp_path).rename(tmp_path / "Leanne Hale.pdf")
    result = admitted(admit(file))
    said = read_text(result.pdf)
    assert "".join(said.split()).endswith(result.sha256)
    assert "This page stands in place of a file that could not be included." in said
    assert "Leanne" not in said
    with pikepdf.open(result.pdf) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 595, 842]
        fonts = [font for font in pdf.objects if isinstance(font, Dictionary) and font.get("/Type") == "/Font"]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts if "/FontDescriptor" in font)
    assert result.searchable


def test_the_same_reasons_give_the_same_page(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        result = quarantine_evidence(tmp_path, tmp_path / name, "It hangs", "print it", sha256="ab" * 32, size=5)
        assert quarantined(result).remedy == "print it"
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize("name", [name for name in TRAPS if name.startswith("hidden-layer")])
def test_what_a_layer_hides_is_not_in_the_picture_of_its_page(tmp_path: Path, admit: Admit, name: str) -> None:
    result = admitted(admit(make_trap(name, tmp_path)))
    assert has_ink(result.pdf, (72, 745, 130, 765))
    assert not has_ink(result.pdf, (60, 680, 400, 720))


def test_only_the_page_with_a_hidden_layer_becomes_a_picture(tmp_path: Path, admit: Admit) -> None:
    result = admitted(admit(make_trap("hidden-layer.pdf", tmp_path)))
    assert (result.drawn, result.without_text, result.searchable) == ((1,), (1,), False)
    assert read_text(result.pdf, 0).strip() == ""
    assert read_text(result.pdf, 1).strip() == "Statement"


def has_ink(pdf: Path, box: tuple[float, float, float, float]) -> bool:
    with pypdfium2.PdfDocument(pdf) as opened:
        shown: Image.Image = opened[0].render(scale=1).to_pil().convert("L")
    left, bottom, right, top = map(int, box)
    extremes: Any = shown.crop((left, shown.height - top, right, shown.height - bottom)).getextrema()
    return bool(extremes[0] < 128)


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("form.pdf", (72, 500, 400, 560)),
        ("form-many-lines.pdf", (72, 500, 400, 560)),
        ("form-polish.pdf", (72, 500, 400, 560)),
        ("form-arabic.pdf", (72, 500, 400, 560)),
        ("form-ticked.pdf", (74, 502, 90, 518)),
        ("form-ticked.pdf", (74, 462, 90, 478)),
        ("form-of-two-minds.pdf", (74, 462, 90, 478)),
        ("stamp-left-out-by-some.pdf", (302, 302, 348, 348)),
        ("box-that-readers-draw.pdf", (72, 692, 300, 708)),
    ],
)
def test_what_a_reader_shows_in_a_form_is_seen_on_the_page(
    tmp_path: Path, admit: Admit, name: str, box: tuple[float, float, float, float]
) -> None:
    assert has_ink(admitted(admit(make_trap(name, tmp_path))).pdf, box)


def test_an_answer_that_the_file_draws_is_kept_as_it_is_drawn(tmp_path: Path, admit: Admit) -> None:
    """Programs leave the word that all answers are to be drawn anew behind, also where they have drawn them well."""

    def fill(pdf: pikepdf.Pdf) -> None:
        add_field(pdf, "first line\nsecond line")
        lines = b"BT /Helv 9 Tf 2 12 Td (first line) Tj 0 -10 Td (second line) Tj ET"
        drawing = pikepdf.Stream(pdf, lines, {"/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 20])})
        drawing.stream_dict.Resources = Dictionary(Font=pdf.Root.AcroForm.DR.Font)
        pdf.pages[0].obj.Annots[0].AP = Dictionary(N=drawing)

    result = admitted(admit(save(tmp_path / "drawn.pdf", fill)))
    assert result.drawn == ()
    assert read_text(result.pdf).split() == ["first", "line", "second", "line"]


@pytest.mark.parametrize("name", ["hidden-layer.pdf", "form-arabic.pdf", "open-string.pdf", "wall.pdf", "acts.pdf"])
def test_every_way_gives_the_same_bytes_twice(tmp_path: Path, name: str) -> None:
    file = make_trap(name, tmp_path)
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (result,) = admit_evidence([file], tmp_path / folder)
        made.append(admitted(result).pdf.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(("name", "size"), [("unit.pdf", (1190, 1684)), ("wall.pdf", (595, 842))])
def test_pages_of_unusual_size_have_one_that_every_reader_shows(
    tmp_path: Path, admit: Admit, name: str, size: tuple[int, int]
) -> None:
    result = admitted(admit(make_trap(name, tmp_path)))
    with pikepdf.open(result.pdf) as pdf:
        assert "/UserUnit" not in pdf.pages[0].obj
        assert tuple(round(float(side)) for side in list(pdf.pages[0].mediabox)[2:]) == size


def test_every_page_of_a_bundle_of_hostile_files_shows_its_number(
    tmp_path: Path, ended: dict[str, tuple[EvidenceResult, list[str]]]
) -> None:
    clean = [result for result, _ in ended.values() if isinstance(result, AdmittedEvidence)]
    cover = Cover("Family Court", "ZZ26C50142", (), (), (), "final hearing", dt.date(2026, 11, 22))
    entries = [BundlePaper(f"Paper {number}", "other", one.pdf) for number, one in enumerate(clean)]
    made = assemble_bundle(cover, [BundleSection("other", "F", "Other documents")], entries, tmp_path / "bundle.pdf")
    assert len(made.labels) == made.front_pages + sum(one.pages for one in clean)
    with pypdfium2.PdfDocument(made.path) as pdf:
        for number in range(made.front_pages, len(pdf)):
            page = pdf[number]
            width, height = page.get_size()
            text = page.get_textpage()
            label = made.labels[number]
            last = text.count_chars() - 1
            assert text.get_text_range(last - len(label) + 1) == label
            # In the lower right of what is shown, and as large there as anywhere.
            left, bottom, right, top = text.get_charbox(last)
            box, x, y, tall = page.get_bbox(), (left + right) / 2, (bottom + top) / 2, top - bottom
            across, up = x - box[0], y - box[1]
            if page.get_rotation() == 90:
                across, up, tall = y - box[1], box[2] - x, right - left
            assert across > width * 0.9
            assert up < height * 0.05
            assert 5 < tall * 842 / max(width, height) < 15


def test_a_word_file_that_may_keep_what_it_has_is_admitted_and_says_what_is_printed(
    tmp_path: Path, admit: Admit
) -> None:
    file = make_trap("tracked-changes.docx", tmp_path)
    result = admit(file, may_stay=[frozenset({"tracked_changes"})])
    assert isinstance(result, WordEvidence)
    assert "What was struck out is printed" in result.warnings[0]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("tracked-changes.docx", "comments"),
        ("comments.docx", "hidden_text"),
        ("hidden-text.docx", "tracked_changes"),
    ],
)
def test_leave_to_keep_one_thing_is_no_leave_to_keep_another(
    tmp_path: Path, admit: Admit, name: str, other: str
) -> None:
    assert "may_stay" in refused(admit(make_trap(name, tmp_path), may_stay=[frozenset({other})])).problem.remedy


def test_leave_is_given_to_each_file_by_its_place(tmp_path: Path) -> None:
    file = make_trap("comments.docx", tmp_path)
    (tmp_path / "work").mkdir()
    stays = [frozenset[str](), frozenset({"comments"})]
    first, second = admit_evidence([file, file], tmp_path / "work", may_stay=stays)
    assert isinstance(first, RefusedEvidence)
    assert isinstance(second, WordEvidence)
    with pytest.raises(ValueError, match="one entry for each file"):
        admit_evidence([file], tmp_path / "work", may_stay=stays)


def test_fields_that_move_say_what_they_said_and_others_stay_fields(tmp_path: Path, admit: Admit) -> None:
    result = admit(make_trap("moving-fields.docx", tmp_path))
    assert isinstance(result, WordEvidence)
    with zipfile.ZipFile(result.docx) as packed:
        main = packed.read("word/document.xml").decode()
        assert packed.testzip() is None
    assert [field for field in ("fldChar", "DATE", "FILENAME", " PAGE ") if field in main] == [" PAGE "]
    text = "".join(paragraph.text for paragraph in Document(str(result.docx)).paragraphs)
    assert text == "Statement of 3 March 2026statement.docx END"


def test_a_moving_field_without_a_result_is_told(tmp_path: Path, admit: Admit) -> None:
    file = tmp_path / "blank-date.docx"
    HOSTILE.word_file(file, HOSTILE.between('<w:fldSimple w:instr=" TIME "/>'))
    result = admit(file)
    assert isinstance(result, WordEvidence)
    assert any("nothing saved" in warning for warning in result.warnings)


def test_hidden_paragraph_marks_are_no_hidden_text(tmp_path: Path, admit: Admit) -> None:
    """Word hides the marks between some paragraphs of its own accord, and names a property where nothing is hidden."""
    file = tmp_path / "marks.docx"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'
    HOSTILE.word_file(file, lambda xml: HOSTILE.between(shown)(xml).replace(
        "<w:body>", "<w:body><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"))  # fmt: skip
    assert isinstance(admit(file), WordEvidence)


def test_a_word_file_and_its_pdf_make_one_result(tmp_path: Path) -> None:
    word = WordEvidence(tmp_path / "a.docx", tmp_path / "0001.docx", "ab", ("macros",), {Removed.SCRIPTS: 1})
    pdf = AdmittedEvidence(
        tmp_path / "a.pdf",
        tmp_path / "b.pdf",
        3,
        "cd",
        AdmissionResult.MERGED,
        removed={Removed.SCRIPTS: 2, Removed.METADATA: 1},
    )
    joined = join_word(word, pdf)
    assert isinstance(joined, AdmittedEvidence)
    assert (joined.source, joined.sha256, joined.pdf, joined.pages) == (word.source, "ab", pdf.pdf, 3)
    assert (joined.outcome, joined.warnings) == (AdmissionResult.MERGED_WITH_WARNING, ("macros",))
    assert joined.removed == {Removed.SCRIPTS: 3, Removed.METADATA: 1}
    refusal = join_word(word, RefusedEvidence(pdf.source, Problem("B001", "no"), "cd"))
    assert isinstance(refusal, RefusedEvidence)
    assert (refusal.source, refusal.sha256) == (word.source, "ab")


def test_a_full_disk_is_no_fault_of_the_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "child.py"
    script.write_text(
        "import errno\nimport pikepdf\nfrom generator.base.sandbox.child import serve\n"
        "from generator.evidence import child\n"
        "def full(self, *_, **__): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "pikepdf.Pdf.save = full\nserve(child.FileToClean, child.answer, file_size=2**30, seconds=60)\n"
    )
    monkeypatch.setattr("generator.evidence.admit._CHILD", (str(script),))
    (tmp_path / "work").mkdir()
    with pytest.raises(FileBusyError, match="full"):
        admit_evidence([save(tmp_path / "plain.pdf")], tmp_path / "work")


def test_a_file_of_many_pages_has_time_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "child.py"
    script.write_text(
        "import time\nfrom generator.base.sandbox.child import serve\nfrom generator.evidence import child\n"
        "def answer(file, answers):\n    answers.allow(60)\n    time.sleep(4)\n    child.answer(file, answers)\n"
        "serve(child.FileToClean, answer, file_size=2**30, seconds=60)\n"
    )
    monkeypatch.setattr("generator.evidence.admit._CHILD", (str(script),))
    (tmp_path / "work").mkdir()
    (result,) = admit_evidence([save(tmp_path / "long.pdf")], tmp_path / "work", deadline=3)
    assert admitted(result).outcome is AdmissionResult.MERGED


def put_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A program of the name ocrmypdf that does what it is told here."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "ocrmypdf"
    script.write_text(f"#!{sys.executable}\nimport os, sys, time\nsource, target = sys.argv[-2:]\n{program}")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


READS = """
import pikepdf
with pikepdf.open(source) as pdf:
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources.Font = pikepdf.Dictionary(F1=font)
    page.contents_add(pikepdf.Stream(pdf, b"BT 3 Tr /F1 12 Tf 72 690 Td (A scanned letter of the school) Tj ET"))
    pdf.docinfo["/Producer"] = "reader"
    pdf.save(target)
"""


@pytest.mark.skipif(os.name != "posix", reason="a script is a program only there")
def test_a_scan_is_read_where_the_program_for_that_is_installed(
    tmp_path: Path, admit: Admit, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path, monkeypatch, READS)
    result = admitted(admit(make_trap("scan.pdf", tmp_path)))
    assert (result.searchable, result.outcome, result.warnings) == (True, AdmissionResult.MERGED, ())
    assert "scanned letter" in read_text(result.pdf)
    assert b"reader" not in read_everything(result.pdf)
    assert [one.name for one in (tmp_path / "work").iterdir()] == [result.pdf.name]


@pytest.mark.skipif(os.name != "posix", reason="a script is a program only there")
@pytest.mark.parametrize(
    "program",
    [
        "sys.exit(2)",
        "pass",
        "open(target, 'wb').write(b'not a PDF')",
        "import pikepdf; pikepdf.new().save(target)",
        "import pikepdf; pdf = pikepdf.open(source); pdf.pages.append(pdf.pages[0]); pdf.save(target)",
        "time.sleep(600)",
    ],
)
def test_a_program_that_cannot_read_a_scan_changes_nothing(
    tmp_path: Path, admit: Admit, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    put_on_path(tmp_path, monkeypatch, program)
    monkeypatch.setattr("generator.evidence.admit._SECONDS_PER_SCAN", 1.0)
    result = admitted(admit(make_trap("scan.pdf", tmp_path), deadline=5))
    assert result.without_text == (1,)
    assert any("no text on page 1" in warning for warning in result.warnings)
    assert [one.name for one in (tmp_path / "work").iterdir()] == [result.pdf.name]


@pytest.mark.skipif(os.name != "posix", reason="a script is a program only there")
def test_what_a_program_that_reads_scans_has_started_is_ended_with_it(
    tmp_path: Path, admit: Admit, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = (
        "while True:\n    open(os.path.join(os.path.dirname(sys.argv[0]), 'sign'), 'ab').write(b'.'); time.sleep(0.05)"
    )
    put_on_path(tmp_path, monkeypatch, f"os.fork() and time.sleep(600)\n{works}")
    monkeypatch.setattr("generator.evidence.admit._SECONDS_PER_SCAN", 1.0)
    admit(make_trap("scan.pdf", tmp_path), deadline=2)
    sign = tmp_path / "bin" / "sign"
    before = sign.stat().st_size
    time.sleep(0.5)
    assert sign.stat().st_size == before > 0


@given(st.lists(st.integers(1, 400), min_size=1))
def test_pages_are_said_in_full_and_read_back_the_same(pages: list[int]) -> None:
    said = name_pages(pages)
    read: list[int] = []
    for part in said.split(" ", 1)[1].split(", "):
        first, _, last = part.partition("–")
        read += range(int(first), int(last or first) + 1)
    assert read == sorted(set(pages))
    assert said.startswith("pages") == (len(read) > 1)


PIECES = st.sampled_from(
    [
        b"q", b"Q", b"BT", b"ET", b"(", b")", b"[", b"]", b"<<", b">>", b"<", b">", b"\\", b"% note",
        b"0.1 0 0 0.1 9 9 cm", b"/F1 12 Tf", b"(words) Tj", b"(a (b) c) Tj", b"[(a) 3 (b)] TJ", b"<41> Tj",
        b"/A BMC", b"EMC", b"/A <</B 1>> BDC",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"BI /W 9 ID (", b"3 Tr", b"1 g", b"0 0 9 9 re W n", b"\n", b"\xff",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12), st.booleans())
def test_what_is_written_after_any_instructions_is_seen_as_large_as_it_was_written(
    pieces: list[bytes], new_lines: bool
) -> None:
    content = (b"\n" if new_lines else b" ").join(pieces)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        fonts = Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        page.obj.Resources = Dictionary(Font=fonts)
        page.obj.Contents = pikepdf.Stream(pdf, content)
        told = look_through(read_content(page))
        if not told.closed:
            isolate(pdf, page, read_content(page), told.surplus)
            assert look_through(page.obj.Resources.XObject.Page.read_bytes()).surplus == 0
            page.obj.Resources.Font = fonts
        # A bundle saves the state before the instructions of a page, and takes it back after them.
        before, after = (
            pdf.make_indirect(pikepdf.Stream(pdf, said))
            for said in (b"q ", b"\nQ BT 0 Tr 0 g /F1 12 Tf 500 20 Td (C12) Tj ET")
        )
        page.obj.Contents = Array([before, page.obj.Contents, after])
        written = io.BytesIO()
        pdf.save(written)
    with pypdfium2.PdfDocument(written.getvalue()) as shown:
        text = shown[0].get_textpage()
        assert text.get_text_range().endswith("C12"), content
        left, bottom, _, top = text.get_charbox(text.count_chars() - 1)
    # A clip or a colour is the page's own affair; the stamp of a bundle sets its own.
    assert (round(left), round(bottom), round(top - bottom)) == (516, 20, 8), content


def test_a_file_that_changes_meanwhile_is_what_it_was_when_it_was_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = save(tmp_path / "one.pdf", pages=1), save(tmp_path / "other.pdf", pages=2)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    real = SandboxedWorker.ask

    def save_meanwhile(self: SandboxedWorker[Any], *question: Any) -> Any:
        file.write_bytes(other.read_bytes())
        return real(self, *question)

    monkeypatch.setattr(SandboxedWorker, "ask", save_meanwhile)
    (tmp_path / "work").mkdir()
    (result,) = admit_evidence([file], tmp_path / "work")
    assert (admitted(result).pages, result.sha256) == (1, before)
