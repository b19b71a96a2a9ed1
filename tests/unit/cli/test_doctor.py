"""The doctor says what is there, what is missing and what to do; it changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.base.errors import Level
from generator.cli.doctor import MachineCheck, examine_machine

_FONTS = [f"Font for {font}" for font in ("Calibri", "Cambria", "Arial", "Times New Roman")]


def examine(output: Path) -> dict[str, MachineCheck]:
    return {finding.name: finding for finding in examine_machine(output)}


@pytest.mark.parametrize(
    "name", ["Python", pytest.param("LibreOffice", marks=pytest.mark.libreoffice), *_FONTS, "Output folder"]
)
def test_this_machine_is_fit(name: str, tmp_path: Path) -> None:
    finding = examine(tmp_path)[name]
    assert finding.ok, finding.remedy
    assert finding.remedy == ""


def test_every_library_that_the_product_asks_for_is_named_with_its_version(tmp_path: Path) -> None:
    found = examine(tmp_path)
    for library in ("docxtpl", "pikepdf", "pypdf"):
        assert found[f"Library {library}"].found[0].isdigit()


def test_whatever_is_wrong_comes_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PERMANENCE_SOFFICE", str(tmp_path / "not-there"))
    assert [finding.name for finding in examine_machine(tmp_path) if not finding.ok and not finding.remedy] == []


def test_a_missing_converter_must_be_put_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERMANENCE_SOFFICE", str(tmp_path / "not-there"))
    finding = examine(tmp_path)["LibreOffice"]
    assert (finding.ok, finding.level) == (False, Level.MUST)
    assert "apt-get install libreoffice-writer-nogui" in finding.remedy


def test_without_fontconfig_fonts_cannot_be_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = examine(tmp_path)
    for name in _FONTS:
        assert found[name].ok is None
        assert found[name].found.startswith("cannot be checked")


def test_other_scripts_are_advice_only(tmp_path: Path) -> None:
    scripts = [finding for finding in examine_machine(tmp_path) if finding.name.startswith("Names in ")]
    assert len(scripts) >= 6
    assert {finding.level for finding in scripts} == {Level.COULD}


@pytest.mark.skipif(sys.platform == "win32", reason="writes a small program as a shell script")
def test_a_font_of_another_width_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "fc-match"
    program.write_text("#!/bin/sh\nprintf 'DejaVu Sans'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    finding = examine(tmp_path)["Font for Calibri"]
    assert (finding.ok, finding.found, finding.level) == (False, "DejaVu Sans", Level.SHOULD)
    assert "fonts-crosextra-carlito" in finding.remedy


def test_an_output_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    assert examine(tmp_path / "not" / "yet")["Output folder"].ok
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a folder that not even root can write to")
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    finding = examine(Path("/proc/self/output"))["Output folder"]
    assert (finding.ok, finding.found) == (False, "cannot be written")
