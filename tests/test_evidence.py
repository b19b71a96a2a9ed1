"""Evidence from outside: what is admitted, what is left out, and what is refused with a way forward."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from pikepdf import Array, Dictionary, Name
from PIL import Image

from generator.bundle import Cover, Entry, Section, assemble_bundle
from generator.errors import Problem
from generator.evidence import AdmittedEvidence, EvidenceResult, Outcome, RefusedEvidence, WordEvidence, admit_evidence
from generator.evidence.photographs import remove_camera_data

Admit = Callable[..., EvidenceResult]


@pytest.fixture
def admit(tmp_path: Path) -> Admit:
    def admit_one(file: Path) -> EvidenceResult:
        work = tmp_path / "work"
        work.mkdir()
        (result,) = admit_evidence([file], work)
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
    assert (result.outcome, result.pages) == (Outcome.QUARANTINED, 1)
    assert result.problem
    assert result.problem.code == "B001"
    assert result.problem.remedy
    said = " ".join(read_text(result.pdf).split())
    assert result.problem.says in said
    return result.problem


def read_text(path: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return str(pdf[page].get_textpage().get_text_bounded())


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
    assert (result.pages, result.outcome, result.warnings) == (3, Outcome.MERGED, ())
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
    entries = [Entry(f"Form {number}", "other", one.pdf) for number, one in enumerate(clean)]
    result = assemble_bundle(cover, [Section("other", "F", "Other documents")], entries, tmp_path / "bundle.pdf")
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
    assert any("1 note" in warning for warning in result.warnings)


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
    assert any("attached" in warning for warning in result.warnings)


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
    assert result.outcome is Outcome.MERGED_WITH_WARNING
    with pikepdf.open(result.pdf) as pdf:
        assert not pdf.is_encrypted


def test_a_file_that_needs_a_password_says_so(tmp_path: Path, admit: Admit) -> None:
    file = save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    assert "password" in quarantined(admit(file)).says


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.97])
def test_a_file_that_is_cut_off_is_refused_and_not_taken_for_shorter(tmp_path: Path, admit: Admit, kept: float) -> None:
    content = save(tmp_path / "whole.pdf", pages=12).read_bytes()
    file = tmp_path / "cut.pdf"
    file.write_bytes(content[: int(len(content) * kept)])
    assert "cut off" in refused(admit(file)).problem.says


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


def test_a_pdf_without_pages_is_refused(tmp_path: Path, admit: Admit) -> None:
    assert "no pages" in quarantined(admit(save(tmp_path / "none.pdf", pages=0))).says


def test_a_missing_file_is_a_result_and_not_a_crash(tmp_path: Path, admit: Admit) -> None:
    assert "opened" in refused(admit(tmp_path / "gone.pdf")).problem.says


def test_hidden_layers_are_refused_because_a_merge_would_show_them(tmp_path: Path, admit: Admit) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="address"))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))

    assert "hidden layers" in refused(admit(save(tmp_path / "layers.pdf", hide))).problem.says


def test_redactions_that_were_only_marked_are_refused(tmp_path: Path, admit: Admit) -> None:
    def mark(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = Array(
            [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[0, 0, 9, 9]))]
        )

    assert "redaction" in refused(admit(save(tmp_path / "marked.pdf", mark))).problem.says


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
    [(1, True, "left"), (2, True, "right"), (3, True, "right"), (6, False, "top"), (8, False, "bottom")],
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


def test_a_picture_of_more_than_100_million_pixels_is_refused_before_it_is_unpacked(
    tmp_path: Path, admit: Admit
) -> None:
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    content = bytearray(small.getvalue())
    content[16:24] = (20_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    (tmp_path / "huge.png").write_bytes(content)
    assert "100 million" in quarantined(admit(tmp_path / "huge.png")).says


def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, admit: Admit) -> None:
    content = photograph(tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(content[: len(content) // 2])
    assert "cut off" in quarantined(admit(tmp_path / "cut.jpg")).says


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


@pytest.mark.parametrize("trouble", ["time.sleep(60)", "os._exit(1)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_file_that_hangs_or_brings_the_reader_down_does_not_take_the_others_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    pytest.importorskip("resource")
    script = tmp_path / "child.py"
    script.write_text(
        "import json, os, resource, sys, time\nfrom generator.evidence.child import answer\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        f"for line in sys.stdin:\n    if '0002-source' in line: {trouble}\n"
        "    print(json.dumps(answer(json.loads(line))), flush=True)\n"
    )
    monkeypatch.setattr("generator.evidence.worker._CHILD", (str(script),))
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

    monkeypatch.setattr("generator.evidence.worker.subprocess.Popen", Counted)
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
        "from pathlib import Path; from generator.evidence import child\n"
        "child._limit_process(); child._limit_time()\n"
        f"print(child.answer({{'kind': 'PDF', 'source': {str(file)!r}, 'target': {str(tmp_path / 'o.pdf')!r}}}))"
    )
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert "'pages': 1" in done.stdout


def test_no_message_quotes_a_path_or_a_word_of_the_file(tmp_path: Path, admit: Admit) -> None:
    file = tmp_path / "Leanne Hale.pdf"
    file.write_bytes(b"%PDF-1.7\n(Leanne Hale) secret\nstartxref\n0\n%%EOF")
    problem = quarantined(admit(file))
    for word in ("Leanne", "secret", str(tmp_path)):
        assert word not in problem.says + problem.remedy + problem.path


def test_a_box_that_only_readers_draw_is_refused_with_a_way_out(tmp_path: Path, admit: Admit) -> None:
    source = tmp_path / "covered.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[50, 700, 400, 720], F=4, IC=[0, 0, 0]
        )
        page.Annots = pikepdf.Array([pdf.make_indirect(box)])
        pdf.save(source)
    result = admit(source)
    assert isinstance(result, RefusedEvidence)
    assert "would be lost" in result.problem.says


@pytest.mark.parametrize("value", ["An answer with no drawing", "Łukasz"])
def test_an_answer_that_cannot_be_drawn_in_full_is_refused(value: str, tmp_path: Path, admit: Admit) -> None:
    source = tmp_path / "form.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="a", V=value,
                Rect=[50, 700, 400, 720], F=4,
            )
        )  # fmt: skip
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.save(source)
    result = admit(source)
    assert isinstance(result, RefusedEvidence)


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
