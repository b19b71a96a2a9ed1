"""Search finished files for what their readers may not see, before a file leaves the private folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.base.english import find_nearest, join_words
from generator.base.errors import Level, Problem
from generator.base.yaml.paths import Path_
from generator.case.explain import format_case_path
from generator.case.load import LoadedCase
from generator.disclosure.facts import CaseFact, list_facts
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.folding import squash
from generator.disclosure.lens import Lens
from generator.disclosure.listing import list_protected
from generator.disclosure.protected import Certainty, Protected, digest_protected, is_cleared
from generator.disclosure.readers import find_reader, is_each_of_family
from generator.disclosure.search import Leak, Search, TextRun, text_run
from generator.disclosure.spelling import split_sentences

_UNNAMED = "in a file inside it, whose name says it too"
"""Printed in place of the name of a file that itself holds a protected value."""
_NO_TEXTS = frozenset({"Name", "Address", "Setting", "Placement", "KeptBack", "Cleared"})
"""Groups that hold protected values themselves, and no sentences about them."""


@dataclass(frozen=True, slots=True)
class LeakFindings:
    """The result of the search of one file.

    `stops` are leaks because of which the file is withheld, and `problems` explain them. `look_at` are likely leaks for
    a person to look at, `cleared` those that the case file allows, `unread` the places that could not be searched.
    """

    stops: tuple[Leak, ...] = ()
    problems: tuple[Problem, ...] = ()
    look_at: tuple[Leak, ...] = ()
    cleared: tuple[Leak, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def found_nothing(self) -> bool:
        """Whether no protected value was found."""
        return not (self.stops or self.look_at or self.cleared)


class LeakSearch:
    """The searches for one case. What is protected from each reader is worked out once."""

    def __init__(self, loaded: LoadedCase) -> None:
        self._loaded = loaded
        self._kept: dict[Lens, tuple[Protected, ...]] = {}
        self._searches: dict[Lens, Search] = {}
        self._digests: dict[Lens, str] = {}

    @cached_property
    def held(self) -> tuple[CaseFact, ...]:
        """Every fact of the case."""
        return tuple(list_facts(self._loaded.case))

    def kept_from(self, lens: Lens) -> tuple[Protected, ...]:
        """Return what is protected from a reader."""
        if lens not in self._kept:
            self._kept[lens] = list_protected(self._loaded.case, lens, self.held)
        return self._kept[lens]

    def digest_kept(self, lens: Lens) -> str:
        """Return a digest of all that is protected from a reader, with every spelling."""
        if lens not in self._digests:
            self._digests[lens] = digest_protected(self.kept_from(lens))
        return self._digests[lens]

    def judge(self, reading: Reading, lens: Lens, names: Collection[str] = (), *, ours: bool = True) -> LeakFindings:
        """Return the protected values in a file.

        `names` are the names that a clearance may use for the file. In a file that others wrote (not `ours`), a name
        that may be another person's does not stop it.
        """
        found = [
            Leak(one.protected, self._hide_place(one.where, lens)) for one in self._search(lens).look(reading.runs)
        ]
        cleared = self._loaded.case.disclosure_cleared
        # People who live together share an address: what is allowed for one of them is allowed for the others.
        free = {one.protected.spellings for one in found if is_cleared(one.protected, cleared, lens, names)} - {()}
        allowed = tuple(
            one for one in found if one.protected.spellings in free or is_cleared(one.protected, cleared, lens, names)
        )
        left = [one for one in found if one not in allowed]
        doubtful = [one for one in left if not ours and one.protected.certainty is Certainty.LIKELY]
        stops = tuple(one for one in left if one not in doubtful)
        problems = self._explain_all(stops, lens, reading) if stops else ()
        return LeakFindings(stops, problems, tuple(doubtful), allowed, self.list_unsearched(reading.unread, lens))

    def list_unsearched(self, places: Iterable[str], lens: Lens) -> tuple[str, ...]:
        """Return the places that were not searched, each once, without file names that hold a protected value."""
        return tuple(dict.fromkeys(self._hide_place(one, lens) for one in dict.fromkeys(places)))

    def _hide_place(self, where: str, lens: Lens) -> str:
        """Return the place, without the name of a file in it that holds a protected value."""
        return _UNNAMED if self.says_too_much(where, lens) else where

    def _search(self, lens: Lens) -> Search:
        if lens not in self._searches:
            self._searches[lens] = Search(self.kept_from(lens))
        return self._searches[lens]

    def _explain_all(self, leaks: Iterable[Leak], lens: Lens, reading: Reading) -> tuple[Problem, ...]:
        """Return a problem for each text of the case file that caused a leak, and for each place without one."""
        letters = squash("\n".join(text for run in reading.runs for _, text in run.pieces))
        causes: dict[Protected, list[Path_]] = {}
        groups: dict[Path_ | str, list[Leak]] = {}
        for leak in leaks:
            one = leak.protected
            if one not in causes:
                causes[one] = self._find_texts(one, letters)
            keys: list[Path_ | str] = [*causes[one]] or [leak.where]
            for key in keys:
                groups.setdefault(key, []).append(leak)
        return tuple(self._explain(key, group, lens) for key, group in groups.items())

    def _explain(self, key: Path_ | str, leaks: Sequence[Leak], lens: Lens) -> Problem:
        whats: dict[str, dict[str, None]] = {}
        for leak in leaks:
            whats.setdefault(leak.protected.what, {})[leak.protected.fact] = None
        said = join_words(f"{what} ({', '.join(facts)})" for what, facts in whats.items())
        places = "; ".join(dict.fromkeys(leak.where for leak in leaks))
        also = dict.fromkeys(leak.protected.also for leak in leaks if leak.protected.also)
        doubt = (
            f". The same stands at {', '.join(also)}, which this reader may know: only a person can say which is meant"
            if also
            else ""
        )
        reader = lens.reader or lens.audience.value
        clear = f"if it may stand there, say so under disclosure_cleared (for: {reader}; fact: as named in brackets)"
        path = None if isinstance(key, str) else key
        way = "take it out" if path is None else "reword this text in the case file"
        place, shown = (self._loaded.source.place(path), format_case_path(path)) if path else (None, "")
        return Problem("D002", f"It says {said}: {places}{doubt}", place, shown, f"{way}; {clear}")

    def _find_texts(self, one: Protected, letters: str) -> list[Path_]:
        """Return the texts of the case file that hold the value and of which a sentence stands in the finished file."""
        search = Search([one])
        return [
            path
            for path, sentences in self._texts
            if path[: len(one.path)] != one.path
            # A text that is nothing but a value that two people share, such as who signs, did not cause the leak.
            and not (
                one.also and all(squash(text) == spelled.letters for text, _ in sentences for spelled in one.spellings)
            )
            and any(search.look([run]) and squash(text) in letters for text, run in sentences)
        ]

    @cached_property
    def _texts(self) -> tuple[tuple[Path_, tuple[tuple[str, TextRun], ...]], ...]:
        """Every text of the case file of more than one word, with its path and sentences."""
        texts = (fact for fact in self.held if isinstance(fact.value, str) and " " in fact.value)
        texts = (fact for fact in texts if fact.model not in _NO_TEXTS)
        return tuple(
            (fact.path, tuple((text, text_run(text)) for text in split_sentences(fact.value))) for fact in texts
        )

    def find_unused_clearances(self, names: Collection[str] = ()) -> tuple[Problem, ...]:
        """Return the clearances that allow nothing: what they name is misspelt or not protected from that reader.

        `names` are the names of all papers; without them, the names of papers are not checked.
        """
        case = self._loaded.case
        evidence = {name for one in case.evidence for name in (one.id or "", one.file)}
        problems = []
        for number, entry in enumerate(case.disclosure_cleared):
            readers = [person.id for person in case.people] if is_each_of_family(entry.reader) else [entry.reader]
            if entry.allows not in {one.fact for who in readers for one in self.kept_from(find_reader(case, who))}:
                says = "This clearance allows nothing: no fact of this name is kept from this reader"
                way = "take the name from the message of the search, or from permanence disclosure"
                problems.append(self._report_unused(("disclosure_cleared", number, "fact"), says, way))
            for place, paper in enumerate(entry.papers):
                if names and paper not in {*names, *evidence} and "." not in paper:
                    near = find_nearest(paper, [*names, *evidence])
                    says = "This clearance allows nothing in this paper: there is no paper or evidence of this name"
                    way = f"did you mean {near}?" if near else "take the name from permanence check"
                    problems.append(self._report_unused(("disclosure_cleared", number, "in", place), says, way))
        return tuple(problems)

    def _report_unused(self, path: Path_, says: str, remedy: str) -> Problem:
        return Problem("D003", says, self._loaded.source.place(path), format_case_path(path), remedy, Level.SHOULD)

    def says_too_much(self, words: str, lens: Lens) -> bool:
        """Return whether some words hold a protected value."""
        return bool(self._search(lens).look([text_run(words)]))

    def find_in_words(self, said: Sequence[tuple[Path_, str]], lens: Lens) -> tuple[Problem, ...]:
        """Return a problem for each protected value in words of the case file, which are given with their paths."""
        cleared, source = self._loaded.case.disclosure_cleared, self._loaded.source
        problems = []
        for path, words in said:
            for leak in self._search(lens).look([text_run(words)]):
                if not is_cleared(leak.protected, cleared, lens):
                    says = f"It says {leak.protected.what} ({leak.protected.fact})"
                    problems.append(Problem("D002", says, source.place(path), format_case_path(path), "reword it"))
        return tuple(problems)
