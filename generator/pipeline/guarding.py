"""Finished files searched for what their readers must not see, before any of them leaves its private folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.case import LoadedCase
from generator.case.explain import say_path
from generator.disclosure import Find, Lens, Protected, Search, Strip, Weight, find_reader, is_cleared, list_protected
from generator.disclosure.facts import list_facts
from generator.errors import Level, Problem, UnsafeToDiscloseError

if TYPE_CHECKING:
    from generator.examine import Reading


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the search of one file came to: what stops it, what to look at, what somebody allowed, what has no words."""

    stops: tuple[Find, ...] = ()
    look_at: tuple[Find, ...] = ()
    cleared: tuple[Find, ...] = ()
    unread: tuple[str, ...] = ()


class Guard:
    """Searches for one case: what is kept from each of its readers is worked out once."""

    def __init__(self, loaded: LoadedCase) -> None:
        self._loaded = loaded
        self._kept: dict[Lens, tuple[Protected, ...]] = {}
        self._searches: dict[Lens, Search] = {}

    def kept_from(self, lens: Lens) -> tuple[Protected, ...]:
        """What is kept from a reader."""
        if lens not in self._kept:
            self._kept[lens] = list_protected(self._loaded.case, lens)
        return self._kept[lens]

    def judge(self, reading: Reading, lens: Lens, names: Collection[str] = (), *, ours: bool = True) -> Verdict:
        """What a file says that its reader must not see.

        `names` are those by which a clearance may call the file. In files that others wrote (not `ours`) a name that
        may be another person's is only pointed out.
        """
        found = self._search(lens).look(reading.strips)
        cleared = self._loaded.case.disclosure_cleared
        allowed = tuple(one for one in found if is_cleared(one.protected, cleared, lens, names))
        left = [one for one in found if one not in allowed]
        doubtful = [one for one in left if not ours and one.protected.weight is Weight.LIKELY]
        stops = tuple(one for one in left if one not in doubtful)
        return Verdict(stops, tuple(doubtful), allowed, tuple(dict.fromkeys(reading.unread)))

    def _search(self, lens: Lens) -> Search:
        if lens not in self._searches:
            self._searches[lens] = Search(self.kept_from(lens))
        return self._searches[lens]

    def explain(self, finds: Iterable[Find], lens: Lens) -> tuple[Problem, ...]:
        """Each find as a problem: what it is and where, which text of the case file says it, and the ways out."""
        problems: dict[tuple[str, str], Problem] = {}
        for find in finds:
            for problem in self._explain(find, lens):
                problems.setdefault((problem.says, problem.path), problem)
        return tuple(problems.values())

    def _explain(self, find: Find, lens: Lens) -> Iterable[Problem]:
        one, source = find.protected, self._loaded.source
        says = f"It says {one.what} ({one.fact}): {find.where}"
        if one.also:
            says += f". The same stands at {one.also}, which this reader may know"
        reader = lens.reader or lens.audience.value
        clear = f"if it may stand there, say so under disclosure_cleared (fact: {one.fact}, for: {reader})"
        written = self._find_texts(one)
        for path in written:
            place = source.place(path)
            yield Problem("D002", says, place, say_path(path), f"reword this text in the case file; {clear}")
        if not written:
            yield Problem("D002", says, None, "", f"take it out; {clear}")

    def _find_texts(self, one: Protected) -> list[tuple[str | int, ...]]:
        """The free texts of the case file that say it: the usual way out."""
        search = Search([one])
        own = one.path[:2] if one.path[:1] == ("people",) else one.path
        return [path for path, strip in self._texts if path[: len(own)] != own and search.look([strip])]

    @cached_property
    def _texts(self) -> tuple[tuple[tuple[str | int, ...], Strip], ...]:
        texts = (fact for fact in list_facts(self._loaded.case) if isinstance(fact.value, str) and " " in fact.value)
        kept = ("kept_back", "disclosure_cleared")
        return tuple((fact.path, Strip((("", fact.value),))) for fact in texts if fact.path[0] not in kept)

    def find_idle_clearances(self) -> tuple[Problem, ...]:
        """Clearances that allow nothing: what they name is not kept from that reader, or is misspelt."""
        case, problems = self._loaded.case, []
        for number, entry in enumerate(case.disclosure_cleared):
            lens = find_reader(case, entry.reader)
            if entry.allows not in {one.fact for one in self.kept_from(lens)}:
                path = ("disclosure_cleared", number, "fact")
                problems.append(
                    Problem(
                        "D003",
                        "This clearance allows nothing: no fact of this name is kept from this reader",
                        self._loaded.source.place(path),
                        say_path(path),
                        "take the name from the message of the search, or from permanence disclosure",
                        Level.SHOULD,
                    )
                )
        return tuple(problems)

    def refuse_words(self, said: Sequence[tuple[tuple[str | int, ...], str]], lens: Lens, summary: str) -> None:
        """Raise UnsafeToDiscloseError where words of the case file, given with their paths, say what is kept back."""
        problems: list[Problem] = []
        cleared = self._loaded.case.disclosure_cleared
        for path, words in said:
            for find in self._search(lens).look([Strip((("", words),))]):
                if not is_cleared(find.protected, cleared, lens):
                    one = find.protected
                    says = f"It says {one.what} ({one.fact})"
                    problems.append(Problem("D002", says, self._loaded.source.place(path), say_path(path), "reword it"))
        if problems:
            raise UnsafeToDiscloseError(summary, problems)


def join_verdicts(verdicts: Iterable[Verdict]) -> Verdict:
    """All that several searches of one paper came to, each find once."""
    joined = Verdict()
    for one in verdicts:
        joined = dataclasses.replace(
            joined,
            stops=tuple(dict.fromkeys((*joined.stops, *one.stops))),
            look_at=tuple(dict.fromkeys((*joined.look_at, *one.look_at))),
            cleared=tuple(dict.fromkeys((*joined.cleared, *one.cleared))),
            unread=tuple(dict.fromkeys((*joined.unread, *one.unread))),
        )
    return joined
