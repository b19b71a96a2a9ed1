"""The job `circulate`: who gets what after a meeting, the e-mails for it as files, and the record of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.dates import format_date
from generator.base.digests import digest_of
from generator.base.errors import CannotReadError, PermanenceError, UnsafeToDiscloseError
from generator.base.working_days import Jurisdiction
from generator.case.audience import Audience
from generator.case.citations import refuse_broken_citations
from generator.case.family import Case
from generator.case.load import LoadedCase, load_case
from generator.case.meeting import Meeting
from generator.case.questions import find_last_meeting, find_meeting
from generator.jobs.mail_delivery import INVITATION, MailDelivery, MailResult, SentPapers, count_missing, find_unwritten
from generator.jobs.make_papers import PapersReport, make_papers
from generator.jobs.open_case import OpenCase, open_case
from generator.jobs.run import Run
from generator.meetings.circulation_record import NAME, Drafted, find_older_readers, format_record, read_drafted
from generator.meetings.mails import MailContext, Mailing, MailPaper, find_actions_day, plan_mails
from generator.papers.card import PlannedDocument
from generator.papers.catalogue import find_templates
from generator.papers.copies import Copy, list_readers
from generator.papers.plan import plan_documents
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import Ruling
from generator.rules.rulebook import judge
from generator.workspace.folder import OutputFolder

CIRCULATION = "circulation"


@dataclass(frozen=True, slots=True)
class Clocks:
    """By when the actions and the minutes go. `rules` are what the procedure asks about the minutes and summaries."""

    jurisdiction: Jurisdiction
    on: dt.date
    actions_by: dt.date
    corrections_by: dt.date | None
    agreed_on: dt.date | None
    sent_on: dt.date | None
    rules: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class CirculationReport:
    """All that goes out after one meeting. `older` are papers with the readers who were drafted an older version."""

    folder: Path
    meeting: Meeting
    clocks: Clocks
    planned: Mailing
    mails: tuple[MailResult, ...] = ()
    invitation: MailResult | None = None
    no_invitation_because: str = ""
    papers: PapersReport = field(default_factory=lambda: PapersReport(()))
    withheld: tuple[UnsafeToDiscloseError, ...] = ()
    older: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_trial: bool = False


def circulate_papers(given: Path, run: Run, *, meeting: str | None = None, trial: bool = False) -> CirculationReport:
    """Draft the e-mails that take the papers of a meeting to its readers; a `trial` only says which.

    Without `meeting` it is the last that was held. Raises PermanenceError where there is nothing to circulate.
    """
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    chosen = choose_meeting(loaded.case, meeting, run.on)
    compliance = judge(loaded, run.on, run.search_path)
    planned = plan_documents(loaded.case, compliance, find_templates(run.search_path))
    if trial:
        return list_circulation(loaded, planned, compliance, chosen, run.folder_of(loaded.file))
    with open_case(loaded, compliance, run) as work:
        report = make_circulation(work, planned, compliance, chosen)
        work.deliver()
        said = (*report.papers.warnings, *warnings, *report.warnings, *work.folder.warnings)
        return dataclasses.replace(report, warnings=said)


def choose_meeting(case: Case, given: str | None, on: dt.date) -> Meeting:
    """The meeting with this id, else the last that was held.

    Raises PermanenceError where there is none to circulate.
    """
    ids = ", ".join(meeting.id for meeting in case.meetings) or "none is written under meetings"
    if given is None:
        last = find_last_meeting(case, on)
        if last is None:
            raise CannotReadError(f"No meeting has been held yet, so there is nothing to circulate. Meetings: {ids}")
        return last
    found = find_meeting(case, given)
    if found is None:
        raise CannotReadError(f"There is no meeting with the id {given}. Meetings: {ids}")
    if found.starts_at.date() > on:
        raise PermanenceError(f"The meeting {given} is still to come, so there is nothing to circulate after it")
    return found


def list_circulation(
    loaded: LoadedCase, planned: Sequence[PlannedDocument], compliance: Compliance, meeting: Meeting, folder: Path
) -> CirculationReport:
    """What would go out, and nothing is written: papers are taken as the case file makes them."""
    papers = {one.name: MailPaper(one.title, one.draft) for one in planned}
    desk = _make_context(loaded.case, compliance, meeting, planned, papers)
    outgoing = plan_mails(desk)
    at = folder / CIRCULATION / meeting.id
    by_name = {one.name: one for one in planned}
    mails = tuple(
        MailResult(mail, at / f"{mail.name}.eml", "to be drafted", count_missing(mail), find_unwritten(mail, by_name))
        for mail in outgoing.mails
    )
    return CirculationReport(folder, meeting, _read_clocks(desk, outgoing), outgoing, mails, is_trial=True)


def make_circulation(
    open_: OpenCase, planned: Sequence[PlannedDocument], compliance: Compliance, meeting: Meeting
) -> CirculationReport:
    """Make the papers that are needed and the e-mails that carry them; they arrive when `open_` delivers.

    Every e-mail is searched, with its attachments, for what its readers must not see. A file that a person has changed
    stays, and the new one is laid beside it. Raises CannotReadError where the record of earlier rounds is damaged.
    """
    loaded, folder, progress = open_.loaded, open_.folder, open_.progress
    case = loaded.case
    shelf = f"{CIRCULATION}/{meeting.id}"
    before = read_drafted(folder.path / shelf / NAME)
    wanted = {name for copy in _list_copies(case, meeting, compliance, planned) for name in copy.papers}
    mine = [one for one in planned if one.name in wanted]
    made = make_papers(open_, mine)
    sent = SentPapers(folder, mine, made)
    keys: dict[str, str] = {}
    papers = {one.name: sent.judge(one) for one in mine}
    desk = _make_context(case, compliance, meeting, planned, papers, _remember_days(before, keys, sent, compliance.on))
    outgoing = plan_mails(desk)
    delivery = MailDelivery(loaded, folder, open_.search, shelf, sent, keys, before)
    for done, mail in enumerate(outgoing.mails):
        progress("Writing e-mails", done, len(outgoing.mails))
        delivery.add_mail(mail)
    progress("Writing e-mails", len(outgoing.mails), len(outgoing.mails))
    invitation = delivery.add_invitation(meeting, compliance.on)
    results = delivery.deliver()
    now = delivery.drafted
    said = [*_warn_of_future_day(meeting, compliance.on), *invitation.warnings]
    said += _warn_of_stale_files(folder, shelf, {parcel.name for parcel in delivery.parcels})
    _keep_record(folder, shelf, before, now)
    return CirculationReport(
        folder.path,
        meeting,
        _read_clocks(desk, outgoing),
        outgoing,
        tuple(one for one in results if one.mail.name != INVITATION),
        next((one for one in results if one.mail.name == INVITATION), None),
        invitation.why_none,
        made,
        tuple(delivery.withheld),
        find_older_readers(before, now),
        tuple(said),
    )


def _list_copies(
    case: Case, meeting: Meeting, compliance: Compliance, planned: Sequence[PlannedDocument]
) -> tuple[Copy, ...]:
    """Who gets what, with the papers whose cards say that they go with another: to the same reader, and no one else."""
    company: dict[str, list[str]] = {}
    by_name = {one.name: one for one in planned}
    for one in planned:
        lead = by_name.get(f"{one.template.card.goes_with}{one.name.removeprefix(one.code)}")
        # What is privileged goes to lawyers alone, by itself, and is no company for anything.
        if (
            lead
            and (lead.audience, lead.reader) == (one.audience, one.reader)
            and not Audience(one.audience).is_privileged
        ):
            company.setdefault(lead.name, []).append(one.name)
    return tuple(
        dataclasses.replace(copy, papers=tuple(each for name in copy.papers for each in (name, *company.get(name, ()))))
        for copy in list_readers(case, meeting, compliance)
    )


def _make_context(
    case: Case,
    compliance: Compliance,
    meeting: Meeting,
    planned: Sequence[PlannedDocument],
    papers: Mapping[str, MailPaper],
    answer_day: Callable[[str, Sequence[str], dt.date], dt.date] = lambda _name, _papers, worked_out: worked_out,
) -> MailContext:
    copies = _list_copies(case, meeting, compliance, planned)
    return MailContext(case, meeting, copies, papers, compliance.on, compliance.procedure.jurisdiction, answer_day)


def _read_clocks(desk: MailContext, outgoing: Mailing) -> Clocks:
    to_chair = next((mail.answer_by for mail in outgoing.mails if mail.name == "chair"), None)
    rules = {(one.rule.name, one.due): one for copy in desk.copies for one in copy.asked_by}
    return Clocks(
        desk.jurisdiction,
        desk.on,
        find_actions_day(desk.meeting.starts_at.date(), desk.jurisdiction),
        to_chair,
        desk.meeting.minutes_agreed_on,
        desk.meeting.minutes_sent_on,
        tuple(rules.values()),
    )


def _remember_days(
    before: Sequence[Drafted], keys: dict[str, str], sent: SentPapers, on: dt.date
) -> Callable[[str, Sequence[str], dt.date], dt.date]:
    """Keep the day that was asked for, while the e-mail carries the same and that day is still to come.

    A second run on another day then drafts nothing anew. Fills `keys` with what each e-mail carries.
    """
    last = {one.file: one for one in before}

    def choose(name: str, carries: Sequence[str], worked_out: dt.date) -> dt.date:
        said = [f"{one} {sent.version(one)}" for one in carries]
        keys[name] = hashlib.sha256("\n".join(said).encode()).hexdigest()
        known = last.get(f"{name}.eml")
        if known and known.key == keys[name] and known.answer_by and known.answer_by > on.isoformat():
            return dt.date.fromisoformat(known.answer_by)
        return worked_out

    return choose


def _warn_of_future_day(meeting: Meeting, on: dt.date) -> list[str]:
    """A day to come under minutes_agreed_on: the mark DRAFT is off, and nobody can have agreed the minutes yet."""
    if meeting.minutes_agreed_on is None or meeting.minutes_agreed_on <= on:
        return []
    return [
        f"The minutes are to be agreed on {format_date(meeting.minutes_agreed_on)}, a day to come: is the year right"
    ]


def _warn_of_stale_files(folder: OutputFolder, shelf: str, names: set[str]) -> list[str]:
    """E-mails of an earlier round that nobody is to get now: they must not be sent by mistake."""
    old = [name for name in folder.written if name.startswith(f"{shelf}/") and not name.endswith(NAME)]
    return [
        f"{name} was drafted on an earlier day and is not part of what goes out now. If it was not sent, do not send "
        "it: delete it"
        for name in old
        if name not in names and " (new " not in name and (folder.path / name).exists()
    ]


def _keep_record(folder: OutputFolder, shelf: str, before: Sequence[Drafted], now: Sequence[Drafted]) -> None:
    last = {one.file: one for one in before}
    new = [one for one in now if one.file not in last or last[one.file].sha256 != one.sha256]
    if not new:
        return
    made = folder.work / shelf / NAME
    made.write_text(format_record([*before, *new]), encoding="utf-8")
    folder.place(made, f"{shelf}/{NAME}", digest_of(made), insists=True)
