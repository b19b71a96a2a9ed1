"""One template held against everything that can be told without a case: its file, its tags, its card, its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from generator.disclosure import Audience
from generator.document import Card, Question
from generator.errors import Level
from generator.expressions import parse_source
from generator.templatecheck.blocks import ANYTHING, Script, ScriptReader
from generator.templatecheck.findings import Finding, Where, shorten
from generator.templatecheck.guards import Chains
from generator.templatecheck.looks import find_looks
from generator.templatecheck.promised import find_promised
from generator.templatecheck.reading import TemplateReader
from generator.templatecheck.remarks import Remark, Seen
from generator.templatecheck.traps import find_traps
from generator.templatecheck.wordparts import WordFile
from generator.vocabulary import (
    Fact,
    Known,
    ListOf,
    Record,
    Sight,
    Unknown,
    describe_paper,
    describe_subject,
    list_sights,
    on_paper,
)


def check_word(word: WordFile) -> tuple[Finding, ...]:
    """What is wrong with a Word file whatever paper it is for: its traps, its blocks and its looks."""
    findings = [*find_traps(word)]
    for part in word.parts:
        if part.filled:
            reader = ScriptReader(part, word.name)
            reader.read()
            findings += reader.findings
    return _in_order(word, [*findings, *find_looks(word)])


def check_facts(word: WordFile, card: Card, known: Known) -> tuple[Finding, ...]:
    """What its tags ask for that the paper does not have, cannot use so, or must not show, in any of its views."""
    found: dict[Finding, None] = {}
    scripts = [(part, ScriptReader(part, word.name).read()) for part in word.parts if part.filled]
    for sight in list_sights(card):
        facts = describe_paper(card, sight, known)
        elsewhere = describe_paper(card, replace(sight, audience=Audience.PRIVILEGED), known)
        there = find_promised(card)
        for _, script in scripts:
            for remark in _read(script.source, facts, elsewhere, script.whole, there):
                found.setdefault(_locate(word.name, script, remark, sight))
    return _in_order(word, list(_once(found)))


def check_card(card: Card, known: Known) -> tuple[Finding, ...]:
    """The same for the expressions of a card."""
    found: dict[Finding, None] = {}
    file = f"{card.code}.yaml"
    for sight in list_sights(card):
        everything = describe_subject(card.for_each, card.needs, replace(sight, audience=Audience.PRIVILEGED), known)
        subject = describe_subject(card.for_each, card.needs, sight, known)
        paper = on_paper(subject, card, sight)
        asked = [(key, getattr(card, key), everything) for key in ("when", "as_of", "signed_off")]
        there = find_promised(card)
        for key, source, facts in asked:
            known_there = frozenset() if key == "when" else there
            _gather(found, file, key, _wrap(source), facts, everything, sight, known_there)
        _gather(found, file, "title", card.title, subject, everything, sight, there)
        for question in card.questions:
            _check_question(found, file, question, paper, everything, sight, there)
    return tuple(_once(found))


def _check_question(
    found: dict[Finding, None],
    file: str,
    question: Question,
    paper: Record,
    everything: Record,
    sight: Sight,
    there: Chains,
) -> None:
    where, facts = f"question {question.id}, ", paper
    if question.each is not None:
        reader = TemplateReader(paper, everything)
        _gather(
            found,
            file,
            f"{where}each",
            f"{{% for one in {question.each} %}}{{% endfor %}}",
            paper,
            everything,
            sight,
            there,
        )
        try:
            tree = parse_source(f"{{{{ {question.each} }}}}")
        except (TemplateSyntaxError, SecurityError):
            return
        output = tree.body[0]
        listed = reader.value(output.nodes[0]).kind if isinstance(output, nodes.Output) else Unknown()
        entry = listed.of if isinstance(listed, ListOf) else Unknown()
        facts = paper.with_facts(Fact(question.as_, entry))
    guard = "" if question.when == "true" else f"{{% if {question.when} %}}"
    close = "{% endif %}" if guard else ""
    _gather(found, file, f"{where}of", f"{guard}{_wrap(question.of)}{close}", facts, everything, sight, there)
    asks = f"{guard}{{% if not ({question.of}) %}}{question.asks}{{% endif %}}{close}"
    _gather(found, file, f"{where}asks", asks, facts, everything, sight, there)


def _wrap(expression: str) -> str:
    """An expression of a card as a tag that works it out and prints nothing."""
    return f"{{% set answer__ = ({expression}) %}}"


def _gather(
    found: dict[Finding, None],
    file: str,
    key: str,
    source: str,
    facts: Record,
    elsewhere: Record,
    sight: Sight,
    there: Chains = frozenset(),
) -> None:
    try:
        remarks = _read(source, facts, elsewhere, frozenset(), there)
    except (TemplateSyntaxError, SecurityError) as error:
        where = Where(key, words=shorten(source))
        found.setdefault(Finding(file, "T120", f"The expression cannot be read: {error.message}", where))
        return
    for remark in remarks:
        where = Where(key, words=remark.tag)
        found.setdefault(Finding(file, remark.code, _say(remark, sight), where, remark.remedy, remark.level))


def _read(source: str, facts: Record, elsewhere: Record, whole: frozenset[int], there: Chains) -> tuple[Remark, ...]:
    reader = TemplateReader(facts, elsewhere, whole, there=there)
    reader.names[ANYTHING] = Seen(Unknown())
    return reader.read(parse_source(source))


def _locate(file: str, script: Script, remark: Remark, sight: Sight) -> Finding:
    paragraph = script.lines[min(remark.line, len(script.lines)) - 1]
    return Finding(file, remark.code, _say(remark, sight), paragraph.where, remark.remedy or _WITHHELD, remark.level)


_WITHHELD = "take it out, or ask for what this reader may see: a carer’s place is taken by neutral words"


def _say(remark: Remark, sight: Sight) -> str:
    if remark.code == "D001":
        says = remark.says.removesuffix(" is kept from this reader")
        return f"Here is asked for {says}, which a reader in the audience {sight.audience.value} may not see"
    return remark.says.replace("for this reader", f"for the audience {sight.audience.value}")


def _once(found: Mapping[Finding, None]) -> Iterator[Finding]:
    """Each finding once; what is kept from one reader is not told again as unknown to another."""
    seen: set[tuple[str, str, Where]] = set()
    for one in found:
        key = (one.code, one.says, one.where)
        if key not in seen:
            seen.add(key)
            yield one


def _in_order(word: WordFile, findings: list[Finding]) -> tuple[Finding, ...]:
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
