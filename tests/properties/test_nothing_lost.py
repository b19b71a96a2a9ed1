"""Whatever people and builds do to an output folder, in any order, killed builds too: no words are lost."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from generator.workspace.opening import open_output
from generator.workspace.record import Origin

NAMES = ("a.txt", "folder/b.txt", "c.txt")
names = st.sampled_from(NAMES)


class Desk(RuleBasedStateMachine):
    """A folder, builds that are killed or not, and somebody who edits, renames and throws away."""

    def __init__(self) -> None:
        super().__init__()
        self.out = Path(tempfile.mkdtemp()) / "out"
        self.kept: set[str] = set()
        self.is_settled = True
        self.written = 0

    def teardown(self) -> None:
        shutil.rmtree(self.out.parent)

    def held(self, but: Path | None = None) -> set[str]:
        """The words in all files but one; what lies in a private folder has not arrived yet."""
        files = [one for one in self.out.rglob("*") if one.is_file() and ".permanence" not in str(one) and one != but]
        return {file.read_text("utf-8") for file in files if file.name != "record.yaml"}

    def build(self, facts: int) -> None:
        with open_output(self.out, Origin(on="2026-11-22")) as folder:
            for name in NAMES:
                made = folder.work / name.replace("/", "-")
                made.write_text(f"{name} from facts {facts}", encoding="utf-8")
                folder.place(made, name, str(facts), keep_copy=name.startswith("a"))
            folder.deliver()

    @rule(facts=st.integers(0, 5))
    def build_whole(self, facts: int) -> None:
        self.build(facts)
        self.is_settled = True

    @rule(facts=st.integers(0, 5), at=st.integers(0, 16))
    def build_and_be_killed(self, facts: int, at: int) -> None:
        if self.out.exists():
            self.kept |= self.held()
        child = os.fork()
        if child == 0:
            plain, done = os.replace, [0]

            def counted(source: str, target: str) -> None:
                if done[0] == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                done[0] += 1
                plain(source, target)

            os.replace = counted  # type: ignore[assignment]
            try:
                self.build(facts)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        self.is_settled = False

    @rule(name=names)
    def edit(self, name: str) -> None:
        self.written += 1
        file = self.out / name
        if file.exists():
            self.forget(file)
            file.write_text(f"by hand {self.written}", encoding="utf-8")
            self.kept.add(f"by hand {self.written}")

    @rule(name=names)
    def throw_away(self, name: str) -> None:
        if (self.out / name).exists():
            self.forget(self.out / name)
            (self.out / name).unlink()

    @rule(name=names)
    def rename(self, name: str) -> None:
        self.written += 1
        if (self.out / name).exists():
            (self.out / name).rename(self.out / f"mine-{self.written}.txt")

    def forget(self, file: Path) -> None:
        """What a person destroys is theirs to destroy, unless it stands elsewhere too."""
        if self.out.exists():
            self.kept |= self.held()
        said = file.read_text("utf-8")
        if said not in self.held(file):
            self.kept.discard(said)

    @invariant()
    def no_words_are_lost(self) -> None:
        if self.out.exists():
            held = self.held()
            assert self.kept <= held
            if self.is_settled:
                self.kept = held
                assert not list(self.out.glob(".permanence*"))


Desk.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestNothingIsLost = Desk.TestCase
