"""The ways in which people write one protected value: a name, an address, a number, a birthday, a passage."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product

from generator.case.person import Name
from generator.disclosure.everyday import CALENDAR, EVERYDAY, HOUSES, PLAIN, SETTINGS
from generator.disclosure.folding import squash, words_of


class SpellingFit(Enum):
    """How the text around the letters of a spelling must be written for a match to count."""

    ANY = "any"
    """Whole words, in any case."""
    NAME = "name"
    """Whole words with a capital, or inside an e-mail address, a link or a file name."""
    CAPITAL = "capital"
    """Whole words with a capital."""
    FIRST_NAME = "first name"
    """Like `NAME`, and not before another capital: with another family name it is another person."""
    SURE_NAME = "sure name"
    """Like `CAPITAL`, and not where a sentence begins: the word is an everyday one as well."""
    TITLE = "title"
    """Whole words, each with a capital: together they are everyday words as well, such as sunny days."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a value: its letters and digits, squashed, and how the text around them must be written.

    `words` are the positions among the letters where a word may end; None where a space may stand anywhere, as in
    numbers.
    """

    letters: str
    fit: SpellingFit = SpellingFit.ANY
    capital: int = 0
    """The position of the letter that must be a capital, for a spelling that begins with another word."""
    words: frozenset[int] | None = None
    owned: bool = True
    """Whether an apostrophe may stand before the last letter: Summer's is not Summers for a child called Summer."""


def spell(*parts: str, fit: SpellingFit = SpellingFit.ANY, capital: int = 0, owned: bool = True) -> Spelling:
    """Return the spelling of some words in this order."""
    total, ends = 0, []
    for word in words_of(" ".join(parts)):
        total += len(word)
        ends.append(total)
    return Spelling(squash("".join(parts)), fit, capital, frozenset(ends), owned)


_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr")
_SHORTEST = 3
_WORDS_OF_ONE_LETTER = frozenset("ai")
"""May I is nobody's name."""


def spell_name(name: Name, known: Collection[str]) -> Iterator[Spelling]:
    """Yield a whole name in all orders and shortenings, without the squashed names in `known`, which are others'."""
    given, family = name.given.split(), name.family
    if not family:
        if len(given) > 1:
            yield spell(name.given)
        return
    first, initials = given[0], [part[:1] for part in given]
    firsts = {name.given, first, " ".join((first, *initials[1:]))} | ({name.known_as} if name.known_as else set())
    short = {initials[0], " ".join(initials)} | ({name.known_as[:1]} if name.known_as else set())
    surnames = {family, name.known_as} if name.known_as and name.known_as != first else {family}
    spellings = [order for one in sorted(firsts | short) for order in (spell(one, family), spell(family, one))]
    spellings += [spell(title, one) for title in (*_TITLES, name.title or "mr") for one in sorted(surnames)]
    plain = {*words_of(f"{name.full} {name.known_as or ''}")} <= EVERYDAY | CALENDAR
    for one in dict.fromkeys(spellings):
        if len(one.letters) > _SHORTEST and one.letters not in known:
            # "Grace may come", and "with grace. May we": words that make sentences are a name with capitals alone.
            yield replace(one, fit=SpellingFit.TITLE) if plain else one
    for begun in sorted({first, name.known_as or first}):
        letter = family[:1].lower()
        if letter.isalpha() and letter not in _WORDS_OF_ONE_LETTER and len(begun) > 2:
            one = spell(begun, letter, fit=SpellingFit.TITLE)
            if one.letters not in known:
                yield one


def spell_word(word: str, fit: SpellingFit = SpellingFit.NAME, *, owned: bool = True) -> Iterator[Spelling]:
    """Yield spellings of one word of a name by itself, such as a family name, a first name or a village.

    An everyday word needs more around it than a rare one. Pass `owned=False` where the word without its last s is the
    name of somebody whom the reader may know.
    """
    letters = squash(word)
    if len(letters) < _SHORTEST:
        return
    if letters in CALENDAR:
        if fit is not SpellingFit.FIRST_NAME:
            yield spell("the", f"{word}s", fit=SpellingFit.CAPITAL, capital=len("the"))
            yield spell("the", word, "family", fit=SpellingFit.CAPITAL, capital=len("the"))
        return
    if letters not in EVERYDAY:
        yield spell(word, fit=fit, owned=owned)
        yield spell(f"{word}s", fit=SpellingFit.CAPITAL)
    else:
        yield spell(word, fit=SpellingFit.SURE_NAME, owned=owned)
        yield spell("the", f"{word}s", fit=SpellingFit.CAPITAL, capital=len("the"))
    if fit is not SpellingFit.FIRST_NAME:
        for kin in ("family", "household"):
            yield spell(word, kin, fit=SpellingFit.NAME)


def spell_phrase(phrase: str) -> Iterator[Spelling]:
    """Yield spellings of several words that are a name together, such as a nursery's."""
    words = words_of(phrase)
    if len(words) > 1 and len(squash(phrase)) > 5:
        fit = SpellingFit.TITLE if is_everyday(phrase) else SpellingFit.ANY
        yield spell(phrase, fit=fit)
        if words[0] == "the" and len(words) > 2:
            yield spell(" ".join(words[1:]), fit=fit)
        elif words[0] == "the":
            yield from spell_word(words[1])
    elif len(squash(phrase)) > _SHORTEST:
        yield from spell_word(phrase)


def is_everyday(phrase: str) -> bool:
    """Return whether the name of a house or nursery has everyday words only: Sunny Days, Sea View, The Old Rectory."""
    words = words_of(phrase)
    return {*words} <= EVERYDAY | PLAIN | SETTINGS | (HOUSES if words[:1] == ("the",) else frozenset())


def spell_title(phrase: str) -> Iterator[Spelling]:
    """Yield spellings of the name of a house or nursery: with capitals only, where all its words are everyday ones."""
    if is_everyday(phrase):
        yield spell(phrase, fit=SpellingFit.TITLE)
    else:
        yield from spell_line(phrase)


_STREETS = (
    ("street", "st"),
    ("saint", "st"),
    ("road", "rd"),
    ("avenue", "ave", "av"),
    ("lane", "ln"),
    ("close", "cl"),
    ("drive", "dr"),
    ("court", "ct"),
    ("crescent", "cres"),
    ("gardens", "gdns"),
    ("terrace", "terr", "ter"),
    ("place", "pl"),
    ("square", "sq"),
    ("grove", "gr", "grv"),
    ("park", "pk"),
    ("mount", "mt"),
    ("apartment", "apt", "flat"),
)
STREETS = frozenset(word for group in _STREETS for word in group) - {"saint", "flat", "apartment", "apt"} | {
    *("way", "row", "walk", "parade", "approach", "wynd", "loke", "yard", "mews"),
}
"""Words at the end of a line that say that it is a street, which many people share, and not the name of a house."""
_SHORT_FOR = {word: group for group in _STREETS for word in group} | {"st": ("st", "street", "saint")}
_NUMBER = re.compile(
    r"(?:\b(?:flat|apartment|apt|unit|no|number)\.?\s*)?\b\d+\s?[a-z]?\b(?:\s*[-–/]\s*\d+[a-z]?)?", re.IGNORECASE
)


def spell_line(line: str) -> Iterator[Spelling]:
    """Yield spellings of a line of an address, with the usual abbreviations: Road, Rd."""
    words = words_of(line)
    choices = [_SHORT_FOR.get(word, (word,)) for word in words]
    # With more than three such words the spellings would multiply: then only the line as it is written is used.
    if sum(len(choice) > 1 for choice in choices) > 3:
        choices = [(word,) for word in words]
    for parts in product(*choices):
        if len("".join(parts)) > _SHORTEST:
            yield spell(*parts)


def street_of(line: str) -> str | None:
    """Return the street in a line of an address, without numbers; None where too little is left to recognise it."""
    rest = " ".join(_NUMBER.sub(" ", line).replace(",", " ").split())
    return rest if len(squash(rest)) > 6 else None


def spell_telephone(number: str) -> Iterator[Spelling]:
    """Yield a telephone number with and without the country code, and a landline without its area code."""
    digits = squash(re.sub(r"\D", "", number))
    national = digits.removeprefix("00").removeprefix("44").removeprefix("0")
    if len(national) < 6:
        return
    for code in ("0", "44", "0044", "440", "00440", ""):
        yield Spelling(f"{code}{national}")
        # Some people type the letter o for a zero.
        yield Spelling(f"{code}{national}".replace("0", "o"))
    # Nobody dials the area code at home; it has up to five figures with its zero.
    if national[0] in "12" and len(national) == 10:
        area = 2 if national.startswith("2") else 3 if national[1] == "1" or national[2] == "1" else 4
        yield Spelling(national[area:])


def spell_number(number: str) -> Iterator[Spelling]:
    """Yield a number of a register, such as an NHS number, and its forms with o and 0 confused."""
    letters = squash(number)
    if len(letters) > 4:
        for one in dict.fromkeys((letters, letters.replace("0", "o"), letters.replace("o", "0"))):
            yield Spelling(one)


_SENTENCE = re.compile(r"[.!?;:]\s+|\n+|[|•]")
_PASSAGE_WORDS, _PASSAGE_LETTERS, _PASSAGE_WHOLE = 6, 32, 40


def split_sentences(text: str) -> list[str]:
    """Return the sentences, lines and table cells of a text."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence]


def spell_passage(text: str) -> Iterator[Spelling]:
    """Yield each sentence that is long enough to be written only once, and a short text as a whole."""
    sentences = split_sentences(text)
    whole = [text] if len(sentences) > 1 and len(words_of(text)) <= _PASSAGE_WHOLE else []
    for sentence in (*sentences, *whole):
        letters = squash(sentence)
        if len(words_of(sentence)) >= _PASSAGE_WORDS and len(letters) >= _PASSAGE_LETTERS:
            yield Spelling(letters)


_LONGEST_ADDRESS = 100


def has_capital(piece: str, place: int, *, in_addresses: bool) -> bool:
    """Return whether the word that starts at this place is written with a capital, or in a script without capitals.

    With `in_addresses`, small letters are accepted inside an e-mail address, a link or a file name.
    """
    if not piece[place].islower():
        return True
    before, after = piece[max(place - _LONGEST_ADDRESS, 0) : place], piece[place : place + _LONGEST_ADDRESS]
    stretch = (before.split() or [""])[-1] * (not before[-1:].isspace()) + after.split()[0]
    return in_addresses and (any(sign in stretch for sign in "@/\\_") or re.search(r"\w\.\w", stretch) is not None)
