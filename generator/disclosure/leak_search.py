"""Finished files searched for what their readers must not see, before any of them leaves its private folder."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.base.english import join_words
from generator.base.errors import Level, Problem
from generator.base.yaml.paths import Path_
from generator.case.explain import say_path
from generator.case.load import LoadedCase
from generator.disclosure.facts import CaseFact, list_facts
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.folding import squash
from generator.disclosure.lens import Audience, Lens
from generator.disclosure.listing import list_protected
from generator.disclosure.protected import Certainty, Protected, digest_protected, is_cleared
from generator.disclosure.readers import find_reader
from generator.disclosure.search import Leak, Search, TextRun, text_run
from generator.disclosure.spelling import split_sentences

_UNNAMED = "in a file inside it, whose name says it too"
_NO_TEXTS = frozenset({"Name", "Address", "Setting", "Placement", "KeptBack", "Cleared"})
"""Groups that hold what is kept back itself, and no words about it."""


@dataclass(frozen=True, slots=True)
class LeakFindings:
    """What the search of one file came to: what stops it, explained; what to look at; what was allowed or unread."""

    stops: tuple[Leak, ...] = ()
    problems: tuple[Problem, ...] = ()
    look_at: tuple[Leak, ...] = ()
    cleared: tuple[Leak, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def found_nothing(self) -> bool:
        """Whether nothing of what was read is kept from the reader."""
        return not (self.stops or self.look_at or self.cleared)


class LeakSearch:
    """Searches for one case: what is kept from each of its readers is worked out once."""

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
        """What is kept from a reader."""
        if lens not in self._kept:
            self._kept[lens] = list_protected(self._loaded.case, lens, self.held)
        return self._kept[lens]

    def digest_kept(self, lens: Lens) -> str:
        """A digest of all that is kept from a reader, with every spelling of it."""
        if lens not in self._digests:
            self._digests[lens] = digest_protected(self.kept_from(lens))
        return self._digests[lens]

    def judge(self, reading: Reading, lens: Lens, names: Collection[str] = (), *, ours: bool = True) -> LeakFindings:
        """What a file says that its reader must not see.

        `names` are those by which a clearance may call the file. In files that others wrote (not `ours`) a name that
        may be another person's is only pointed out.
        """
        found = [
            Leak(one.protected, self._hide_place(one.where, lens)) for one in self._search(lens).look(reading.runs)
        ]
        cleared = self._loaded.case.disclosure_cleared
        # Who lives together has one address: what is allowed of one of them is allowed of the others.
        free = {one.protected.spellings for one in found if is_cleared(one.protected, cleared, lens, names)} - {()}
        allowed = tuple(
            one for one in found if one.protected.spellings in free or is_cleared(one.protected, cleared, lens, names)
        )
        left = [one for one in found if one not in allowed]
        doubtful = [one for one in left if not ours and one.protected.certainty is Certainty.LIKELY]
        stops = tuple(one for one in left if one not in doubtful)
        problems = self._explain_all(stops, lens, reading) if stops else ()
        return LeakFindings(stops, problems, tuple(doubtful), allowed, self.say_places(reading.unread, lens))

    def say_places(self, places: Iterable[str], lens: Lens) -> tuple[str, ...]:
        """Places that were not searched, each once; without names of files that say what is kept back."""
        return tuple(dict.fromkeys(self._hide_place(one, lens) for one in dict.fromkeys(places)))

    def _hide_place(self, where: str, lens: Lens) -> str:
        """The same place; where the name of a file inside the file says what is kept back, without that name."""
        return _UNNAMED if self.says_too_much(where, lens) else where

    def _search(self, lens: Lens) -> Search:
        if lens not in self._searches:
            self._searches[lens] = Search(self.kept_from(lens))
        return self._searches[lens]

    def _explain_all(self, finds: Iterable[Leak], lens: Lens, reading: Reading) -> tuple[Problem, ...]:
        """A problem for each text of the case file that brought a find, and for each place that no text brought."""
        letters = squash("\n".join(text for run in reading.runs for _, text in run.pieces))
        brought: dict[Protected, list[Path_]] = {}
        groups: dict[Path_ | str, list[Leak]] = {}
        for find in finds:
            one = find.protected
            if one not in brought:
                brought[one] = self._find_texts(one, letters)
            keys: list[Path_ | str] = [*brought[one]] or [find.where]
            for key in keys:
                groups.setdefault(key, []).append(find)
        return tuple(self._explain(key, group, lens) for key, group in groups.items())

    def _explain(self, key: Path_ | str, finds: Sequence[Leak], lens: Lens) -> Problem:
        whats: dict[str, dict[str, None]] = {}
        for find in finds:
            whats.setdefault(find.protected.what, {})[find.protected.fact] = None
        said = join_words(f"{what} ({', '.join(facts)})" for what, facts in whats.items())
        places = "; ".join(dict.fromkeys(find.where for find in finds))
        also = dict.fromkeys(find.protected.also for find in finds if find.protected.also)
        doubt = (
            f". The same stands at {', '.join(also)}, which this reader may know: only a person can say which is meant"
            if also
            else ""
        )
        reader = lens.reader or lens.audience.value
        clear = f"if it may stand there, say so under disclosure_cleared (for: {reader}; fact: as named in brackets)"
        path = None if isinstance(key, str) else key
        way = "take it out" if path is None else "reword this text in the case file"
        place, shown = (self._loaded.source.place(path), say_path(path)) if path else (None, "")
        return Problem("D002", f"It says {said}: {places}{doubt}", place, shown, f"{way}; {clear}")

    def _find_texts(self, one: Protected, letters: str) -> list[Path_]:
        """The texts of the case file with a sentence that says it and that stands in the file: the usual way out."""
        search = Search([one])
        return [
            path
            for path, sentences in self._texts
            if path[: len(one.path)] != one.path
            # What two people share is often all that a text says: who signs, say. It is not what brought the find.
            and not (
                one.also and all(squash(text) == spelled.letters for text, _ in sentences for spelled in one.spellings)
            )
            and any(search.look([run]) and squash(text) in letters for text, run in sentences)
        ]

    @cached_property
    def _texts(self) -> tuple[tuple[Path_, tuple[tuple[str, TextRun], ...]], ...]:
        """Every text of the case file that is more than a word, sentence by sentence and as a whole, with its path."""
        texts = (fact for fact in self.held if isinstance(fact.value, str) and " " in fact.value)
        texts = (fact for fact in texts if fact.model not in _NO_TEXTS)
        return tuple(
            (fact.path, tuple((text, text_run(text)) for text in split_sentences(fact.value))) for fact in texts
        )

    def find_idle_clearances(self, names: Collection[str] = ()) -> tuple[Problem, ...]:
        """Clearances that allow nothing: what they name is not kept from that reader, or is misspelt.

        `names` are those by which papers may be called; without them no paper is looked for.
        """
        case = self._loaded.case
        evidence = {name for one in case.evidence for name in (one.id or "", one.file)}
        problems = []
        for number, entry in enumerate(case.disclosure_cleared):
            readers = [person.id for person in case.people] if entry.reader == Audience.PARENT else [entry.reader]
            if entry.allows not in {one.fact for who in readers for one in self.kept_from(find_reader(case, who))}:
                says = "This clearance allows nothing: no fact of this name is kept from this reader"
                way = "take the name from the message of the search, or from permanence disclosure"
                problems.append(self._call_idle(("disclosure_cleared", number, "fact"), says, way))
            for place, paper in enumerate(entry.papers):
                if names and paper not in {*names, *evidence} and "." not in paper:
                    near = difflib.get_close_matches(paper, [*names, *evidence], 1)
                    says = "This clearance allows nothing in this paper: there is no paper or evidence of this name"
                    way = f"did you mean {near[0]}?" if near else "take the name from permanence check"
                    problems.append(self._call_idle(("disclosure_cleared", number, "in", place), says, way))
        return tuple(problems)

    def _call_idle(self, path: Path_, says: str, remedy: str) -> Problem:
        return Problem("D003", says, self._loaded.source.place(path), say_path(path), remedy, Level.SHOULD)

    def says_too_much(self, words: str, lens: Lens) -> bool:
        """Whether some words say what is kept from a reader."""
        return bool(self._search(lens).look([text_run(words)]))

    def find_in_words(self, said: Sequence[tuple[Path_, str]], lens: Lens) -> tuple[Problem, ...]:
        """Where words of the case file, given with their paths, say what is kept from a reader."""
        cleared, source = self._loaded.case.disclosure_cleared, self._loaded.source
        problems = []
        for path, words in said:
            for find in self._search(lens).look([text_run(words)]):
                if not is_cleared(find.protected, cleared, lens):
                    says = f"It says {find.protected.what} ({find.protected.fact})"
                    problems.append(Problem("D002", says, source.place(path), say_path(path), "reword it"))
        return tuple(problems)
