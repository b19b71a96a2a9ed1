"""What is wrong in a template, and where in the Word file it stands."""

from __future__ import annotations

from dataclasses import dataclass

from generator.base.errors import Level, Problem

_MOST_WORDS = 70


@dataclass(frozen=True, slots=True)
class Where:
    """A paragraph of a Word file. Tables, rows, columns and paragraphs count from 1; 0 where there is none.

    `words` are a few of the template's own words. `part` is the part as people call it, or the card.
    """

    part: str
    heading: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    words: str = ""

    def __str__(self) -> str:
        said = [self.part]
        if self.heading:
            said.append(f"under “{self.heading}”")
        if self.table:
            said.append(f"table {self.table}, row {self.row}, column {self.column}")
        elif self.paragraph:
            said.append(f"paragraph {self.paragraph}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """One thing that is wrong in one template file, and how to put it right."""

    file: str
    code: str
    says: str
    where: Where
    remedy: str = ""
    level: Level = Level.MUST
    mended: bool = False
    """Whether `mend` can put it right."""

    def as_problem(self) -> Problem:
        """The finding as a problem, as every command reports them."""
        quoted = f" (in “{self.where.words}”)" if self.where.words else ""
        return Problem(
            self.code, f"{self.says}{quoted}", path=f"{self.file}: {self.where}", remedy=self.remedy, level=self.level
        )


def shorten(words: str) -> str:
    """A few words of a text, for a message."""
    text = " ".join(words.split())
    return text if len(text) <= _MOST_WORDS else f"{text[: _MOST_WORDS - 1]}…"
