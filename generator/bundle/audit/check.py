"""Every rule of a layout, asked of one bundle."""

from __future__ import annotations

from pathlib import Path

from generator.bundle.audit.contents import judge_contents
from generator.bundle.audit.facts import BundleFacts
from generator.bundle.audit.findings import BundleCheck, Finding, Outcome
from generator.bundle.audit.form import judge_form
from generator.bundle.audit.look import SeenBundle, look_at_bundle
from generator.bundle.audit.paging import judge_paging
from generator.bundle.audit.verdicts import Subject, Verdict, cannot
from generator.bundle.layout.model import BundleLayout, Rule

_NEED_NO_PAGES = {
    "page_limit",
    "opens_at",
    "file_size",
    "lodged_by",
    "not_protected",
    "kinds_left_out",
    "kinds_present",
}


def check_bundle(
    pdf: Path, layout: BundleLayout, facts: BundleFacts | None = None, *, seconds: float = 120.0
) -> BundleCheck:
    """Hold a PDF bundle, made here or by another program, against every rule of a layout.

    Without `facts` what the file alone does not show is found to be impossible to check. The file is opened in a child
    process with limits; what it has not seen after `seconds` counts as not looked at. Raises CannotReadError for a file
    that is not there, is no whole PDF, is damaged or needs a password.
    """
    seen = look_at_bundle(pdf, seconds)
    subject = Subject(seen, layout, facts)
    findings = tuple(_find(subject, rule) for rule in layout.list_rules())
    return BundleCheck(layout.title, seen.total, len(seen.pages), seen.size, findings)


def _find(subject: Subject, rule: Rule) -> Finding:
    verdict = _judge(subject, rule)
    if verdict.outcome is Outcome.KEPT and rule.check and rule.check.name not in _NEED_NO_PAGES:
        verdict = _narrow(subject.seen, verdict)
    return Finding(
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


def _judge(subject: Subject, rule: Rule) -> Verdict:
    if rule.check is None:
        return cannot("No program can see this; a person has to look")
    for judge in (judge_paging, judge_form, judge_contents):
        if verdict := judge(subject, rule.check):
            return verdict
    raise AssertionError(f"no room judges the check {rule.check.name}")


def _narrow(seen: SeenBundle, verdict: Verdict) -> Verdict:
    """What is kept on the pages that were looked at is not known of the others."""
    if len(seen.pages) == seen.total:
        return verdict
    looked = len(seen.pages)
    return cannot(f"Only the first {looked} of {seen.total} pages were looked at. There: {verdict.detail}")
