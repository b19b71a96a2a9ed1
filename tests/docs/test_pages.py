"""What README and docs tell the reader to type works, and prints what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import ROOT, WRITTEN, Desk, find_page_before, read_blocks, read_commands, write_again

BLOCKS = {page: tuple(read_blocks(page)) for page in WRITTEN}
DONE = [page for page in WRITTEN if any(block.mark or block.language == "console" for block in BLOCKS[page])]
FIRST = [page for page in DONE if not find_page_before(page)]
WITH_LIBREOFFICE = {"build", "bundle", "pack", "circulate", "doctor"}


def needs_libreoffice(page: Path) -> bool:
    """Whether a command of the page makes PDFs, or looks for the program that does."""
    commands = [command for block in BLOCKS[page] for command in read_commands(block)]
    return any(
        command.is_ours
        and command.typed.split()[1] in WITH_LIBREOFFICE
        and not any(sign in command.typed for sign in ("--word-only", "--dry-run", "--check"))
        for command in commands
    )


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.libreoffice if needs_libreoffice(page) else ()) for page in FIRST],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_step_of_a_page_can_be_done(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    desk = Desk(tmp_path, monkeypatch)
    told = []
    for one in (page, *(after for after in DONE if find_page_before(after) == page)):
        differences = [found for block in BLOCKS[one] for found in desk.do(one, block)]
        if differences and request.config.getoption("--refresh-docs", default=False):
            write_again(one, differences)
        else:
            told += [(one, command, said) for command, said in differences]
    assert not told, "\n\n".join(
        f"{one.relative_to(ROOT)}:{command.first}: $ {command.typed}\nshown:\n"
        + "\n".join(command.printed)
        + f"\nprinted:\n{said}"
        for one, command, said in told
    )


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_command_is_shown_without_being_run(page: Path) -> None:
    for block in BLOCKS[page]:
        if block.language != "console" and block.mark != "not run":
            assert not [line for line in block.lines if line.lstrip("$ ").startswith("permanence ")], block.line


def test_there_are_many() -> None:
    commands = [command for page in DONE for block in BLOCKS[page] for command in read_commands(block)]
    assert len(commands) > 60
    assert sum(bool(command.printed) for command in commands) > 40
