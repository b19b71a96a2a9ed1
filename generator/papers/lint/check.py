"""One template held against everything that can be told without a case: its file, its tags, its card, its looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from generator.base.errors import Level
from generator.case.audience import Audience
from generator.disclosure.lens import SEEING_ALL
from generator.papers.card import Card, Question
from generator.papers.facts.declare import DeclaredNames
from generator.papers.facts.paper import describe_paper, describe_subject, list_copies_of, on_paper
from generator.papers.facts.types import AnyType, GroupType, ListType, TypedFact
from generator.papers.lint.blocks import ANYTHING, Script, ScriptReader
from generator.papers.lint.findings import TemplateFinding, Where, shorten
from generator.papers.lint.guards import Chains
from generator.papers.lint.looks import find_looks
from generator.papers.lint.promised import find_promised
from generator.papers.lint.reading import TemplateReader
from generator.papers.lint.remarks import Remark, Seen
from generator.papers.lint.traps import find_traps
from generator.papers.lint.wordparts import WordFile
from generator.rules.expressions.language import parse_source

_WITHHELD = "take it out, or ask for what this reader may see: a carer’s place is taken by neutral words"


def check_word(word: WordFile) -> tuple[TemplateFinding, ...]:
    """What is wrong with a Word file whatever paper it is for: its traps, its blocks and its looks."""
    findings = [*find_traps(word)]
    for part in word.parts:
        if part.filled:
            reader = ScriptReader(part, word.name)
            reader.read()
            findings += reader.findings
    return _in_order(word, [*findings, *find_looks(word)])


def check_facts(word: WordFile, card: Card, names: DeclaredNames) -> tuple[TemplateFinding, ...]:
    """What its tags ask for that the paper does not have, cannot use so, or must not show, in any of its views."""
    return _in_order(word, _read_word(word, card, names).findings)


def check_card(card: Card, names: DeclaredNames) -> tuple[TemplateFinding, ...]:
    """The same for the expressions of a card."""
    return tuple(_read_card(card, names).findings)


def list_uses(word: WordFile, card: Card, names: DeclaredNames) -> frozenset[tuple[str, str]]:
    """The facts that a paper asks for in its template or on its card, each by its group and name."""
    return frozenset(_read_word(word, card, names).used | _read_card(card, names).used)


def _read_word(word: WordFile, card: Card, names: DeclaredNames) -> _FactCheck:
    check = _FactCheck(word.name, find_promised(card))
    scripts = [ScriptReader(part, word.name).read() for part in word.parts if part.filled]
    for copy in list_copies_of(card):
        check.audience, facts = copy.audience, describe_paper(card, copy, names)
        for script in scripts:
            check.read_script(script, facts)
    return check


def _read_card(card: Card, names: DeclaredNames) -> _FactCheck:
    check = _FactCheck(f"{card.code}.yaml", find_promised(card))
    for copy in list_copies_of(card):
        check.audience, all_seen = copy.audience, replace(copy, audience=SEEING_ALL.audience)
        everything = describe_subject(card.for_each, card.needs, all_seen, names)
        subject = describe_subject(card.for_each, card.needs, copy, names)
        paper = on_paper(subject, card, copy)
        check.read_key("when", _wrap(card.when), everything, frozenset())
        check.read_key("as_of", _wrap(card.as_of), everything)
        check.read_key("signed_off", _wrap(card.signed_off), everything)
        check.read_key("title", card.title, subject)
        for question in card.questions:
            check.read_question(question, paper)
    return check


def _say_mistake(error: Exception) -> str:
    return str(error).rstrip(".") if not isinstance(error, RecursionError) else "it is nested too deeply"


def _wrap(expression: str) -> str:
    """An expression of a card as a tag that works it out and prints nothing."""
    return f"{{% set answer__ = ({expression}) %}}"


@dataclass(slots=True)
class _FactCheck:
    """The tags of one file, read for one copy of its paper after the other.

    `there` is what its card promises, `audience` the reader of the copy that is being read.
    """

    file: str
    there: Chains
    used: set[tuple[str, str]] = field(default_factory=set)
    audience: Audience = SEEING_ALL.audience
    _found: dict[TemplateFinding, None] = field(default_factory=dict)

    @property
    def findings(self) -> list[TemplateFinding]:
        """Everything that was found, each once."""
        return list(self._found)

    def read_script(self, script: Script, facts: GroupType) -> None:
        """The tags of a part of a Word file."""
        try:
            remarks = self._read(script.source, facts, script.whole, self.there)
        except (TemplateSyntaxError, SecurityError, RecursionError) as error:
            # Each tag can be read by itself, and the whole cannot: blocks a thousand deep, say.
            where = script.lines[min(getattr(error, "lineno", 1), len(script.lines)) - 1].where
            says = f"The tags cannot be read together: {_say_mistake(error)}"
            self._found.setdefault(TemplateFinding(self.file, "T120", says, where, "make it simpler"))
            return
        for remark in remarks:
            place = script.lines[min(remark.line, len(script.lines)) - 1]
            self._note(remark, place.where)

    def read_key(self, key: str, source: str, facts: GroupType, there: Chains | None = None) -> None:
        """The expressions under one key of a card."""
        try:
            remarks = self._read(source, facts, frozenset(), self.there if there is None else there)
        except (TemplateSyntaxError, SecurityError, RecursionError) as error:
            says = f"The expression cannot be read: {_say_mistake(error)}"
            self._found.setdefault(TemplateFinding(self.file, "T120", says, Where(key, words=shorten(source))))
            return
        for remark in remarks:
            self._note(remark, Where(key, words=remark.tag))

    def read_question(self, question: Question, paper: GroupType) -> None:
        """A question of a card: what it asks of, and how it asks."""
        key, facts = f"question {question.id}", paper
        if question.each is not None:
            self.read_key(f"{key}, each", f"{{% for one in {question.each} %}}{{% endfor %}}", paper)
            facts = paper.with_facts(TypedFact(question.as_, self._find_entry(question.each, paper)))
        guard, close = ("", "") if question.when == "true" else (f"{{% if {question.when} %}}", "{% endif %}")
        self.read_key(f"{key}, of", f"{guard}{_wrap(question.of)}{close}", facts)
        # The question is printed only where there is no answer.
        asks = f"{{% if not ({question.of}) %}}{question.asks}{{% endif %}}"
        self.read_key(f"{key}, asks", f"{guard}{asks}{close}", facts)

    def _find_entry(self, source: str, paper: GroupType) -> ListType | GroupType | AnyType:
        try:
            output = parse_source(f"{{{{ {source} }}}}").body[0]
        except (TemplateSyntaxError, SecurityError):
            return AnyType()
        listed = TemplateReader(paper).value(output.nodes[0]).kind if isinstance(output, nodes.Output) else AnyType()
        entry = listed.of if isinstance(listed, ListType) else AnyType()
        return entry if isinstance(entry, ListType | GroupType) else AnyType()

    def _read(self, source: str, facts: GroupType, whole: frozenset[int], there: Chains) -> tuple[Remark, ...]:
        reader = TemplateReader(facts, whole, there=there)
        reader.names[ANYTHING] = Seen(AnyType())
        remarks = reader.read(parse_source(source))
        self.used |= reader.used
        return remarks

    def _note(self, remark: Remark, where: Where) -> None:
        audience = self.audience.value
        says, remedy = remark.says.replace("for this reader", f"for the audience {audience}"), remark.remedy
        if remark.code == "D001":
            asked = remark.says.removesuffix(" is kept from this reader")
            says = f"Here is asked for {asked}, which a reader in the audience {audience} may not see"
            remedy = _WITHHELD
        self._found.setdefault(TemplateFinding(self.file, remark.code, says, where, remedy, remark.level))


def _in_order(word: WordFile, findings: Iterable[TemplateFinding]) -> tuple[TemplateFinding, ...]:
    """In the order of the file: text first, then headers, footers and the rest; the gravest first in one place."""
    places = {
        (part.name, paragraph.where): place
        for place, (part, paragraph) in enumerate((part, one) for part in word.parts for one in part.paragraphs)
    }
    levels = list(Level)
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda one: (places.get((one.where.part, one.where), len(places)), levels.index(one.level), one.code),
        )
    )
