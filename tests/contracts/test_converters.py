"""The promise of `generator.convert.promise`, written once and kept by every converter that is there."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from generator.base.errors import ExitCode, ProgramMissingError
from generator.convert import converters
from generator.convert.promise import Converter, choose_converter, find_converters, is_word_archive

pytestmark = pytest.mark.libreoffice

_REAL = find_converters()
_LONG = 120.0


def write_word(path: Path, *pages: str) -> Path:
    document = Document()
    for number, text in enumerate(pages or ("One page.",)):
        document.add_heading(text, level=1).paragraph_format.page_break_before = number > 0
    document.save(str(path))
    return path


def write_word_with_linked_picture(path: Path, target: str) -> Path:
    """A Word file whose only picture is not in it: the relationship points outside."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "red").save(picture, "PNG")
    document = Document()
    document.add_paragraph("Above the picture.")
    picture.seek(0)
    document.add_picture(picture)
    document.save(str(path))
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    relations = parts["word/_rels/document.xml.rels"].decode()
    inside = 'Target="media/image1.png"'
    assert inside in relations
    parts["word/_rels/document.xml.rels"] = relations.replace(
        inside, f'Target="{target}" TargetMode="External"'
    ).encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"r:embed=", b"r:link=")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> {} '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>before</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
REACHES_OUT = {
    "a picture": ("image", ""),
    "an object": (
        "oleObject",
        (
            '<w:p><w:r><w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="s" style="width:60pt">'
            '<v:imagedata r:id="rIdOut"/></v:shape><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" '
            'Type="Link" ProgID="Word.Document.12" ShapeID="s" DrawAspect="Content" r:id="rIdOut" UpdateMode="Always"/>'
            "</w:object></w:r></w:p>"
        ),
    ),
    "a template": ("attachedTemplate", ""),
    "a document inside": ("subDocument", '<w:subDoc r:id="rIdOut"/>'),
    "a document taken in": ("aFChunk", '<w:altChunk r:id="rIdOut"/>'),
    "a field for a picture": ("", _FIELD.format('INCLUDEPICTURE "{}" \\* MERGEFORMAT')),
    "a field for a text": ("", _FIELD.format('INCLUDETEXT "{}"')),
    "a field that asks a program": ("", _FIELD.format('DDEAUTO soffice "{}" A1')),
    "a link": ("hyperlink", '<w:p><w:hyperlink r:id="rIdOut"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'),
}
"""Ways in which a Word file names something elsewhere: the kind of relation, and what stands in the text."""


def write_word_that_reaches_out(path: Path, kind: str, address: str) -> Path:
    relation, inside = REACHES_OUT[kind]
    if kind == "a picture":
        return write_word_with_linked_picture(path, address)
    write_word(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].replace(b"<w:sectPr", inside.replace("{}", address).encode() + b"<w:sectPr", 1)
    parts["word/document.xml"] = body
    if relation:
        where = "word/_rels/settings.xml.rels" if kind == "a template" else "word/_rels/document.xml.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        link = f'<Relationship Id="rIdOut" Type="{_OFFICE}/{relation}" Target="{address}" TargetMode="External"/>'
        parts[where] = parts.get(where, empty).replace(b"</Relationships>", link.encode() + b"</Relationships>")
    if kind == "a template":
        attached = b'<w:attachedTemplate xmlns:r="%b" r:id="rIdOut"/>' % _OFFICE.encode()
        start = parts["word/settings.xml"].index(b">", parts["word/settings.xml"].index(b"<w:settings")) + 1
        parts["word/settings.xml"] = parts["word/settings.xml"][:start] + attached + parts["word/settings.xml"][start:]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def processes_of(folder: Path) -> list[str]:
    """The command lines of running processes that name a folder."""
    if sys.platform != "linux":
        return []
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line:
            lines.append(line)
    return lines


class Listener:
    """A web server on this machine that counts what is asked of it."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(self.path)
                self.send_error(404)

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/picture.png"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.server.shutdown()
    listening.server.server_close()


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(params=_REAL, ids=lambda converter: converter.name)
def converter(request: pytest.FixtureRequest) -> Converter:
    found: Converter = request.param
    return found


class TestThePromise:
    """Each test runs for each converter in the package; a new converter has its tests by being there."""

    def test_its_program_is_found_and_has_a_version(self, converter: Converter) -> None:
        probe = converter.probe()
        assert probe.found, probe.remedy
        assert probe.version[:1].isdigit()

    def test_each_file_becomes_a_pdf_of_the_same_stem_and_pages(
        self, converter: Converter, tmp_path: Path, into: Path, work: Path
    ) -> None:
        one = write_word(tmp_path / "one.docx")
        three = write_word(tmp_path / "three.docx", "First", "Second", "Third")
        converter.convert([one, three], into, work, _LONG, Event())
        pages = {pdf.name: len(PdfReader(pdf).pages) for pdf in into.iterdir()}
        assert pages == {"one.pdf": 1, "three.pdf": 3}

    def test_words_stay_words(self, converter: Converter, tmp_path: Path, into: Path, work: Path) -> None:
        converter.convert([write_word(tmp_path / "x.docx", "Łukasz O'Neill & Siân")], into, work, _LONG, Event())
        assert "Łukasz O'Neill & Siân" in PdfReader(into / "x.pdf").pages[0].extract_text().replace("\u2019", "'")

    @pytest.mark.parametrize("stem", ["with space", "100% #1, 'quoted'", "Łódź – ደብዳቤ", "-leading-dash", "a.b.c"])
    def test_any_file_name_will_do(
        self, converter: Converter, stem: str, tmp_path: Path, into: Path, work: Path
    ) -> None:
        converter.convert([write_word(tmp_path / f"{stem}.docx")], into, work, _LONG, Event())
        assert [pdf.name for pdf in into.iterdir()] == [f"{stem}.pdf"]

    @pytest.mark.parametrize("content", [b"", b"just some text", b"PK\x03\x04 cut off", os.urandom(5000)])
    def test_what_is_not_a_word_file_gives_no_pdf_and_the_rest_goes_on(
        self, converter: Converter, content: bytes, tmp_path: Path, into: Path, work: Path
    ) -> None:
        bad = tmp_path / "bad.docx"
        bad.write_bytes(content)
        converter.convert([bad, write_word(tmp_path / "good.docx")], into, work, _LONG, Event())
        assert [pdf.name for pdf in into.iterdir()] == ["good.pdf"]

    def test_a_picture_on_the_network_is_not_asked_for(
        self, converter: Converter, listener: Listener, tmp_path: Path, into: Path, work: Path
    ) -> None:
        word = write_word_with_linked_picture(tmp_path / "linked.docx", listener.address)
        converter.convert([word], into, work, _LONG, Event())
        assert (into / "linked.pdf").is_file()
        assert listener.requests == []

    def test_nothing_that_a_file_names_elsewhere_is_asked_for(
        self, converter: Converter, listener: Listener, tmp_path: Path, into: Path, work: Path
    ) -> None:
        words = [
            write_word_that_reaches_out(tmp_path / f"{number}.docx", kind, f"{listener.address}?{number}")
            for number, kind in enumerate(REACHES_OUT)
        ]
        converter.convert(words, into, work, _LONG, Event())
        assert len([*into.iterdir()]) == len(words)
        assert listener.requests == []

    def test_a_picture_elsewhere_on_the_disk_is_not_taken_in(
        self, converter: Converter, tmp_path: Path, into: Path, work: Path
    ) -> None:
        secret = tmp_path / "secret.png"
        Image.new("RGB", (60, 60), "red").save(secret)
        word = write_word_with_linked_picture(tmp_path / "linked.docx", secret.as_uri())
        converter.convert([word], into, work, _LONG, Event())
        assert [len(page.images) for page in PdfReader(into / "linked.pdf").pages] == [0]

    def test_two_can_run_at_once(self, converter: Converter, tmp_path: Path, into: Path, work: Path) -> None:
        words = [write_word(tmp_path / f"{number}.docx") for number in range(4)]
        threads = [
            threading.Thread(target=converter.convert, args=([word], into, work, _LONG, Event())) for word in words
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(pdf.name for pdf in into.iterdir()) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf"]

    def test_nothing_is_left_in_its_work_folder(
        self, converter: Converter, tmp_path: Path, into: Path, work: Path
    ) -> None:
        converter.convert([write_word(tmp_path / "x.docx")], into, work, _LONG, Event())
        assert list(work.iterdir()) == []

    @pytest.mark.parametrize("why", ["the deadline passes", "it is told to stop"])
    def test_it_ends_soon_and_leaves_nothing_running_when(
        self, converter: Converter, why: str, tmp_path: Path, into: Path, work: Path
    ) -> None:
        word = tmp_path / "long.docx"
        document = Document()
        table = document.add_table(rows=3000, cols=3)
        table.cell(0, 0).text = "a table this long takes seconds"
        document.save(str(word))
        stopped = Event()
        threading.Timer(0.3, stopped.set).start()
        started = time.monotonic()
        converter.convert([word], into, work, 0.3 if why == "the deadline passes" else _LONG, stopped)
        assert time.monotonic() - started < 3
        assert list(into.iterdir()) == []
        assert processes_of(work) == []
        assert list(work.iterdir()) == []


class TestLibreOffice:
    """What only LibreOffice promises."""

    @pytest.fixture
    def libreoffice(self) -> Converter:
        return next(converter for converter in _REAL if converter.name == "LibreOffice")

    def test_it_would_have_asked_for_the_picture_with_its_own_settings(
        self, listener: Listener, tmp_path: Path
    ) -> None:
        """The control: without it, the test that no request is made would pass for a file that is not read at all."""
        word = write_word_with_linked_picture(tmp_path / "linked.docx", listener.address)
        soffice = shutil.which("soffice")
        assert soffice is not None
        profile = (tmp_path / "stock").as_uri()
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                tmp_path,
                word,
            ],
            check=True,
            capture_output=True,
            timeout=_LONG,
        )
        assert listener.requests != []

    def test_headings_become_bookmarks_and_the_pdf_is_tagged(
        self, libreoffice: Converter, tmp_path: Path, into: Path, work: Path
    ) -> None:
        libreoffice.convert([write_word(tmp_path / "x.docx", "Health", "Education")], into, work, _LONG, Event())
        reader = PdfReader(into / "x.pdf")
        assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["Health", "Education"]
        assert "/StructTreeRoot" in reader.root_object

    def test_its_profile_is_made_once_and_only_read_afterwards(
        self, libreoffice: Converter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, into: Path, work: Path
    ) -> None:
        cache = tmp_path / "cache"
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        word = write_word(tmp_path / "x.docx")
        libreoffice.convert([word], into, work, _LONG, Event())
        before = {file: file.stat().st_mtime_ns for file in (cache / "permanence" / "libreoffice").rglob("*")}
        libreoffice.convert([word], into, work, _LONG, Event())
        after = {file: file.stat().st_mtime_ns for file in (cache / "permanence" / "libreoffice").rglob("*")}
        assert any(file.name == "registrymodifications.xcu" for file in before)
        assert {file: time for file, time in after.items() if file.suffix != ".lock"} == {
            file: time for file, time in before.items() if file.suffix != ".lock"
        }

    def test_it_works_where_no_cache_can_be_kept(
        self, libreoffice: Converter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, into: Path, work: Path
    ) -> None:
        (tmp_path / "cache").write_text("a file where the folder should be")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        libreoffice.convert([write_word(tmp_path / "x.docx")], into, work, _LONG, Event())
        assert (into / "x.pdf").is_file()
        assert list(work.iterdir()) == []

    def test_the_script_around_it_will_do_where_the_bare_program_is_not_there(
        self, libreoffice: Converter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, into: Path, work: Path
    ) -> None:
        soffice = shutil.which("soffice")
        script = tmp_path / "elsewhere" / "soffice"
        script.parent.mkdir()
        script.write_text(f'#!/bin/sh\n"{soffice}" "$@"\n')
        script.chmod(0o755)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setenv("PERMANENCE_SOFFICE", str(script))
        libreoffice.convert([write_word(tmp_path / "x.docx")], into, work, _LONG, Event())
        assert (into / "x.pdf").is_file()
        assert processes_of(work) == []

    def test_a_variable_that_points_nowhere_is_said(
        self, libreoffice: Converter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PERMANENCE_SOFFICE", str(tmp_path / "not-there"))
        probe = libreoffice.probe()
        assert not probe.found
        assert "PERMANENCE_SOFFICE points at a file that is not there" in probe.remedy


class TestFindingConverters:
    def test_a_converter_is_added_by_adding_a_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "added_by_a_test.py").write_text(
            "from generator.convert.promise import Probe\n"
            "class Added:\n"
            "    name = 'added'\n"
            "    preference = 1\n"
            "    def probe(self): return Probe('added', found=True)\n"
            "    def convert(self, words, into, work, deadline_seconds, stopped): pass\n"
            "CONVERTER = Added()\n"
        )
        monkeypatch.setattr(converters, "__path__", [*converters.__path__, str(tmp_path)])
        assert choose_converter().name == "added"

    def test_a_module_without_a_converter_is_an_error(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "half_written.py").write_text("CONVERTER = None\n")
        monkeypatch.setattr(converters, "__path__", [*converters.__path__, str(tmp_path)])
        with pytest.raises(TypeError, match="half_written"):
            find_converters()

    def test_with_none_installed_the_message_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PERMANENCE_SOFFICE", str(tmp_path / "not-there"))
        with pytest.raises(ProgramMissingError, match="apt-get install libreoffice-writer-nogui") as caught:
            choose_converter()
        assert caught.value.exit_code is ExitCode.PROGRAM_MISSING


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04"])
def test_a_word_file_is_recognised_by_its_content(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(content)
    assert not is_word_archive(tmp_path / "bad.docx")
    assert not is_word_archive(tmp_path / "not-there.docx")
    assert is_word_archive(write_word(tmp_path / "good.docx"))
