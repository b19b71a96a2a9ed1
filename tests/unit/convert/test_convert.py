"""Word files become PDF, or a named failure; whatever the converter does."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont
from pypdf import PdfReader, PdfWriter

from generator.base import fonts
from generator.base.errors import ConversionError, ExitCode, FileBusyError, ProgramMissingError
from generator.convert import converters, promise
from generator.convert.conversion import Conversion, convert_documents
from generator.convert.pdf_file import normalise
from generator.convert.private_folder import private_folder
from generator.convert.promise import Converter, Probe
from generator.convert.result import ConversionResult
from places import CORPORA

_SABOTEURS = CORPORA / "saboteurs"
_SCRATCH = ("/dev/shm", "/tmp", "/var/tmp")


def write_word(path: Path, text: str = "The plan for permanence.", pages: int = 1) -> Path:
    document = Document()
    document.add_paragraph(text)
    for _ in range(pages - 1):
        document.add_paragraph(text).paragraph_format.page_break_before = True
    document.save(str(path))
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def saboteur(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Converter]]:
    """A converter of tests/corpora/saboteurs, let in through the front door: the package's own path."""
    monkeypatch.setattr(converters, "__path__", [*converters.__path__, str(_SABOTEURS)])
    loaded: list[str] = []

    def load(name: str) -> Converter:
        loaded.append(f"generator.convert.converters.{name}")
        converter: Converter = importlib.import_module(loaded[-1]).CONVERTER
        assert converter in promise.find_converters()
        return converter

    yield load
    for name in [name for name in sys.modules if name.startswith("generator.convert.converters.")]:
        if (_SABOTEURS / f"{name.rpartition('.')[2]}.py").exists():
            del sys.modules[name]


def convert_with(
    converter: Converter, words: Sequence[Path], into: Path, patience_seconds: float = 30
) -> ConversionResult:
    with Conversion(into, converter=converter, patience_seconds=patience_seconds) as conversion:
        for word in words:
            conversion.submit(word)
        return conversion.finish()


def leftovers() -> set[Path]:
    """What conversions could leave in the folders for temporary files."""
    return {
        found
        for folder in _SCRATCH
        for pattern in ("permanence-convert-*", "OSL_PIPE_*", "lu*.tmp")
        for found in Path(folder).glob(pattern)
    }


def assert_nothing_new(before: set[Path]) -> None:
    """Another LibreOffice may be running on this machine; what is its own goes away with it."""
    for _ in range(100):
        if not leftovers() - before:
            return
        time.sleep(0.1)
    assert leftovers() - before == set()


@pytest.mark.libreoffice
class TestLibreOfficeAtWork:
    def test_every_file_is_converted_counted_and_told_in_order(self, tmp_path: Path, into: Path) -> None:
        words = [write_word(tmp_path / f"{pages}.docx", pages=pages) for pages in (3, 1, 2, 5)]
        outcome = convert_documents(words, into)
        assert [(file.word, file.pdf, file.pages) for file in outcome.files] == [
            (word, into / f"{word.stem}.pdf", pages) for word, pages in zip(words, (3, 1, 2, 5), strict=True)
        ]
        assert outcome.failures == ()
        assert all(file.converter.startswith("LibreOffice ") for file in outcome.files)

    def test_the_same_word_file_gives_the_same_pdf(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        word = write_word(tmp_path / "x.docx")
        other = write_word(tmp_path / "other.docx", pages=2)
        made = []
        for zone, words in (("Europe/London", [word]), ("Asia/Kolkata", [other, word])):
            monkeypatch.setenv("TZ", zone)
            folder = tmp_path / zone.replace("/", "-")
            folder.mkdir()
            convert_documents(words, folder)
            made.append((folder / "x.pdf").read_bytes())
            time.sleep(1.1)  # the clock in the file counts seconds
        assert made[0] == made[1]
        assert b"/CreationDate(D:20000101000000Z" in made[0]

    def test_a_linked_picture_is_reported(self, tmp_path: Path, into: Path) -> None:
        word = write_word(tmp_path / "x.docx")
        picture = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        rewrite_part(
            word,
            "word/_rels/document.xml.rels",
            lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{picture}" Target="http://a.invalid/x.png" TargetMode="External"/>'
                "</Relationships>",
            ),
        )
        (file,) = convert_documents([word], into).files
        assert len(file.warnings) == 1
        assert file.warnings[0].startswith("x.docx: 1 picture(s) or objects are linked")
        assert "invalid" not in file.warnings[0]

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    def test_a_libreoffice_that_is_killed_is_asked_once_more(self, tmp_path: Path, into: Path) -> None:
        before = leftovers()
        word = write_word(tmp_path / "x.docx", pages=40)
        killed: list[int] = []

        def kill_the_first() -> None:
            while not killed:
                for pid in libreoffices_under(os.getpid()):
                    time.sleep(0.15)
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    return
                time.sleep(0.005)

        killer = threading.Thread(target=kill_the_first)
        killer.start()
        outcome = convert_documents([word], into)
        killer.join()
        assert killed
        assert [file.pages for file in outcome.files] == [40]
        assert_nothing_new(before)

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    @pytest.mark.usefixtures("heed_ctrl_c")
    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
    def test_nothing_is_left_when_the_command_is(self, sent: signal.Signals, tmp_path: Path, into: Path) -> None:
        before = leftovers()
        word = tmp_path / "long.docx"
        document = Document()
        document.add_table(rows=3000, cols=3)
        document.save(str(word))
        script = (
            "from pathlib import Path; from generator.convert.conversion import convert_documents;"
            f"convert_documents([Path({str(word)!r})], Path({str(into)!r}))"
        )
        command = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
        started = wait_for(lambda: libreoffices_under(command.pid))
        time.sleep(0.3)
        command.send_signal(sent)
        command.wait(timeout=10)
        if sent is signal.SIGKILL:
            # Nobody is left to clean up after a kill: its LibreOffice ends by itself, the next run removes the rest.
            for pid in started:
                os.kill(pid, signal.SIGKILL)
            convert_documents([write_word(tmp_path / "next.docx")], into)
            before |= {path for path in leftovers() if path.name.startswith("OSL_PIPE_")}
        assert [pid for pid in started if Path(f"/proc/{pid}/exe").exists()] == []
        assert not (into / "long.pdf").exists()
        assert_nothing_new(before)

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    def test_the_list_of_processes_shows_no_names(self, tmp_path: Path, into: Path) -> None:
        word = write_word(tmp_path / "Rowan Adebayo-Clarke.docx", pages=40)
        seen: list[bytes] = []

        def look() -> None:
            while not seen:
                for pid in libreoffices_under(os.getpid()):
                    seen.append(Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes())
                time.sleep(0.01)

        watcher = threading.Thread(target=look)
        watcher.start()
        convert_documents([word], into)
        watcher.join()
        assert not any(b"Adebayo" in line for line in seen)


class TestWhateverTheConverterDoes:
    @pytest.mark.parametrize("name", ["crashes", "writes_nothing", "writes_empty", "writes_garbage", "writes_no_pages"])
    def test_no_sound_pdf_is_a_named_failure(
        self, saboteur: Callable[[str], Converter], name: str, tmp_path: Path, into: Path
    ) -> None:
        before = leftovers()
        words = [write_word(tmp_path / "first.docx"), write_word(tmp_path / "second.docx")]
        outcome = convert_with(saboteur(name), words, into)
        assert outcome.files == ()
        assert [failure.word for failure in outcome.failures] == words
        assert outcome.failures[0].error.summary.startswith("first.docx could not be turned into PDF: ")
        assert outcome.failures[0].error.problems[0].remedy
        assert list(into.iterdir()) == []
        assert_nothing_new(before)

    @pytest.mark.parametrize("name", ["hangs", "deaf"])
    def test_a_converter_that_never_ends_is_given_up(
        self, saboteur: Callable[[str], Converter], name: str, tmp_path: Path, into: Path
    ) -> None:
        started = time.monotonic()
        outcome = convert_with(saboteur(name), [write_word(tmp_path / "x.docx")], into, patience_seconds=0.5)
        assert time.monotonic() - started < 15
        assert "took too long" in outcome.failures[0].error.summary

    def test_one_bad_paper_does_not_hold_up_the_others(
        self, saboteur: Callable[[str], Converter], tmp_path: Path, into: Path
    ) -> None:
        words = [write_word(tmp_path / f"{number}.docx") for number in range(9)]
        bad = write_word(tmp_path / "bad.docx", "SABOTAGE")
        outcome = convert_with(saboteur("one_fails"), [*words, bad], into)
        assert [file.word for file in outcome.files] == words
        assert [failure.word for failure in outcome.failures] == [bad]

    def test_what_failed_is_tried_once_more(
        self, saboteur: Callable[[str], Converter], tmp_path: Path, into: Path
    ) -> None:
        outcome = convert_with(saboteur("fails_once"), [write_word(tmp_path / "x.docx")], into)
        assert [file.pages for file in outcome.files] == [1]

    def test_its_explanation_is_passed_on(
        self, saboteur: Callable[[str], Converter], tmp_path: Path, into: Path
    ) -> None:
        outcome = convert_with(saboteur("explains_itself"), [write_word(tmp_path / "x.docx")], into)
        assert outcome.failures[0].error.problems[0].remedy == "It starts but converts nothing: install it again."


@pytest.mark.libreoffice
class TestBadWordFiles:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "the file is empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password, or saved in the format of"),
            (b"%PDF-1.6", "damaged or is not a Word file"),
            (b"PK\x03\x04 cut short", "damaged or is not a Word file"),
        ],
    )
    def test_is_refused_by_name_and_the_others_are_converted(
        self, content: bytes, says: str, saboteur: Callable[[str], Converter], tmp_path: Path, into: Path
    ) -> None:
        bad = tmp_path / "bad.docx"
        bad.write_bytes(content)
        outcome = convert_with(saboteur("one_fails"), [bad, write_word(tmp_path / "good.docx")], into)
        assert [file.word.name for file in outcome.files] == ["good.docx"]
        assert says in outcome.failures[0].error.summary
        assert str(tmp_path) not in outcome.failures[0].error.summary

    def test_a_wrong_check_sum_is_noticed(self, tmp_path: Path, into: Path) -> None:
        word = tmp_path / "x.docx"
        with zipfile.ZipFile(word, "w") as archive:
            archive.writestr("word/document.xml", "<w>one two three</w>")
        word.write_bytes(word.read_bytes().replace(b"two", b"too"))
        assert "damaged" in convert_documents([word], into).failures[0].error.summary

    def test_a_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path, into: Path) -> None:
        word = tmp_path / "x.docx"
        with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b" " * (70 << 20))
        assert "unpacks to far more" in convert_documents([word], into).failures[0].error.summary

    def test_entities_are_refused(self, tmp_path: Path, into: Path) -> None:
        word = write_word(tmp_path / "x.docx")
        rewrite_part(
            word, "word/document.xml", lambda text: '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + text
        )
        assert "declares entities" in convert_documents([word], into).failures[0].error.summary

    def test_two_parts_of_one_name_are_refused(self, tmp_path: Path, into: Path) -> None:
        word = tmp_path / "x.docx"
        with zipfile.ZipFile(word, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("word/document.xml", "<b/>")
        assert "two versions of one part" in convert_documents([word], into).failures[0].error.summary

    def test_two_papers_of_one_name_are_not_mixed_up(
        self, saboteur: Callable[[str], Converter], tmp_path: Path, into: Path
    ) -> None:
        (tmp_path / "a").mkdir()
        words = [write_word(tmp_path / "letter.docx"), write_word(tmp_path / "a" / "Letter.docx")]
        outcome = convert_with(saboteur("one_fails"), words, into)
        assert [file.word for file in outcome.files] == words[:1]
        assert "another paper has the same name" in outcome.failures[0].error.summary

    def test_a_file_that_is_gone_is_named(self, tmp_path: Path, into: Path) -> None:
        outcome = convert_documents([tmp_path / "gone.docx"], into)
        assert "gone.docx" in outcome.failures[0].error.summary

    def test_all_failures_can_be_raised_as_one(self, tmp_path: Path, into: Path) -> None:
        outcome = convert_documents([tmp_path / "a.docx", tmp_path / "b.docx"], into)
        with pytest.raises(ConversionError) as caught:
            outcome.raise_failures()
        assert [problem.says.split()[0] for problem in caught.value.problems] == ["a.docx", "b.docx"]


class _Watched:
    """A converter that writes sound PDF files and remembers what it was given, and when."""

    name = "watched"
    preference = 1

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.was_called = Event()

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="2")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        self.calls.append([word.stem for word in words])
        self.was_called.set()
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        for word in words:
            writer.write(into / f"{word.stem}.pdf")


class TestLetters:
    """A child's name must not come out as empty boxes."""

    @pytest.fixture
    def western_fonts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        font = ImageFont.load_default(24)
        monkeypatch.setattr(fonts, "_usual_fonts", lambda: (font,))
        monkeypatch.setattr(fonts, "list_font_files", lambda _folders: ())

    @pytest.mark.usefixtures("western_fonts")
    @pytest.mark.libreoffice
    def test_letters_that_no_font_has_are_named_and_the_other_papers_are_made(self, tmp_path: Path, into: Path) -> None:
        words = [write_word(tmp_path / "a.docx", "Her name is ሰላ."), write_word(tmp_path / "b.docx", "Zoë Łukasz")]
        outcome = convert_documents(words, into)
        assert [file.word.name for file in outcome.files] == ["b.docx"]
        (failure,) = outcome.failures
        assert failure.error.summary == (
            "a.docx could not be turned into PDF: no font of this computer has ethiopic syllable laa, "
            "ethiopic syllable sa."
        )
        assert failure.error.problems[0].remedy.startswith("Install a font with these letters")

    @pytest.mark.usefixtures("western_fonts")
    @pytest.mark.libreoffice
    def test_signs_and_smileys_do_not_stop_a_paper(self, tmp_path: Path, into: Path) -> None:
        assert convert_documents([write_word(tmp_path / "a.docx", "Good news 🙂 → ✓")], into).failures == ()

    def test_the_fonts_that_are_set_up_have_the_letters_of_many_families(self) -> None:
        said = "سلام שלום ਸਤਿ বাংলা ሰላም 你好 Ελλάδα Україна தமிழ் ไทย"
        assert fonts.find_uncovered(letter for letter in said if letter != " ") == ()


class TestTheOrderOfWork:
    def test_the_first_batch_starts_while_papers_are_still_being_written(self, tmp_path: Path, into: Path) -> None:
        converter = _Watched()
        with Conversion(into, expected=10, converter=converter, jobs=2) as conversion:
            for number in range(3):
                conversion.submit(write_word(tmp_path / f"{number}.docx"))
            assert converter.calls == []
            conversion.submit(write_word(tmp_path / "3.docx"))
            assert converter.was_called.wait(5)
            for number in range(4, 10):
                conversion.submit(write_word(tmp_path / f"{number}.docx"))
            assert len(converter.calls) == 1
            outcome = conversion.finish()
        assert [len(call) for call in converter.calls] == [4, 6]
        assert len(outcome.files) == 10

    def test_a_few_papers_go_in_one_batch(self, tmp_path: Path, into: Path) -> None:
        converter = _Watched()
        convert_documents([write_word(tmp_path / f"{number}.docx") for number in range(3)], into, converter=converter)
        assert [len(call) for call in converter.calls] == [3]

    def test_without_a_number_to_expect_the_work_is_shared_by_weight(self, tmp_path: Path, into: Path) -> None:
        converter = _Watched()
        words = [write_word(tmp_path / f"{number}.docx", pages=900 if number == 0 else 1) for number in range(6)]
        convert_documents(words, into, converter=converter, jobs=2)
        assert sorted(len(call) for call in converter.calls) == [1, 5]

    def test_no_papers_is_no_work(self, into: Path) -> None:
        assert convert_documents([], into, converter=_Watched()) == ConversionResult()

    def test_an_earlier_pdf_is_replaced(self, tmp_path: Path, into: Path) -> None:
        (into / "x.pdf").write_bytes(b"old")
        convert_documents([write_word(tmp_path / "x.docx")], into, converter=_Watched())
        assert len(PdfReader(into / "x.pdf").pages) == 1
        assert [file.name for file in into.iterdir()] == ["x.pdf"]

    def test_the_word_file_may_change_once_it_is_submitted(self, tmp_path: Path, into: Path) -> None:
        word = write_word(tmp_path / "x.docx")
        with Conversion(into, converter=_Watched()) as conversion:
            conversion.submit(word)
            word.unlink()
            assert len(conversion.finish().files) == 1

    def test_without_a_converter_nothing_begins(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, into: Path
    ) -> None:
        monkeypatch.setenv("PERMANENCE_SOFFICE", str(tmp_path / "not-there"))
        with pytest.raises(ProgramMissingError) as caught, Conversion(into):
            pytest.fail("it began")
        assert caught.value.exit_code is ExitCode.PROGRAM_MISSING

    def test_a_folder_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        word = write_word(tmp_path / "x.docx")
        with pytest.raises(FileBusyError, match=r"x\.pdf cannot be read or written"):
            convert_documents([word], tmp_path / "not-there", converter=_Watched())


class TestThePrivateFolder:
    def test_only_its_owner_can_look_in(self) -> None:
        with private_folder() as folder:
            assert folder.stat().st_mode & 0o777 == 0o700
        assert not folder.exists()

    def test_one_in_use_is_not_removed_by_another(self) -> None:
        with private_folder() as first, private_folder() as second:
            assert first.is_dir()
            assert second != first

    def test_it_stays_where_the_user_wants_temporary_files(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)
        with private_folder() as folder:
            assert folder.parent == tmp_path


class TestNormalising:
    _PDF = (
        b"%PDF-1.6\n1 0 obj<</CreationDate(D:20261122044812Z')/ModDate(D:20261122044813+01'00')>>endobj\n"
        b"<xmp:CreateDate>2026-11-22T04:48:12Z</xmp:CreateDate>"
        b"<xmpMM:DocumentID>uuid:1234abcd-12ab-34cd-56ef-1234567890ab</xmpMM:DocumentID>\n"
        b"trailer<</ID [ <CB50031717D3E456DA28BF09B2F4F14B>\n<CB50031717D3E456DA28BF09B2F4F14B> ]\n"
        b"/DocChecksum /42A8C774E8C571038E923DA8B9ECEF0F>>\n%%EOF\n"
    )

    def test_moments_and_identities_are_replaced_by_as_many_bytes(self) -> None:
        normal = normalise(self._PDF)
        assert len(normal) == len(self._PDF)
        for changing in (b"2026", b"CB5003", b"42A8C7", b"1234abcd"):
            assert changing not in normal

    def test_another_run_gives_the_same(self) -> None:
        later = (
            self._PDF.replace(b"20261122", b"20270103").replace(b"CB500317", b"00000000").replace(b"2026-", b"2027-")
        )
        assert normalise(later) == normalise(self._PDF)

    def test_another_content_gives_another_identity(self) -> None:
        other = self._PDF.replace(b"1 0 obj", b"2 0 obj")
        assert normalise(other)[-100:] != normalise(self._PDF)[-100:]

    @given(st.binary(), st.binary())
    def test_it_never_moves_a_byte_and_is_done_once(self, start: bytes, end: bytes) -> None:
        normal = normalise(start + self._PDF + end)
        assert len(normal) == len(start + self._PDF + end)
        assert normalise(normal) == normal


def rewrite_part(word: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(word) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(word, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def libreoffices_under(parent: int) -> list[int]:
    """The process ids of the LibreOffices that a process has started."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            children = task.read_text().split()
            found += [int(pid) for pid in children if Path(f"/proc/{pid}/exe").resolve().name == "soffice.bin"]
        except OSError:
            continue
    return found


def wait_for(look: Callable[[], list[int]]) -> list[int]:
    for _ in range(2000):
        if found := look():
            return found
        time.sleep(0.01)
    pytest.fail("LibreOffice was never started")
