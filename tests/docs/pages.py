"""Reads README and the pages of docs, and does what they tell the reader to do.

A page is a script. Its steps are done in order, in an empty folder:

    <!-- try: rowan as my-family -->     puts a copy of that sample case there before the first step
    <!-- try: after docs/PAGE.md -->     goes on where that page ends, in its folder
    ```console                           runs each line that begins with `$ ` and compares what it prints
    <!-- write: FILE -->                 the next block is that file
    <!-- add to: FILE -->                the next block is put at the end of that file
    <!-- change: FILE -->                the next block, a diff, is done to that file: each run of lines that begin
                                         with a space or - must stand there once, and is replaced
    <!-- not run: why -->                the next block is only looked at: every command in it can be typed

In what a command prints, `...` stands for any words, and on a line of its own for any lines. A command must leave with
0, unless `$ echo $?` comes after it. A command that asks for a day takes 22 November 2026 for today.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

from generator.cli import main, run

ROOT = Path(__file__).resolve().parents[2]
MADE = "<!-- Made by "
TODAY = "2026-11-22"
BY_SHELL = ("ls", "cp", "mkdir", "mv", "cat", "echo", "rm")
_MARK = re.compile(r"^ *<!-- (try|write|add to|change|not run): (.*?) -->$")
_FENCE = re.compile(r"^( *)(```+)(\S*)")

GUIDES = sorted(file for file in (ROOT / "docs").rglob("*.md") if not file.read_text("utf-8").startswith(MADE))
REFERENCE = sorted(file for file in (ROOT / "docs").rglob("*.md") if file not in GUIDES)
"""The pages that are made from the product."""
SHORT = [ROOT / name for name in ("output/README.md", "templates/README.md", "tests/README.md", "data/README.md")]
SHORT += [ROOT / "data/procedures/README.md", ROOT / "CHANGELOG.md"]
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES]
"""The pages that people wrote for readers; what they say to type is typed."""


@dataclass(frozen=True)
class Block:
    """A fenced block: the line of its first fence, its language, its lines, and the mark before it."""

    line: int
    language: str
    lines: tuple[str, ...]
    mark: str = ""
    about: str = ""

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass
class Command:
    """A command that a page tells the reader to type, what the page says that it prints, and where on the page."""

    typed: str
    first: int
    printed: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        return self.typed.split()[0] == "permanence"


def read_blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order; with the samples to try first, as blocks without lines."""
    lines = page.read_text("utf-8").splitlines()
    mark = about = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        if found := _MARK.match(line):
            mark, about = found[1], found[2]
            if mark == "try":
                yield Block(number, "", (), mark, about)
                mark = about = ""
        elif fence := _FENCE.match(line):
            end = next(at for at in range(number + 1, len(lines)) if lines[at].strip() == fence[2])
            inside = tuple(inner.removeprefix(fence[1]) for inner in lines[number + 1 : end])
            yield Block(number, fence[3], inside, mark, about)
            mark, about, number = "", "", end
        elif line.strip():
            mark = about = ""
        number += 1


def read_commands(block: Block) -> list[Command]:
    """The commands of a console block."""
    commands: list[Command] = []
    for number, line in enumerate(block.lines, block.line + 1):
        if line.startswith("$ "):
            commands.append(Command(line.removeprefix("$ "), number + 1))
        elif commands:
            commands[-1].printed.append(line)
    return commands


def typed_lines(page: Path) -> Iterator[str]:
    """Every call of permanence on a page that is not run: in blocks that are only looked at, and within sentences."""
    for block in read_blocks(page):
        if block.language not in ("console", "text"):
            yield from (line.strip() for line in block.lines if line.strip().startswith("permanence "))
    yield from re.findall(r"(?<!`)`(permanence [^`\s]+ [^`\n]+)`(?!`)", page.read_text("utf-8"))


def find_page_before(page: Path) -> Path | None:
    """The page on which this one goes on."""
    told = (block.about for block in read_blocks(page) if block.mark == "try")
    return next((ROOT / about.removeprefix("after ") for about in told if about.startswith("after ")), None)


class Desk:
    """The folder in which the steps of a page are done."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._code = 0
        self._patch = monkeypatch
        monkeypatch.chdir(folder)

    def do(self, page: Path, block: Block) -> list[tuple[Command, str]]:
        """Do what a block says; gives each command with what it printed, where that is not what the page says."""
        if block.mark == "try" and not block.about.startswith("after "):
            sample, _, name = block.about.partition(" as ")
            shutil.copytree(ROOT / "data" / "cases" / sample, self.folder / (name or sample))
        elif block.mark == "write":
            file = self.folder / block.about
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
        elif block.mark == "add to":
            file = self.folder / block.about
            file.write_text(f"{file.read_text('utf-8')}{block.text}", "utf-8")
        elif block.mark == "change":
            self._change(self.folder / block.about, block)
        elif block.language == "console":
            return list(self._run_all(page, read_commands(block)))
        return []

    def _change(self, file: Path, block: Block) -> None:
        old = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] in ("-", " "))
        new = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] in ("+", " "))
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"these lines stand {text.count(old)} times in {file.name}:\n{old}"
        file.write_text(text.replace(old, new), "utf-8")

    def _run_all(self, page: Path, commands: list[Command]) -> Iterator[tuple[Command, str]]:
        for at, command in enumerate(commands):
            place = f"{page.relative_to(ROOT)}:{command.first}: {command.typed}"
            if command.typed == "echo $?":
                assert command.printed == [str(self._code)], f"{place}: it left with {self._code}"
                continue
            said = self._run_ours(command.typed) if command.is_ours else self._run_shell(command.typed)
            tells_code = at + 1 < len(commands) and commands[at + 1].typed == "echo $?"
            assert tells_code or self._code == 0, f"{place}: it left with {self._code}\n{said}"
            if command.printed and not is_as_shown(command.printed, said):
                yield command, said

    def _run_ours(self, typed: str) -> str:
        arguments = [
            found
            for word in shlex.split(typed)[1:]
            for found in (sorted(map(str, Path().glob(word))) or [word] if "*" in word else [word])
        ]
        if "--on" not in arguments and takes_day(arguments):
            arguments += ["--on", TODAY]
        self._patch.setattr(sys, "argv", ["permanence", *arguments])
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                run()
            except SystemExit as left:
                self._code = int(left.code or 0)
        return said.getvalue().replace(str(ROOT), "")

    def _run_shell(self, typed: str) -> str:
        assert typed.split(maxsplit=1)[0] in BY_SHELL, (
            f"{typed}: no page may say this and be run; mark the block as not run"
        )
        typed = re.sub(r"(?<=\s)(data/|templates/)", rf"{ROOT}/\1", typed)
        done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=False)
        self._code = done.returncode
        return done.stdout + done.stderr


def find_command(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """The command that is called, and what is left of the arguments for it."""
    command: click.Command = main
    left = list(arguments)
    while isinstance(command, click.Group):
        inner = command.get_command(click.Context(command), left[0]) if left else None
        if inner is None:
            return command, left
        command, left = inner, left[1:]
    return command, left


def takes_day(arguments: list[str]) -> bool:
    """Whether the command that is called has an option for the day of today."""
    return any("--on" in parameter.opts for parameter in find_command(arguments)[0].params)


def is_as_shown(shown: list[str], said: str) -> bool:
    """Whether a command printed what the page shows, where `...` stands for anything."""
    pattern = ""
    for line in shown:
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += r".*?".join(re.escape(part) for part in line.rstrip().split("...")) + r"[ \t]*\n"
    return re.fullmatch(pattern, said.strip("\n") + "\n") is not None


def show_again(shown: list[str], said: str) -> list[str]:
    """What the page should show: all that is printed, or of each line that it shows the nearest that is printed."""
    printed = [line.rstrip() for line in said.strip("\n").splitlines()]
    if not any("..." in line for line in shown):
        return printed
    return [
        line if "..." in line else next(iter(difflib.get_close_matches(line, printed, 1, 0.5)), line) for line in shown
    ]


def write_again(page: Path, differences: list[tuple[Command, str]]) -> None:
    """Put what the commands print now in the place of what the page shows."""
    lines = page.read_text("utf-8").splitlines()
    for command, said in reversed(differences):
        margin = re.match(r" *", lines[command.first - 1])
        assert margin
        new = [f"{margin[0]}{line}".rstrip() for line in show_again(command.printed, said)]
        lines[command.first : command.first + len(command.printed)] = new
    page.write_text("\n".join(lines) + "\n", "utf-8")
