"""What the filling-in of a Word template does silently: tags that lose text, that are never filled in, that break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from generator.base.english import capitalise
from generator.base.errors import Level, TemplateError
from generator.base.word_xml import W
from generator.papers.lint.findings import TemplateFinding, Where, shorten
from generator.papers.lint.tags import ODD_SIGNS, Tag, find_odd_sign, find_tags, without_tags
from generator.papers.lint.wordparts import Paragraph, WordFile, WordPart, open_word
from generator.rules.expressions.signs import QUOTES, SPACES

_REVISIONS = ("ins", "del", "moveFrom", "moveTo")
_REFORMATTED = tuple(f"{W}{name}" for name in ("rPrChange", "pPrChange"))
_AROUND = frozenset(f"{W}{name}" for name in ("hyperlink", "sdt", "smartTag", "fldSimple", *_REVISIONS))
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LOST = {
    f"{W}br": "a page break",
    f"{W}sectPr": "a section break",
    f"{W}drawing": "a picture",
    f"{W}pict": "a picture",
    f"{W}object": "an object",
    f"{W}footnoteReference": "a footnote",
    f"{W}endnoteReference": "an endnote",
}
_BRACES = re.compile(r"\{\s*\{|\{\s?%|\{#|%\s?\}|\}\s*\}|#\}")
_ONE_BRACE = re.compile(r"\{\s*[a-z_]+(?:\.[a-z_]+)+\s*(?:\|[^{}]*)?\}")
_SET_ANYWAY = re.compile(rb"<dc:(title|creator|subject)>[^<]*</dc:\1>")
"""Properties that every paper sets from its facts, whatever stands in them."""
_TAGS_IN_XML = re.compile(rb"\{\{|\{%")


def find_traps(word: WordFile) -> Iterator[TemplateFinding]:
    """Every trap of a Word file, paragraph by paragraph; then those of its other parts."""
    for part in word.parts:
        for paragraph in part.paragraphs:
            found = _look(part, paragraph)
            yield from (_as_finding(word.name, paragraph.where, *one) for one in found)
    yield from _look_at_rest(word)


def refuse_losses(content: bytes, name: str) -> None:
    """Raises TemplateError, with every place, for a template of which a paper would lack words, or show its tags."""
    lost = [one for one in find_traps(open_word(content, name)) if one.code in _LOSES]
    if lost:
        problems = [one.as_problem() for one in lost]
        raise TemplateError(f"The template {name} would lose words, or print its tags", problems)


_LOSES = frozenset(
    {"T125", "T126", "T128", "T129", "T130", "T131", "T132", "T134", "T135", "T136", "T150", "T151", "T152"}
)
_Said = tuple[str, str, str, Level]
_MUST, _SHOULD = Level.MUST, Level.SHOULD
_MENDED = frozenset({"T140", "T143"})


def _as_finding(file: str, where: Where, code: str, says: str, remedy: str, level: Level) -> TemplateFinding:
    return TemplateFinding(file, code, says, where, remedy, level, code in _MENDED)


def _look(part: WordPart, paragraph: Paragraph) -> Iterator[_Said]:
    tags = find_tags(paragraph)
    yield from _look_at_revisions(paragraph)
    rest = without_tags(paragraph.text)
    if not part.filled:
        # Comments are for authors, and no paper has them.
        if tags and part.name != "comments":
            yield (
                "T150",
                f"Tags in {part.name} are not filled in: they print as they are",
                "move it into the text",
                _MUST,
            )
        return
    if lost := _BRACES.search(rest):
        yield (
            "T126",
            f"Here is {lost[0]} without its other half in the same paragraph",
            "write the whole tag in one paragraph: {{ … }} or {% … %}",
            _MUST,
        )
    elif _ONE_BRACE.search(rest):
        says = "A tag here has one brace on each side, and prints as it stands"
        yield "T126", says, "write two on each side: {{ … }}", _MUST
    for tag in tags:
        yield from _look_at_tag(tag)
    yield from _look_at_lone_tags(paragraph, tags, rest)
    yield from _look_at_rows(paragraph, tags)
    if any(_BRACES.search(one.get("descr", "") + one.get("title", "")) for one in paragraph.element.iter(_PICTURE)):
        says = "Tags in alternative text are not filled in"
        yield "T150", says, "write what the picture shows", _MUST
    hidden = (run for run in paragraph.element.iter(f"{W}r") if run.find(f"{W}t") is not None and _is_hidden(run))
    if next(hidden, None) is not None:
        says = "Words here are hidden: who opens the paper does not see them, or finds them"
        yield "T152", says, "write a comment for authors, or show the words", _MUST
    if _code_of_field(paragraph):
        yield "T151", "A tag stands in the code of a Word field", "write it as text", _MUST


def _look_at_revisions(paragraph: Paragraph) -> Iterator[_Said]:
    around = (paragraph.element, *paragraph.element.iterancestors())
    inside = any(True for _ in paragraph.element.iter(*(f"{W}{name}" for name in _REVISIONS), *_REFORMATTED))
    if inside or any(one.tag in {f"{W}{name}" for name in _REVISIONS} for one in around):
        yield "T145", "There are tracked changes here", "accept or reject them in Word, and save it again", _MUST


def _look_at_tag(tag: Tag) -> Iterator[_Said]:
    inside = tag.written[2:-2]
    odd = find_odd_sign(tag)
    if odd:
        yield "T141", f"{odd} in a tag is not a sign that tags know", f"write {ODD_SIGNS[odd]}", _MUST
    elif any(sign in QUOTES for sign in inside):
        yield "T140", "The quotes in this tag are curly, or those of another language", "write straight quotes", _SHOULD
    if any(sign in SPACES for sign in inside):
        yield "T140", "There is a space in this tag that is not an ordinary one", "type the space again", _SHOULD
    if tag.sort == "{{" and tag.prefix not in ("", "p"):
        says = f"{{{{{tag.prefix} … }}}} is not for templates: without a word of warning, its text would vanish"
        yield "T132", says, "write {{ … }}, or {{p … }} for paragraphs", _MUST
    if tag.sort == "{%" and tag.prefix == "r":
        yield "T132", "{%r … %} is not for templates", "write {% … %} or {%p … %}", _MUST
    if tag.sort != "{#" and tag.prefix and re.search("[%}]", tag.inner):
        yield "T135", f"A tag with {tag.prefix} must hold no % and no }}", "work it out in {% set … %} before it", _MUST
    if re.match(r"\{[{%#](?:tr|tc|p|r)?[-+]|", tag.written)[0] or re.search(r"[-+][%}#]\}$", tag.written):  # type: ignore[index]
        yield (
            "T136",
            "A dash at the edge of a tag joins this paragraph with the next or the one before",
            "take it out",
            _MUST,
        )
    yield from _look_at_formatting(tag)


def _look_at_formatting(tag: Tag) -> Iterator[_Said]:
    pieces = list(tag.pieces)
    around = {tuple(one for one in piece.element.iterancestors() if one.tag in _AROUND) for piece in pieces}
    if len(around) > 1:
        says = "A tag begins inside a link, a content control or a tracked change, and ends outside of it"
        yield "T144", says, "type the whole tag again, in or out of it", _MUST
    elif len({format_of(piece.run) for piece in pieces}) > 1:
        says = "The tag is formatted in two ways, and the first is used for all that it prints"
        yield "T143", says, "format the whole tag in one way", _SHOULD


def format_of(run: Any) -> bytes:
    """How a run looks, as bytes; what Word notes of language and proofing there does not show."""
    properties = None if run is None else run.find(f"{W}rPr")
    if properties is None:
        return b""
    shown = [one for one in properties if one.tag not in (f"{W}lang", f"{W}noProof")]
    return b"".join(sorted(etree.tostring(one, method="c14n") for one in shown))


def _look_at_lone_tags(paragraph: Paragraph, tags: tuple[Tag, ...], rest: str) -> Iterator[_Said]:
    whole = [tag for tag in tags if tag.prefix == "p"]
    if len(whole) > 1:
        yield "T131", "Two tags with p stand in one paragraph", "give each a paragraph of its own", _MUST
    elif whole and (rest.strip() or len(tags) > 1):
        yield "T130", "Text beside a tag with p is lost", "give the tag a paragraph of its own", _MUST
    if whole:
        yield from _look_for_lost(paragraph.element, "paragraph", "p")
    if paragraph.in_text_box and any(tag.word == "set" for tag in tags):
        yield "T138", "A set in a text box is worked out twice", "move it into the text before the box", _MUST


def _look_for_lost(holder: Any, said: str, prefix: str) -> Iterator[_Said]:
    """What is no text, and goes with the paragraph, row or cell of a tag."""
    lost = next((what for name, what in _LOST.items() for one in holder.iter(name) if _is_lost(one)), None)
    if lost:
        says = f"{capitalise(lost)} in the {said} of a tag with {prefix} is lost"
        yield "T134", says, "move it out", _MUST


def _is_lost(element: Any) -> bool:
    return bool(element.tag != f"{W}br" or element.get(f"{W}type") == "page")


def _look_at_rows(paragraph: Paragraph, tags: tuple[Tag, ...]) -> Iterator[_Said]:
    for prefix, name, said in (("tr", f"{W}tr", "row"), ("tc", f"{W}tc", "cell")):
        mine = [tag for tag in tags if tag.prefix == prefix]
        if not mine:
            continue
        holder = next(paragraph.element.iterancestors(name), None)
        if holder is None:
            yield "T127", f"{{%{prefix} … %}} stands outside of a table", "write {%p … %}", _MUST
            continue
        text = "".join(element.text or "" for element in holder.iter(f"{W}t"))
        opened = re.findall(r"\{[%#]" + prefix + r"\s", text)
        if len(opened) > 1:
            says = f"Two tags with {prefix} stand in one {said}: one of them is lost"
            yield "T128", says, f"give each a {said} of its own", _MUST
        elif without_tags(text).strip() or len(find_tags(paragraph)) > 1:
            yield (
                "T129",
                f"Text in the {said} of a tag with {prefix} is lost",
                f"give the tag a {said} of its own",
                _MUST,
            )
        yield from _look_for_lost(holder, said, prefix)
        if prefix == "tr" and any(True for _ in holder.iter(f"{W}vMerge")):
            says = "The row of this tag is merged with others: it is taken away, and the merged words with it"
            yield "T125", says, "split the merged cells around it in Word", _MUST


def _code_of_field(paragraph: Paragraph) -> bool:
    code = "".join(one.text or "" for one in paragraph.element.iter(f"{W}instrText"))
    simple = "".join(one.get(f"{W}instr", "") for one in paragraph.element.iter(f"{W}fldSimple"))
    return bool(_BRACES.search(code + simple))


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "true") in ("1", "true", "on")


_UNFILLED = (
    (re.compile(r"word/_rels/(document|header\d*|footer\d*|footnotes)\.xml\.rels"), "address of a link"),
    (re.compile(r"docProps/.*\.xml"), "properties of the document"),
    (re.compile(r"word/charts/.*\.xml"), "chart"),
    (re.compile(r"word/diagrams/.*\.xml"), "diagram"),
    (re.compile(r"customXml/.*\.xml"), "data inside the file"),
)


def _look_at_rest(word: WordFile) -> Iterator[TemplateFinding]:
    for path, content in sorted(word.others.items()):
        said = next((said for pattern, said in _UNFILLED if pattern.fullmatch(path)), None)
        plain = _SET_ANYWAY.sub(b"", content) if path == "docProps/core.xml" else content
        plain = plain.replace(b"%7B", b"{").replace(b"%7D", b"}").replace(b"%25", b"%")
        if said and _TAGS_IN_XML.search(plain):
            where = Where(said, words=shorten(path))
            says = f"Tags in the {said} are not filled in: they stay as they are"
            yield TemplateFinding(word.name, "T150", says, where, "write them in the text, or take them out")
