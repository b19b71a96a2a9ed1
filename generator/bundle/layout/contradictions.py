"""Where a layout contradicts itself, or asks for less than the one that it extends."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.errors import Problem
from generator.base.yaml.paths import Path_, format_path
from generator.bundle.layout.checks import Check, DatePreparedCheck
from generator.bundle.layout.model import BundleLayout
from generator.bundle.layout.overlay import LISTS, MergedLayout

_MORE_IS_LOOSER = ("pages", "dpi", "megabytes")
_LESS_IS_LOOSER = ("points", "letters")
_KEEP = "keep the rule, and add one of your own beside it"


def find_clashes(layout: BundleLayout, gathered: MergedLayout) -> Iterator[Problem]:
    """Sections out of order, ids used twice, rules about a section that is not there."""
    if not layout.sections:
        yield Problem("C002", "A layout needs at least one section", gathered.place(("sections",)), "sections")
    for number, section in enumerate(layout.sections[1:], 1):
        before = layout.sections[:number]
        if section.letter <= before[-1].letter:
            path: Path_ = ("sections", number, "letter")
            says = "The letters of the sections must follow the alphabet, each used once"
            yield Problem("C003", says, gathered.place(path), format_path(path))
    yield from _find_repeated_ids(layout, gathered)
    known = {section.id for section in layout.sections}
    for number, rule in enumerate(layout.rules):
        if isinstance(rule.check, DatePreparedCheck) and rule.check.section not in known:
            path = ("rules", number, "check", "section")
            says = "The layout has no section with this id"
            yield Problem("P002", says, gathered.place(path), format_path(path), f"one of: {', '.join(sorted(known))}")


def _find_repeated_ids(layout: BundleLayout, gathered: MergedLayout) -> Iterator[Problem]:
    for name in LISTS:
        seen: set[str] = set()
        for number, row in enumerate(getattr(layout, name)):
            if row.id in seen:
                path: Path_ = (name, number, "id")
                yield Problem("C007", f"The id {row.id} is used twice here", gathered.place(path), format_path(path))
            seen.add(row.id)
    seen = {layout.numbering.id, layout.page_limit.id}
    for name in ("rules", "never_included"):
        ids = [row.id for row in getattr(layout, name)]
        for number, one in enumerate(ids):
            if one in seen:
                path = (name, number, "id")
                yield Problem("C007", f"The id {one} is used by another rule", gathered.place(path), format_path(path))
        seen |= {*ids}


def find_loosened(layout: BundleLayout, base: BundleLayout, gathered: MergedLayout) -> Iterator[Problem]:
    """A local protocol may ask for more than a rule that is known; where the text is not known, it may differ."""
    known = {section.id for section in base.sections}
    for number, one in enumerate(layout.sections_left_out):
        if one not in known:
            path: Path_ = ("sections_left_out", number)
            yield Problem("P002", "The layout that this extends has no section with this id", gathered.place(path))
    paths: dict[str, Path_] = {layout.numbering.id: ("numbering",), layout.page_limit.id: ("page_limit",)}
    for name in ("rules", "never_included"):
        paths |= {row.id: (name, number) for number, row in enumerate(getattr(layout, name))}
    mine = {rule.id: rule for rule in layout.list_rules()}
    for old in base.list_rules():
        new = mine.get(old.id)
        if old.fallback or new is None or new.id not in paths:
            continue
        path = paths[new.id]
        if new.binding.strength < old.binding.strength:
            says = "A local rule may not be less binding than the rule that it changes"
            yield Problem("P006", says, gathered.place((*path, "level")), format_path(path), _KEEP)
        elif old.check and _is_looser(new.check, old.check):
            says = "A local rule may not ask for less than the rule that it changes"
            yield Problem("P006", says, gathered.place(path), format_path(path), _KEEP)


def _is_looser(new: Check | None, old: Check) -> bool:
    if new is None or new.name != old.name:
        return True
    before, after = old.model_dump(), new.model_dump()
    return (
        any(after[key] > before[key] for key in _MORE_IS_LOOSER if key in before)
        or any(after[key] < before[key] for key in _LESS_IS_LOOSER if key in before)
        or not {*before.get("kinds", ())} <= {*after.get("kinds", ())}
        or not {*after.get("typefaces", ())} <= {*before.get("typefaces", ())}
    )
