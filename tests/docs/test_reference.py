"""The pages of the reference that are made from the product say what the product says today."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from places import ROOT


def load_writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_reference", ROOT / "tools" / "write_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["write_reference"] = module
    spec.loader.exec_module(module)
    return module


WRITER = load_writer()
PAGES = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", WRITER.WRITERS)
def test_page_is_up_to_date(name: str) -> None:
    stands = (PAGES / f"{name}.md").read_text("utf-8")
    assert stands == WRITER.make_page(name), "make reference"


def test_every_made_page_is_one_of_these() -> None:
    made = {file.stem for file in PAGES.glob("*.md") if file.read_text("utf-8").startswith(WRITER.MADE)}
    assert made == set(WRITER.WRITERS)


def test_a_stale_page_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WRITER, "PAGES", tmp_path)
    monkeypatch.setattr(WRITER, "WRITERS", {"messages": WRITER.write_messages})
    monkeypatch.setattr(sys, "argv", ["write_reference.py", "--check"])
    assert WRITER.run() == 1
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sys, "argv", ["write_reference.py"])
    assert WRITER.run() == 0
    assert (tmp_path / "messages.md").read_text("utf-8") == WRITER.make_page("messages")
