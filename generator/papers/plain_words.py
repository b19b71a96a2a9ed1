"""Hints on text that parents will read: long sentences, words with plainer ones, abbreviations nobody explained."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from generator.base.english import join_words
from generator.base.yaml.read import read_yaml
from generator.case.markup import part_sentences, read_blocks

LONGEST = 25
"""Words in a sentence: GOV.UK asks for no more."""
_MOST = 3
"""So many sentences, terms or abbreviations are named in one hint. The author finds the rest while mending those."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that a parent may stumble over, and a way to say it. It quotes nothing but words of the list."""

    code: str
    says: str
    remedy: str


@dataclass(frozen=True, eq=False)
class Term:
    """Words that professionals write, and plain words for them.

    An `explained` term may stay, because it is what the law or a court calls it, where the text says what it is; then
    `write` says what it is. `unless` are longer words in which it means something else.
    """

    says: tuple[str, ...]
    write: str
    because: str
    source: str
    explained: bool
    unless: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words as they stand in a text, the longest first, or one of the exceptions, which has no group."""
        shunned, words = (sorted(some, key=len, reverse=True) for some in (self.unless, self.says))
        either = f"{_spell(shunned)}|(?P<term>{_spell(words)})" if shunned else f"(?P<term>{_spell(words)})"
        return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)

    @cached_property
    def explanation(self) -> re.Pattern[str]:
        """A place where the text says what the term is: it means something, is called so, or has it in brackets."""
        words = _spell(sorted(self.says, key=len, reverse=True))
        called = rf"\b(?:called|known as)(?: an?| the)? (?:{words})(?!\w)"
        means = rf"\b(?:{words})(?::|,? which means\b| means\b| is (?:when|where|what|the|an?)\b| \(| – )"
        return re.compile(f"{called}|{means}", re.IGNORECASE)


def _spell(words: Sequence[str]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s+").replace("'", "['’]") for one in words)


@dataclass(frozen=True, eq=False)
class PlainWords:
    """The list of terms, what abbreviations stand for, and the capitals that everybody knows."""

    terms: tuple[Term, ...]
    abbreviations: dict[str, str]
    known: frozenset[str]

    def find_explained(self, text: str) -> frozenset[Term]:
        """The terms that a text explains."""
        return frozenset(term for term in self.terms if term.explained and term.explanation.search(text))


@cache
def read_plain_words(file: Path) -> PlainWords:
    """The list in a file. Raises CannotReadError where it cannot be read."""
    facts: dict[str, Any] = read_yaml(file).facts
    terms = tuple(
        Term(
            tuple(row["says"]),
            row["write"],
            row["because"],
            row["source"],
            row.get("explain") == "yes",
            tuple(row.get("unless", ())),
        )
        for row in facts["terms"]
    )
    return PlainWords(terms, facts["abbreviations"], frozenset(facts["known"]))


def find_hints(
    text: str, words: PlainWords, names: Collection[str] = (), explained: Collection[Term] = ()
) -> tuple[Hint, ...]:
    """What to say more plainly in a text: at most one hint of each kind, and none where nothing is found.

    `names` are words in capitals that are somebody's name; `explained` terms that the paper around the text explains.
    What stands in quotation marks is somebody's own words, and is left as it is. Nothing is changed, and nothing is
    scored.
    """
    sentences = tuple(split_sentences(text))
    found = (
        _find_long(sentences),
        _find_terms(sentences, words, explained),
        _find_abbreviations(sentences, words, names),
    )
    return tuple(hint for hint in found if hint)


# sentences

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|(?<!\w)‘[^‘’]*(?:’(?=\w)[^‘’]*)*’(?!\w)")


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a text as the case file may hold it. A point of a list also ends a sentence."""
    for block in read_blocks(text):
        for part in part_sentences(block):
            if words := "".join(run.text for run in part.runs if not run.cites).strip():
                yield words


def _find_long(sentences: Sequence[str]) -> Hint | None:
    long = [(number, count_words(one)) for number, one in enumerate(sentences, 1) if _weigh(one) > LONGEST]
    if not long:
        return None
    if len(sentences) == 1:
        says = f"This sentence has {long[0][1]} words"
    elif len(long) == 1:
        says = f"The {_format_ordinal(long[0][0])} sentence has {long[0][1]} words"
    else:
        told = [f"the {_format_ordinal(number)} has {count}" for number, count in long[:_MOST]]
        more = f", and {len(long) - _MOST} more" if len(long) > _MOST else ""
        says = f"{len(long)} sentences are long: {', '.join(told)} words{more}"
    return Hint("L001", says, f"say one thing in each sentence; up to {LONGEST} words are easy to follow")


def count_words(sentence: str) -> int:
    """How many words a sentence has, as a person counts them."""
    return len(_list_words(sentence))


def _list_words(sentence: str) -> list[str]:
    return [one for one in sentence.split() if any(sign.isalnum() for sign in one)]


def _weigh(sentence: str) -> int:
    """The words that make a sentence hard: not those of names, dates, numbers and addresses, nor what is quoted."""
    own = [one.strip(".,;:!?()[]…–-'’*") for one in _list_words(_QUOTED.sub(" ", sentence))]
    return sum(
        number == 0 or re.match("I(?!\\w)", one) is not None or not one[0].isupper()
        for number, one in enumerate(own)
        if one and "@" not in one and not any(sign.isdigit() for sign in one)
    )


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _format_ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# terms


def _find_terms(sentences: Sequence[str], words: PlainWords, explained: Collection[Term]) -> Hint | None:
    text = "\n".join(sentences)
    said = {*explained, *words.find_explained(text)}
    spots = sorted(
        ((at, -len(spelled), spelled, term) for term in words.terms for at, spelled in _spot(term, sentences)),
        key=lambda one: one[:2],
    )
    found: dict[Term, str] = {}
    reached = 0
    for at, size, spelled, term in spots:
        # Where one term lies in another, such as contact in contact centre, the longer one is meant.
        if at >= reached:
            reached = at - size
            if term not in said:
                found.setdefault(term, spelled.lower())
    if not found:
        return None
    first = [*found.items()][:_MOST]
    told = [f"“{spelled}”" for _, spelled in first]
    if len(found) > _MOST:
        told.append(f"{len(found) - _MOST} more")
    return Hint("L002", f"A parent may not know {join_words(told)}", "; ".join(_describe_way(*one) for one in first))


def _describe_way(term: Term, spelled: str) -> str:
    return f"say what “{spelled}” is: {term.write}" if term.explained else f"for “{spelled}”: {term.write}"


def _spot(term: Term, sentences: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Where a term stands in the text as its own word: not in a quotation, nor in a name such as Contact House."""
    before = 0
    for sentence in sentences:
        bare = _QUOTED.sub(lambda quote: " " * len(quote[0]), sentence)
        for match in term.pattern.finditer(bare):
            if match["term"] and not _is_in_name(bare, match.start("term"), match.end("term")):
                yield before + match.start("term"), match["term"]
        before += len(sentence) + 1


def _is_in_name(sentence: str, start: int, end: int) -> bool:
    if not sentence[start].isupper():
        return False
    following = sentence[end : end + 2].strip()
    leading = sentence[max(start - _LONGEST_NAME, 0) : start].split()
    # A capital before it makes a name; but a sentence starts with one, too, unless that word is a title.
    is_after_name = bool(leading) and leading[-1][0].isupper() and (len(leading) > 1 or leading[-1] in _TITLES)
    return following.isupper() or is_after_name


_LONGEST_NAME = 60
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr"})


# abbreviations

_CAPITALS = re.compile(r"(?<![\w.@/&-])(?:[A-Z]{2,6}|[A-Z]&[A-Z])s?(?![\w@/&-])")
_ROMAN = re.compile(r"[IVX]+")
_ENOUGH = 20
"""So many different short forms are looked up in one text."""


def _find_abbreviations(sentences: Sequence[str], words: PlainWords, names: Collection[str]) -> Hint | None:
    text = "\n".join(_QUOTED.sub(" ", one) for one in sentences)
    found: dict[str, None] = {}
    unknown: set[str] = set()
    for sentence in text.split("\n"):
        letters = [sign for sign in sentence if sign.isalpha()]
        if 2 * sum(sign.isupper() for sign in letters) > len(letters) and len(letters) > 12:
            # A sentence in capitals has no abbreviations that anybody could tell.
            continue
        for match in _CAPITALS.finditer(sentence):
            short = match[0].removesuffix("s")
            if short in found or short in unknown or len(found) + len(unknown) > _ENOUGH:
                continue
            if short in words.known or short in names or _ROMAN.fullmatch(short) or _is_explained(short, text, words):
                continue
            if short in words.abbreviations:
                found[short] = None
            else:
                unknown.add(short)
    if not found and not unknown:
        return None
    told = [*found][:_MOST]
    ways = [f"for {one}: {words.abbreviations[one]}" for one in told]
    if len(found) > _MOST:
        told.append(f"{len(found) - _MOST} more")
    if unknown:
        # It may be somebody's initials, which a message must not give away.
        many = len(unknown) > 1
        other = f"{len(unknown)} other words in capitals" if many else "another word in capitals"
        alone = f"{len(unknown)} words in capitals" if many else "a word in capitals"
        told.append(other if found else alone)
    return Hint(
        "L003",
        f"Nobody explained {join_words(told)}",
        "; ".join(ways) or "say it in full, and leave the short form out",
    )


def _is_explained(short: str, text: str, words: PlainWords) -> bool:
    """Whether the text says what an abbreviation stands for: beside it in brackets, or in full anywhere."""
    if re.search(rf"\w \({short}s?\)|\b{short}s? \(\w|\b{short}s? (?:means|stands for)\b", text):
        return True
    full = words.abbreviations.get(short)
    return bool(full) and str(full).lower() in text.lower()
