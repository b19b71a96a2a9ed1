"""The tags of one part as the text that Jinja reads, a line for each paragraph, and every block that does not close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError

from generator.base.english import find_nearest
from generator.base.word_xml import W
from generator.papers.lint.findings import TemplateFinding
from generator.papers.lint.tags import Tag, find_tags
from generator.papers.lint.wordparts import Paragraph, WordPart
from generator.rules.expressions.language import parse_source

ANYTHING = "anything__"
"""Stands where a tag could not be read, so that the tags inside its block can be."""
_CLOSES = {"if": "endif", "for": "endfor"}
_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_LOOP = re.compile(r"for\s+([A-Za-z_][\w\s,]*?)\s+in\b")


@dataclass(frozen=True, slots=True)
class Script:
    """The tags of a part: `source` has a line for each of `lines`. `whole` are the lines whose tag is `{{p`."""

    source: str
    lines: tuple[Paragraph, ...]
    whole: frozenset[int]


class ScriptReader:
    """Reads the tags of one part; what is wrong is gathered in `findings`."""

    def __init__(self, part: WordPart, file: str) -> None:
        self.findings: list[TemplateFinding] = []
        self._part, self._file = part, file
        self._open: list[Tag] = []
        self._last_branch: list[Tag] = []

    def read(self) -> Script:
        """The part as Jinja reads it; blocks that do not close are closed."""
        lines: list[str] = []
        whole: set[int] = set()
        for number, paragraph in enumerate(self._part.paragraphs, 1):
            said = []
            for tag in find_tags(paragraph):
                said.append(self._say(tag))
                if tag.sort == "{{" and tag.prefix == "p":
                    whole.add(number)
            lines.append("".join(said))
        ending = ""
        for tag in reversed(self._open):
            self._note(
                "T121", f"{{% {tag.word} %}} is never closed", tag, f"add {{%{tag.prefix} {_CLOSES[tag.word]} %}}"
            )
            ending += f"{{% {_CLOSES[tag.word]} %}}"
        return Script("\n".join(lines) + ending, self._part.paragraphs, frozenset(whole))

    def _note(self, code: str, says: str, tag: Tag, remedy: str) -> None:
        self.findings.append(TemplateFinding(self._file, code, says, tag.paragraph.where, remedy))

    def _say(self, tag: Tag) -> str:
        """One tag as Jinja reads it; in its place something harmless where it cannot be read."""
        if tag.sort == "{#":
            return ""
        if tag.sort == "{{":
            return f"{{{{ {tag.inner} }}}}" if self._can_be_read(tag, f"{{{{ {tag.inner} }}}}") else ""
        if tag.word not in _WORDS:
            meant = self._explain_word(tag)
            return self._say_block(meant) if meant else ""
        return self._say_block(tag)

    def _explain_word(self, tag: Tag) -> Tag | None:
        """Say what is wrong with the word of a tag; the tag that was meant, where that can be told."""
        written = tag.word or tag.written
        near = find_nearest(written.lower(), _WORDS)
        meant = None
        joined = re.fullmatch(r"(p|tr|tc)(if|elif|else|endif|for|endfor|set)", written.lower())
        apart = re.fullmatch(r"(p|tr|tc|r)\s+\w.*", tag.inner, re.DOTALL | re.IGNORECASE)
        if joined:
            remedy = f"write a space: {{%{joined[1]} {joined[2]} … %}}"
            meant = replace(tag, prefix=joined[1], inner=tag.inner[len(joined[1]) :])
        elif apart:
            kept = tag.inner.split(None, 1)
            remedy = f"write {{%{kept[0].lower()} {kept[1]} %}}: no space before {kept[0].lower()}"
            meant = replace(tag, prefix=kept[0].lower(), inner=kept[1])
        else:
            remedy = f"write {near}" if near else "if, for and set are the only ones"
            meant = replace(tag, inner=near + tag.inner[len(written) :]) if near else None
        self._note("T122", f"There is no tag {{% {written} %}} in templates", tag, remedy)
        return meant if meant and meant.word in _WORDS else None

    def _can_be_read(self, tag: Tag, source: str) -> bool:
        says = _find_mistake(source)
        if says:
            remedy = "compare it with the tags in docs/reference/templates.md"
            self._note("T120", f"The tag cannot be read: {says}", tag, remedy)
        return says is None

    def _say_block(self, tag: Tag) -> str:
        plain = f"{{% {tag.inner} %}}"
        match tag.word:
            case "if" | "for":
                self._open.append(tag)
                closed = f"{plain}{{% {_CLOSES[tag.word]} %}}"
                return plain if self._can_be_read(tag, closed) else _harmless(tag)
            case "set":
                return plain if self._can_be_read(tag, plain) else ""
            case "elif" | "else":
                return self._say_branch(tag, plain)
            case _:
                return self._close(tag)

    def _say_branch(self, tag: Tag, plain: str) -> str:
        opened = self._open[-1] if self._open else None
        if opened is None or (opened.word == "for" and tag.word == "elif"):
            self._note(
                "T121", f"{{% {tag.word} %}} stands outside of an if", tag, "take it out, or add the if before it"
            )
            return ""
        if any(one is opened for one in self._last_branch):
            remedy = "take it out, or write it before the else"
            self._note("T121", f"{{% {tag.word} %}} stands after the else of its {opened.word}", tag, remedy)
            return ""
        if tag.word == "else":
            self._last_branch.append(opened)
        self._compare(opened, tag)
        before = "{% if true %}" if opened.word == "if" else "{% for one in [] %}"
        readable = self._can_be_read(tag, f"{before}{plain}{{% {_CLOSES[opened.word]} %}}")
        return plain if readable else "{% elif true %}" if tag.word == "elif" else "{% else %}"

    def _close(self, tag: Tag) -> str:
        wanted = tag.word.removeprefix("end")
        if not any(one.word == wanted for one in self._open):
            self._note("T121", f"{{% {tag.word} %}} closes nothing", tag, f"take it out, or add the {wanted} before it")
            return ""
        said = ""
        while self._open[-1].word != wanted:
            lost = self._open.pop()
            says = f"{{% {lost.word} %}} is not closed before {{% {tag.word} %}}"
            self._note("T121", says, lost, f"add {{%{lost.prefix} {_CLOSES[lost.word]} %}}")
            said += f"{{% {_CLOSES[lost.word]} %}}"
        opened = self._open.pop()
        self._compare(opened, tag)
        return f"{said}{{% {tag.word} %}}"

    def _compare(self, opened: Tag, tag: Tag) -> None:
        """Whether a block opens and closes in the same way and in the same place."""
        if opened.prefix != tag.prefix:
            says = f"{{%{opened.prefix} {opened.word} %}} goes on, or closes, as {{%{tag.prefix} {tag.word} %}}"
            self._note("T123", says, tag, f"write {{%{opened.prefix} {tag.word} … %}}, in the same way in both")
        elif None not in (_holder(opened), _holder(tag)) and _holder(opened) is not _holder(tag):
            place = {"tr": "table", "tc": "row"}.get(tag.prefix, "cell, text box or text")
            says = f"{{% {opened.word} %}} opens in one {place} and goes on, or closes, in another"
            self._note("T124", says, tag, "close it where it opens")


@lru_cache(maxsize=8192)
def _find_mistake(source: str) -> str | None:
    """What Jinja says is wrong with a tag; None where it can be read."""
    try:
        parse_source(source)
    except (TemplateSyntaxError, SecurityError) as error:
        return str(error.message).rstrip(".")
    except RecursionError:
        return "it is nested too deeply"
    return None


def _harmless(tag: Tag) -> str:
    if tag.word == "if":
        return f"{{% if {ANYTHING} %}}"
    found = _LOOP.match(tag.inner)
    names = [name for name in re.split(r"[\s,]+", found[1]) if name] if found else ["item__"]
    return f"{{% for {', '.join(names)} in {ANYTHING} %}}"


def _holder(tag: Tag) -> Any:
    """The element inside which a block with this prefix must open and close.

    A plain block may run from one paragraph to the next: what lies between the two tags goes as one.
    """
    element = tag.paragraph.element
    if tag.prefix not in ("tr", "tc"):
        return element.getparent()
    around: Iterator[Any] = element.iterancestors(f"{W}tbl" if tag.prefix == "tr" else f"{W}tr")
    return next(around, None)
