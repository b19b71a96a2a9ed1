"""What README and docs tell the reader to type works, and prints what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import ROOT, WRITTEN, Desk, read_blocks, read_commands, write_again

BLOCKS = {page: tuple(read_blocks(page)) for page in WRITTEN}
DONE = [page for page in WRITTEN if any(block.mark or block.language == "console" for block in BLOCKS[page])]


@pytest.mark.parametrize("page", DONE, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_step_of_a_page_can_be_done(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    desk = Desk(tmp_path, monkeypatch)
    differences = [found for block in BLOCKS[page] for found in desk.do(page, block)]
    if differences and request.config.getoption("--refresh-docs", default=False):
        write_again(page, differences)
        return
    told = (
        f"{page.relative_to(ROOT)}:{command.first}: $ {command.typed}\nshown:\n"
        + "\n".join(command.printed)
        + f"\nprinted:\n{said}"
        for command, said in differences
    )
    assert not differences, "\n\n".join(told)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_command_is_shown_without_being_run(page: Path) -> None:
    for block in BLOCKS[page]:
        if block.language != "console" and block.mark != "not run":
            assert not [line for line in block.lines if line.lstrip("$ ").startswith("permanence ")], block.line


def test_there_are_many() -> None:
    commands = [command for page in DONE for block in BLOCKS[page] for command in read_commands(block)]
    assert len(commands) > 60
    assert sum(bool(command.printed) for command in commands) > 40
