"""Every rule of a layout, asked of one bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import Level
from generator.bundle.audit.contents import judge_contents
from generator.bundle.audit.form import judge_form
from generator.bundle.audit.known import KnownBundle
from generator.bundle.audit.look import SeenBundle, look_at_bundle
from generator.bundle.audit.paging import judge_paging
from generator.bundle.audit.verdicts import AuditedBundle, AuditResult, AuditVerdict, cannot
from generator.bundle.layout.checks import LodgedByCheck
from generator.bundle.layout.model import BundleLayout, LayoutRule, Sure

_NEED_NO_PAGES = {
    "page_limit",
    "opens_at",
    "file_size",
    "lodged_by",
    "not_protected",
    "kinds_left_out",
    "kinds_present",
}


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One rule and what was found. `pages` are pages of the file, from 1; `detail` names them, and never a title."""

    rule: str
    says: str
    outcome: AuditResult
    detail: str
    level: Level
    source: str
    paragraph: str
    sure: Sure
    checked_on: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """A finding for every rule of the layout, in its order.

    `looked_at` is smaller than `pages` where the file is too long or took too much time.
    """

    layout: str
    pages: int
    looked_at: int
    size: int
    findings: tuple[AuditFinding, ...]

    def list_broken(self, level: Level = Level.MUST) -> tuple[AuditFinding, ...]:
        """The findings of broken rules that are binding at this level."""
        return tuple(one for one in self.findings if one.outcome is AuditResult.BROKEN and one.level is level)

    def list_lodging_days(self, layout: BundleLayout) -> tuple[str, ...]:
        """By when the bundle is to be lodged under the rules of its layout, each day with what says so."""
        rules = {rule.id for rule in layout.list_rules() if isinstance(rule.check, LodgedByCheck)}
        return tuple(f"{one.detail} ({one.source}, {one.paragraph})" for one in self.findings if one.rule in rules)


def check_bundle(
    pdf: Path, layout: BundleLayout, known: KnownBundle | None = None, *, seconds: float = 120.0
) -> BundleCheck:
    """Hold a PDF bundle, made here or by another program, against every rule of a layout.

    Without `known` what the file alone does not show is found to be impossible to check. The file is opened in a child
    process with limits; what it has not seen after `seconds` counts as not looked at. Raises CannotReadError for a file
    that is not there, is no whole PDF, is damaged or needs a password.
    """
    seen = look_at_bundle(pdf, seconds)
    subject = AuditedBundle(seen, layout, known)
    findings = tuple(_find(subject, rule) for rule in layout.list_rules())
    return BundleCheck(layout.title, seen.total, len(seen.pages), seen.size, findings)


def _find(subject: AuditedBundle, rule: LayoutRule) -> AuditFinding:
    verdict = _judge(subject, rule)
    if verdict.outcome is AuditResult.KEPT and rule.check and rule.check.name not in _NEED_NO_PAGES:
        verdict = _narrow(subject.seen, verdict)
    return AuditFinding(
        rule.id,
        rule.says,
        verdict.outcome,
        verdict.detail,
        rule.binding,
        rule.source or subject.layout.source,
        rule.paragraph or "",
        rule.sure,
        (rule.checked_on or subject.layout.checked_on).isoformat(),
        tuple(number + 1 for number in verdict.pages),
    )


def _judge(subject: AuditedBundle, rule: LayoutRule) -> AuditVerdict:
    if rule.check is None:
        return cannot("No program can see this; a person has to look")
    for judge in (judge_paging, judge_form, judge_contents):
        if verdict := judge(subject, rule.check):
            return verdict
    raise AssertionError(f"nothing judges the check {rule.check.name}")


def _narrow(seen: SeenBundle, verdict: AuditVerdict) -> AuditVerdict:
    """What is kept on the pages that were looked at is not known of the others."""
    if len(seen.pages) == seen.total:
        return verdict
    looked = len(seen.pages)
    return cannot(f"Only the first {looked} of {seen.total} pages were looked at. There: {verdict.detail}")
