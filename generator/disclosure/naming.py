"""Single names of people who are kept back, as far as they can be told from those that readers know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.base.yaml.paths import Path_
from generator.disclosure.folding import squash
from generator.disclosure.protected import Protected, Weight
from generator.disclosure.sight import Sight
from generator.disclosure.spelling import Fit, spell_word


def list_words(
    sight: Sight, words: Iterable[str | None], what: str, fact: str, path: Path_, fit: Fit = Fit.NAME
) -> Iterator[Protected]:
    """Single names, as far as nobody whom the reader may know has them too."""
    for word in filter(None, words):
        letters = squash(word)
        if letters not in sight.known.words:
            owned = not (letters.endswith("s") and letters[:-1] in sight.known.words)
            yield Protected(what, fact, path, tuple(spell_word(word, fit, owned=owned)), weight=Weight.LIKELY)
