"""Who is written to after a meeting, with what, and who never is: the e-mails as two mail readers see them."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import fast_mail_parser
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from icalendar import Calendar

from casemaker import Recipe, recipes, settle
from generator.base.errors import CannotReadError, PermanenceError
from generator.base.working_days import Jurisdiction, count_between
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.cli import main, run
from generator.cli.circulate import describe_days_left
from generator.disclosure.mentions import names_somebody, tells_address
from generator.jobs.circulate import CirculationReport, circulate_papers
from generator.jobs.run import Run
from generator.meetings.circulation_record import read_drafted
from generator.meetings.mails import Mail, MailContext, MailPaper, find_reach, plan_mails, read_address
from generator.meetings.outstanding import list_overdue_actions, list_owed_papers
from generator.meetings.unsent_mail import Attachment, UnsentMail, write_mail
from generator.papers.copies import Gets, list_copies, list_readers
from generator.rules.judging.judge import Compliance

pytestmark = pytest.mark.libreoffice

TODAY = dt.date(2026, 8, 5)
Judge = Callable[..., Compliance]
Read = Callable[[str], Case]

FAMILY = """\
reference: FAM-1
procedure: hertfordshire-2024
authority: {name: Hartsmere Council, telephone: 01632 960100, email: children@hartsmere.example}
children:
  - {id: rowan, name: {given: Rowan, family: Hale}, born_on: 14 March 2025, looked_after_from: 26 May 2026}
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
    address: {lines: [3 Quay Street], postcode: ZZ99 2BB, confidential: yes}
    email: leanne@post.example
    letters: {deliver: email, greeting: Leanne}
  - id: father
    name: {given: Daniel, family: Okafor}
    relationships: [{to: rowan, as: father, parental_responsibility: yes}]
    email: daniel@post.example
  - id: carer
    name: {given: Sunita, family: Varghese}
    relationships: [{to: rowan, as: foster_carer}]
    address: {lines: [9 Fennel Close], postcode: ZZ99 7QD, confidential: yes}
    email: sunita@post.example
  - {id: aunt, name: {given: Temi, family: Okafor}, relationships: [{to: rowan, as: aunt}], email: temi@post.example}
  - {id: chair, name: {given: Farida, family: Sesay}, role: service_manager, email: f.sesay@hartsmere.example}
  - {id: worker, name: {given: Grace, family: "O'Brien, \\"G\\""}, role: social_worker, email: grace@hartsmere.example}
  - {id: taker, name: {given: Łukasz, family: Żółć}, role: minute_taker, email: l.zolc@hartsmere.example}
  - {id: iro, name: {given: Judith, family: Pemberton}, role: independent_reviewing_officer, email: iro@h.example}
  - {id: lawyer, name: {given: Priti, family: Chauhan}, role: local_authority_lawyer, email: law@hartsmere.example}
  - {id: visitor, name: {given: Mary, family: Osei}, role: health_visitor}
  - {id: teacher, name: {given: Ann, family: Alder}, role: school, email: "a@school.example, all@school.example"}
  - {id: expert, name: {given: Oluchi, family: Bankole, title: Dr}, role: expert, email: o.b@expert.example}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    ends_at: 3 August 2026, 11:30am
    chair: chair
    minute_taker: taker
    invited:
      - {person: chair, attended: yes}
      - {person: worker, attended: yes}
      - {person: taker, attended: yes}
      - {person: lawyer, attended: yes}
      - {person: carer, attended: yes}
      - {person: visitor, attended: yes}
      - {person: teacher, part: information, attended: yes}
      - {person: aunt, attended: yes}
    papers:
      - {title: Psychological assessment, author: Dr Oluchi Bankole, asked_on: 12 June 2026}
      - {title: School report, author: Somebody Else, asked_on: 12 June 2026}
      - {title: Health report, author: Mary Osei, dated: 20 July 2026, asked_on: 12 June 2026}
    advice: {legal: The threshold document is settled., legal_by: lawyer}
    outcomes:
      - {child: rowan, primary: adoption, summary: We think that Rowan may need a new family.}
    actions:
      - {id: a1, what: Finish the assessment of his aunt, owner: worker, due_on: 4 August 2026}
      - {id: a2, what: Send the photographs, owner: mother, due_on: 4 August 2026}
      - {id: a3, what: Sing, owner: "Dot, with the worker", due_on: 4 August 2026}
      - {id: a4, what: Weigh him, owner: visitor, due_on: 31 August 2026}
    parents_told:
      - {person: mother, told_on: 4 August 2026, told_by: worker, how: in_person, summary_sent_on: 6 August 2026}
    next_meeting_at: 12 October 2026, 10am
"""
AGREED = "    minutes_agreed_on: 5 August 2026\n"
PAPERS_OF_ROWAN = ["ppm-minutes-ppm-1.pdf", "ppm-summary-ppm-1-rowan.pdf"]


def write_case(folder: Path, text: str = FAMILY) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder


def parse(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def addresses(message: EmailMessage, header: str) -> set[str]:
    found = message[header]
    return {one.addr_spec for one in found.addresses} if found else set()


def attached(message: EmailMessage) -> list[str]:
    return [part.get_filename() or "" for part in message.iter_attachments()]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# A family in two rounds: the minutes with the chair, then with everybody


@dataclass
class Rounds:
    """The same case drafted twice: before the chair agreed the minutes, and after."""

    first: CirculationReport
    second: CirculationReport
    before: dict[str, EmailMessage]
    mails: dict[str, EmailMessage]
    shelf: Path


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    folder = tmp_path_factory.mktemp("family")
    case, output = write_case(folder / "case"), folder / "out"
    shelf = output / "circulation" / "ppm-1"
    first = circulate_papers(case, Run(TODAY, output=output))
    before = {file.stem: parse(file) for file in shelf.glob("*.eml")}
    write_case(case, FAMILY + AGREED)
    second = circulate_papers(case, Run(TODAY, output=output))
    mails = {one.file.stem: parse(one.file) for one in second.mails}
    return Rounds(first, second, before, mails, shelf)


def test_draft_minutes_go_to_the_chair_and_the_minute_taker_alone(rounds: Rounds) -> None:
    assert [name for name, mail in rounds.before.items() if PAPERS_OF_ROWAN[0] in attached(mail)] == ["chair"]
    chair = rounds.before["chair"]
    assert addresses(chair, "to") == {"f.sesay@hartsmere.example", "l.zolc@hartsmere.example"}
    assert chair["bcc"] is None
    # Five working days after Wednesday 5 August.
    assert "by Wednesday 12 August 2026 what is to be put right" in text_of(chair)
    held = {one.copy.person.id: one.why for one in rounds.first.planned.waiting}
    assert held["iro"] == "still a DRAFT: goes once the chair has agreed it (minutes_agreed_on)"


def test_actions_go_before_the_minutes(rounds: Rounds) -> None:
    actions = rounds.before["actions"]
    assert attached(actions) == ["actions-sheet-ppm-1.pdf"]
    assert addresses(actions, "bcc") == {
        "f.sesay@hartsmere.example", "grace@hartsmere.example", "l.zolc@hartsmere.example", "law@hartsmere.example",
    }  # fmt: skip
    assert rounds.first.clocks.actions_by == dt.date(2026, 8, 4)


def test_professionals_get_one_e_mail_and_do_not_see_each_other(rounds: Rounds) -> None:
    mail = rounds.mails["professionals"]
    assert addresses(mail, "to") == {"children@hartsmere.example"}
    assert addresses(mail, "bcc") == {
        "f.sesay@hartsmere.example", "grace@hartsmere.example", "l.zolc@hartsmere.example", "law@hartsmere.example",
    }  # fmt: skip
    assert attached(mail) == PAPERS_OF_ROWAN


def test_each_e_mail_carries_exactly_the_copies_of_its_readers(rounds: Rounds) -> None:
    assert {name: attached(mail) for name, mail in rounds.mails.items()} == {
        "actions": ["actions-sheet-ppm-1.pdf"],
        "actions-to-carer": ["actions-sheet-ppm-1.pdf"],
        "actions-to-iro": ["actions-sheet-ppm-1.pdf"],
        "professionals": PAPERS_OF_ROWAN,
        "to-carer": PAPERS_OF_ROWAN,
        "to-iro": PAPERS_OF_ROWAN,
        "summaries": ["ppm-summary-ppm-1-rowan.pdf"],
        "legal-annex": ["ppm-legal-advice-ppm-1.pdf"],
        "to-mother": ["letter-meeting-outcome-ppm-1-mother.pdf", "ppm-summary-ppm-1-rowan-mother.pdf"],
        "chase-paper-expert": [],
        "chase-action-worker": [],
        "chase-action-mother": [],
    }


def test_the_legal_annex_goes_to_the_lawyer_alone(rounds: Rounds) -> None:
    mail = rounds.mails["legal-annex"]
    assert addresses(mail, "to") == {"law@hartsmere.example"}
    assert mail["bcc"] is None


def test_a_parent_is_written_to_alone_and_in_their_own_words(rounds: Rounds) -> None:
    mail = rounds.mails["to-mother"]
    assert addresses(mail, "to") == {"leanne@post.example"}
    assert mail["bcc"] is None
    assert mail["cc"] is None
    assert text_of(mail).startswith("Dear Leanne,\n")
    everything = rounds.shelf.joinpath("to-mother.eml").read_text("utf-8")
    for strange in ("daniel@post.example", "sunita", "Varghese"):
        assert strange not in everything


def test_a_paper_with_a_gap_is_named_beside_its_e_mail(rounds: Rounds, tmp_path: Path) -> None:
    unwritten = {one.mail.name: one.unwritten for one in rounds.second.mails}
    # Nobody wrote how the meeting took account of what the mother wants, nor the plan's contingency.
    assert unwritten["to-mother"] == ("letter-meeting-outcome-ppm-1-mother", "ppm-summary-ppm-1-rowan-mother")
    assert not unwritten["actions"]
    command = ["circulate", str(write_case(tmp_path, FAMILY + AGREED)), "--on", "2026-08-05", "--dry-run"]
    said = " ".join(CliRunner().invoke(main, command).stdout.split())
    assert "something is not yet written in letter-meeting-outcome-ppm-1-mother, ppm-summary" in said


def test_a_parent_whose_letters_go_by_post_gets_no_e_mail_and_a_line(rounds: Rounds) -> None:
    assert not [name for name in rounds.mails if "father" in name]
    said = {one.copy.person.id: one.why for one in rounds.second.planned.waiting}
    assert said["father"] == ("still a DRAFT: write minutes_agreed_on, and summary_sent_on under parents_told")
    assert said["aunt"] == "what the chair decides"


def test_a_carers_address_stands_in_their_own_e_mails_alone(rounds: Rounds) -> None:
    named = [file.stem for file in rounds.shelf.glob("*.eml") if b"sunita@" in file.read_bytes()]
    assert sorted(named) == ["actions-to-carer", "to-carer"]


def test_who_has_no_address_that_can_be_used_is_told_and_never_guessed(rounds: Rounds) -> None:
    summaries = rounds.mails["summaries"]
    assert summaries["to"] is None
    assert summaries["bcc"] is None
    assert text_of(summaries).startswith("BEFORE YOU SEND: the case file has no e-mail address for the person")
    professionals = text_of(rounds.mails["professionals"])
    assert professionals.startswith("BEFORE YOU SEND: the case file has no e-mail address for 1 of the 5 people")
    assert {one.mail.name: one.missing for one in rounds.second.mails if one.missing} == {
        "actions": 1, "professionals": 1, "summaries": 1,
    }  # fmt: skip


def test_no_subject_names_anybody(rounds: Rounds) -> None:
    subjects = [str(mail["subject"]) for mail in rounds.mails.values()]
    assert "FAM-1 Minutes: permanence planning meeting on 3 August 2026" in subjects
    for subject in subjects:
        assert not re.search("Rowan|Hale|Leanne|Daniel|RH", subject)


def test_every_e_mail_opens_as_one_still_to_be_sent_for_two_mail_readers(rounds: Rounds) -> None:
    for result in rounds.second.mails:
        content = result.file.read_bytes()
        mail, other = parse(result.file), fast_mail_parser.parse_email(content)
        assert content.startswith(b"X-Unsent: 1\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert mail["date"] is None
        assert addresses(mail, "from") == {"children@hartsmere.example"}
        assert other.subject == mail["subject"]
        assert [one.filename for one in other.attachments] == attached(mail)
        assert all(one.mimetype == "application/pdf" and one.content.startswith(b"%PDF-") for one in other.attachments)
        assert len(other.text_plain) == len(other.text_html) == 1
        page = re.sub(r"<[^>]+>", " ", other.text_html[0])
        assert page.split()[-3:] == text_of(mail).split()[-3:]


def test_an_owner_is_reminded_of_their_own_actions_and_of_no_more_than_they_may_read(rounds: Rounds) -> None:
    worker, mother = text_of(rounds.mails["chase-action-worker"]), text_of(rounds.mails["chase-action-mother"])
    assert "a1: Finish the assessment of his aunt (due 4 August 2026, agreed on 3 August 2026)" in worker
    assert "a2" not in worker
    assert "photographs" not in mother
    assert "The day for it was 4 August 2026." in mother
    assert addresses(rounds.mails["chase-action-mother"], "to") == {"leanne@post.example"}


def test_an_author_is_reminded_of_what_was_asked_for_and_has_not_come(rounds: Rounds) -> None:
    said = text_of(rounds.mails["chase-paper-expert"])
    assert "Psychological assessment" in said
    assert "(asked for on 12 June 2026)" in said
    assert "Health report" not in said


def test_what_nobody_known_owes_is_listed(rounds: Rounds) -> None:
    assert [one.place for one in rounds.second.planned.unowned] == ["meetings.ppm-1.papers", "actions.a3"]


def test_the_invitation_is_by_the_clock_in_london_and_names_nobody(rounds: Rounds) -> None:
    content = (rounds.shelf / "next-meeting.ics").read_bytes()
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == dt.datetime(2026, 10, 12, 10, tzinfo=ZoneInfo("Europe/London"))
    assert event.decoded("dtend") == dt.datetime(2026, 10, 12, 11, 30, tzinfo=ZoneInfo("Europe/London"))
    assert event.decoded("dtstart").utcoffset() == dt.timedelta(hours=1)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert str(event["summary"]) == "Permanence planning meeting"
    assert not {"ATTENDEE", "ORGANIZER", "DESCRIPTION", "LOCATION"} & {*event}
    assert not re.search("Rowan|Hale|FAM-1", content.decode())


def test_the_record_says_what_was_drafted_for_whom_and_keeps_the_first_round(rounds: Rounds) -> None:
    drafted = read_drafted(rounds.shelf / "record.yaml")
    assert [one.file for one in drafted][:2] == ["chair.eml", "actions.eml"]
    minutes = next(one for one in drafted if one.file == "professionals.eml")
    assert minutes.readers == ("chair", "worker", "taker", "lawyer", "visitor")
    assert minutes.rules == ("hertfordshire-2024/minutes-circulated",)
    assert [one.name for one in minutes.attachments] == ["ppm-minutes-ppm-1", "ppm-summary-ppm-1-rowan"]
    record = (rounds.shelf / "record.yaml").read_text("utf-8")
    assert "@" not in record
    assert "Leanne" not in record


def test_those_who_were_drafted_an_older_version_are_named(rounds: Rounds) -> None:
    assert rounds.second.older == {
        "ppm-minutes-ppm-1": ("chair", "taker"),
        "ppm-summary-ppm-1-rowan": ("chair", "taker"),
    }


def test_an_e_mail_that_is_no_longer_due_must_not_be_sent(rounds: Rounds) -> None:
    said = [one for one in rounds.second.warnings if one.startswith("circulation/ppm-1/chair.eml")]
    assert len(said) == 1
    assert "do not send it" in said[0]


def test_a_second_run_drafts_nothing_anew_and_keeps_what_a_person_changed(rounds: Rounds) -> None:
    case, output = rounds.shelf.parents[2] / "case", rounds.shelf.parents[1]
    mine = rounds.shelf / "to-iro.eml"
    as_drafted, before = mine.read_bytes(), (rounds.shelf / "record.yaml").read_bytes()
    changed = as_drafted.replace(b"Dear Judith", b"Hello Judith")
    mine.write_bytes(changed)
    # A day later: the day that was asked for stays.
    again = circulate_papers(case, Run(TODAY + dt.timedelta(days=1), output=output))
    assert {one.file.stem: one.action for one in again.mails if one.action != "unchanged"} == {"to-iro": "kept"}
    assert mine.read_bytes() == changed
    assert (rounds.shelf / "record.yaml").read_bytes() == before
    mine.write_bytes(as_drafted)


def test_what_a_person_wrote_into_an_e_mail_is_searched_too(rounds: Rounds) -> None:
    case, output = rounds.shelf.parents[2] / "case", rounds.shelf.parents[1]
    mine = rounds.shelf / "to-mother.eml"
    as_drafted = mine.read_bytes()
    mine.write_bytes(as_drafted.replace(b"Dear Leanne,", b"Dear Leanne, Sunita Varghese sends a photograph."))
    again = circulate_papers(case, Run(TODAY, output=output))
    mine.write_bytes(as_drafted)
    assert {one.file.stem for one in again.mails if one.action == "withheld"} == {"to-mother"}
    assert "Do not send circulation/ppm-1/to-mother.eml as it lies there" in str(again.withheld[0])
    assert "Sunita" not in str(again.withheld[0])


def test_minutes_that_a_person_keeps_with_the_mark_of_a_draft_wait(rounds: Rounds) -> None:
    case, output = rounds.shelf.parents[2] / "case", rounds.shelf.parents[1]
    word = output / "papers" / "ppm-minutes-ppm-1.docx"
    document = docx.Document(str(word))
    document.sections[0].header.add_paragraph("DRAFT")
    document.save(str(word))
    again = circulate_papers(case, Run(TODAY, output=output))
    assert "professionals" not in {one.mail.name for one in again.mails}
    waiting = {one.copy.person.id: one.why for one in again.planned.waiting}
    assert waiting["iro"].startswith("ppm-minutes-ppm-1: your Word file of it still bears the mark DRAFT")
    assert [one for one in again.warnings if one.startswith("circulation/ppm-1/professionals.eml was drafted on an")]


# Without papers: only reminders, so nothing has to be converted

BARE = FAMILY[: FAMILY.index("    advice:")] + FAMILY[FAMILY.index("    next_meeting_at") :]


def run_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *given_: object
) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["permanence", *(str(one) for one in given_)])
    with pytest.raises(SystemExit) as left:
        run()
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out + said.err


def bare(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> Path:
    text = BARE.replace("attended: yes", "attended: no") + more
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return write_case(tmp_path / "case", text)


def test_an_e_mail_that_tells_its_reader_too_much_is_withheld_with_exit_5_and_the_others_arrive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = "    actions:\n      - {id: a1, what: Weigh him, owner: worker, due_on: 4 August 2026}\n    next_meeting_at"
    case = bare(
        tmp_path,
        ("title: Psychological assessment", "title: Assessment of Sunita Varghese"),
        ("    next_meeting_at", late),
    )
    code, said = run_command(capsys, monkeypatch, "circulate", case, "--on", "2026-08-05", "-o", tmp_path / "out")
    assert code == 5
    assert "chase-paper-expert.eml is withheld" in said
    assert "Sunita" not in said
    arrived = {file.name for file in (tmp_path / "out" / "circulation" / "ppm-1").iterdir()}
    assert arrived == {"chase-action-worker.eml", "next-meeting.ics", "record.yaml"}


@pytest.mark.parametrize("venue", ["9 Fennel Close", "Leanne’s flat", "The hall ZZ99 7QD"])
def test_a_venue_that_gives_somebody_away_is_left_out_of_the_invitation(tmp_path: Path, venue: str) -> None:
    later = "  - {id: ppm-2, kind: permanence_planning_meeting, starts_at: 12 October 2026 at 10am, venue: VENUE}\n"
    report = circulate_papers(bare(tmp_path, more=later.replace("VENUE", venue)), Run(TODAY, output=tmp_path / "out"))
    assert report.invitation is not None
    assert "LOCATION" not in report.invitation.file.read_text("utf-8")
    assert [one for one in report.warnings if one.startswith("The invitation says no place")]


def test_an_office_stands_in_the_invitation(tmp_path: Path) -> None:
    later = "  - {id: ppm-2, kind: permanence_planning_meeting, starts_at: 12 October 2026 at 10am, venue: Room 4}\n"
    report = circulate_papers(bare(tmp_path, more=later), Run(TODAY, output=tmp_path / "out"))
    assert report.invitation is not None
    assert "LOCATION:Room 4" in report.invitation.file.read_text("utf-8")


@pytest.mark.parametrize(("agreed_on", "warned"), [("5 August 2026", False), ("6 August 2026", True)])
def test_minutes_that_are_agreed_on_a_day_to_come_are_pointed_out(tmp_path: Path, agreed_on: str, warned: bool) -> None:
    more = f"    minutes_agreed_on: {agreed_on}\n"
    report = circulate_papers(bare(tmp_path, more=more), Run(TODAY, output=tmp_path / "out"))
    assert [one for one in report.warnings if "a day to come" in one] == (
        ["The minutes are to be agreed on 6 August 2026, a day to come: is the year right"] if warned else []
    )


@pytest.mark.parametrize("guest", ["mother", "aunt"])
def test_family_who_is_invited_is_not_told_the_place_by_the_invitation_either(tmp_path: Path, guest: str) -> None:
    later = (
        "  - {id: ppm-2, kind: permanence_planning_meeting, starts_at: 12 October 2026 at 10am, venue: Room 4, "
        f"invited: [{{person: worker}}, {{person: {guest}, part: information}}]}}\n"
    )
    report = circulate_papers(bare(tmp_path, more=later), Run(TODAY, output=tmp_path / "out"))
    assert report.invitation is not None
    assert "LOCATION" not in report.invitation.file.read_text("utf-8")
    assert [one for one in report.warnings if one.startswith("The invitation says no place")]


def test_a_guest_who_is_not_written_to_by_e_mail_is_no_guest_without_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = (
        "  - {id: ppm-2, kind: permanence_planning_meeting, starts_at: 12 October 2026 at 10am, "
        "invited: [{person: worker}, {person: visitor}, {person: aunt, part: information}]}\n"
    )
    case = bare(tmp_path, more=later)
    code, said = run_command(capsys, monkeypatch, "circulate", case, "--on", "2026-08-05", "-o", tmp_path / "out")
    assert code == 0
    assert "no e-mail address that can be used: visitor\n" in said
    assert "not written to by e-mail, so tell them in another way: aunt\n" in said


def test_a_damaged_record_stops_and_nothing_is_changed(tmp_path: Path) -> None:
    case = bare(tmp_path)
    circulate_papers(case, Run(TODAY, output=tmp_path / "out"))
    record = tmp_path / "out" / "circulation" / "ppm-1" / "record.yaml"
    record.write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(CannotReadError, match="Put it back from a copy"):
        circulate_papers(case, Run(TODAY + dt.timedelta(days=30), output=tmp_path / "out"))
    assert record.read_text("utf-8") == "version: 1\n"


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case")
    done = CliRunner().invoke(
        main, ["circulate", str(case), "--on", "2026-08-05", "--dry-run", "--json", "-o", str(tmp_path / "out")]
    )
    found = json.loads(done.stdout)
    assert not (tmp_path / "out").exists()
    assert {Path(one["file"]).name for one in found["mails"]} >= {"chair.eml", "actions.eml"}
    assert found["corrections_by"] == "2026-08-12"
    assert found["sent"] is False
    assert "@" not in done.stdout


def test_names_and_addresses_are_shown_on_request_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["circulate", write_case(tmp_path / "case"), "--on", "2026-08-05", "--dry-run"]
    assert "@" not in run_command(capsys, monkeypatch, *command)[1]
    assert "law@hartsmere.example" in run_command(capsys, monkeypatch, *command, "--show-values")[1]


@pytest.mark.parametrize(
    ("meeting", "on", "says"),
    [
        ("ppm-9", TODAY, "There is no meeting with the id ppm-9"),
        (None, dt.date(2026, 8, 1), "No meeting has been held yet"),
        ("ppm-1", dt.date(2026, 8, 1), "still to come"),
    ],
)
def test_a_meeting_that_cannot_be_circulated_is_refused(
    tmp_path: Path, meeting: str | None, on: dt.date, says: str
) -> None:
    with pytest.raises(PermanenceError, match=says):
        circulate_papers(write_case(tmp_path / "case"), Run(on, output=tmp_path / "out"), meeting=meeting)


# Any case

_WHOLE = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def plan_all(case: Case, compliance: Compliance, *, draft: bool) -> Iterator[tuple[MailContext, Mail]]:
    for meeting in case.meetings:
        copies = list_readers(case, meeting, compliance)
        papers = {name: MailPaper("A paper", draft=draft) for copy in copies for name in copy.papers}
        desk = MailContext(case, meeting, copies, papers, compliance.on, compliance.procedure.jurisdiction)
        yield from ((desk, mail) for mail in plan_mails(desk).mails)


@_WHOLE
@given(recipe=recipes())
def test_family_is_never_written_to_together_with_anybody(judge: Judge, recipe: Recipe) -> None:
    case = settle(recipe.facts())
    parents = {parent.id for child in case.children for parent in case.parents_of(child.id)}
    for desk, mail in plan_all(case, judge(case), draft=False):
        if len(mail.people) > 1:
            assert all(person.role and not person.relationships for person in mail.people)
        names = {code for paper in mail.sends for code in [paper.partition(f"-{desk.meeting.id}")[0]]}
        assert "ppm-legal-advice" not in names or names == {"ppm-legal-advice"}
        for person in mail.people:
            gets = next((copy.gets for copy in desk.copies if copy.person == person), None)
            assert find_reach(person).by_mail
            if person.id in parents and gets in (Gets.OWN, Gets.LATER, Gets.NOTHING):
                assert all(paper.endswith(f"-{person.id}") for paper in mail.sends)


@_WHOLE
@given(recipe=recipes())
def test_a_draft_paper_goes_to_nobody_but_the_chair(judge: Judge, recipe: Recipe) -> None:
    case = settle(recipe.facts())
    for desk, mail in plan_all(case, judge(case), draft=True):
        if mail.sends:
            assert mail.name == "chair"
            assert {person.id for person in mail.people} <= {desk.meeting.chair, desk.meeting.minute_taker}


# The file itself


@pytest.mark.parametrize(
    "name",
    [
        'O"Neill, "X"',
        "a\r\nBcc: evil@post.example",
        "Łukasz Żółć",
        "مريم حسن",
        "x" * 300,
        "<b>@c",
        "a@b.example,",
        "",
        "\u202eabc",
    ],
)
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    content = write_mail(
        UnsentMail(f"About {name}", ("Hello",), to=((name, "a@post.example"),), hidden=((name, "b@post.example"),))
    )
    mail, other = email.message_from_bytes(content, policy=email.policy.default), fast_mail_parser.parse_email(content)
    assert [one.addr_spec for one in mail["to"].addresses] == ["a@post.example"]
    assert [one.addr_spec for one in mail["bcc"].addresses] == ["b@post.example"]
    assert [header.lower() for header in mail].count("bcc") == 1
    shown = " ".join(name.replace("\u202e", " ").split())
    assert mail["to"].addresses[0].display_name == shown
    assert " ".join(other.subject.split()) == f"About {shown}".strip()


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "a b@c.example", "a"]
)
def test_an_address_that_is_not_one_is_refused(address: str) -> None:
    assert read_address(address) is None
    with pytest.raises((ValueError, IndexError)):
        write_mail(UnsentMail("x", ("y",), to=(("", address),)))


def test_names_of_files_in_any_letters_arrive() -> None:
    content = write_mail(UnsentMail("x", ("y",), attachments=(Attachment("Protokół\n2.pdf", b"%PDF-1"),)))
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["Protokół 2.pdf"]
    assert [one.filename for one in fast_mail_parser.parse_email(content).attachments] == ["Protokół 2.pdf"]


def test_what_a_body_says_is_no_markup() -> None:
    content = write_mail(UnsentMail("x", ("a <script>b</script> & c", ("<b>one</b>",))))
    (page,) = fast_mail_parser.parse_email(content).text_html
    assert "<p>a &lt;script&gt;b&lt;/script&gt; &amp; c</p>" in page
    assert "<li>&lt;b&gt;one&lt;/b&gt;</li>" in page


def test_a_subject_that_is_long_starts_beside_its_name() -> None:
    content = write_mail(
        UnsentMail("FAM-2026-0142 Actions overdue: permanence planning meeting on 12 October 2026", ("x",))
    )
    assert b"\r\nSubject: FAM-2026-0142 Actions" in content


# Days, names and ways


@pytest.mark.parametrize(
    ("day", "until", "count"),
    [
        ("2026-08-05", "2026-08-05", 0),
        ("2026-08-05", "2026-08-12", 5),
        ("2026-08-07", "2026-08-10", 1),
        # The late summer bank holiday, 31 August 2026.
        ("2026-08-28", "2026-09-01", 1),
        ("2026-08-12", "2026-08-05", -5),
    ],
)
def test_working_days_between_two_days(day: str, until: str, count: int) -> None:
    first, last = dt.date.fromisoformat(day), dt.date.fromisoformat(until)
    assert count_between(first, last, Jurisdiction.ENGLAND) == count


def test_days_left_are_said_in_working_days() -> None:
    friday = dt.date(2026, 8, 7)
    assert describe_days_left(friday, dt.date(2026, 8, 10), Jurisdiction.ENGLAND) == "1 working day left"
    assert describe_days_left(friday, friday, Jurisdiction.ENGLAND) == "today"
    assert describe_days_left(friday, dt.date(2026, 8, 5), Jurisdiction.ENGLAND) == "2 working days ago"


def test_a_reference_with_a_name_or_initials_is_left_out_of_subjects(read: Read) -> None:
    case = read(FAMILY)
    assert names_somebody("Hale-2026", case)
    assert names_somebody("RH/17", case)
    assert not names_somebody("FAM-2026-0142", case)
    assert tells_address("At 9, Fennel  Close", case)
    assert not tells_address("Room 9, Harbour House", case)


@pytest.mark.parametrize(
    ("letters", "by_mail"),
    [("", False), ("letters: {deliver: email}", True), ("letters: {send: no, deliver: email}", False),
     ("whereabouts_known: no", False), ("died_on: 2 August 2026", False)],
)  # fmt: skip
def test_family_is_written_to_by_e_mail_only_where_that_is_how_they_want_letters(
    read: Read, letters: str, by_mail: bool
) -> None:
    text = f"""\
        reference: FAM-1
        procedure: hertfordshire-2024
        authority: {{name: Hartsmere Council}}
        children:
          - {{id: rowan, name: {{given: Rowan}}, born_on: 14 March 2025}}
        people:
          - id: mother
            name: {{given: Leanne}}
            relationships: [{{to: rowan, as: mother}}]
            email: leanne@post.example
            {letters}
        """
    assert find_reach(read(textwrap.dedent(text)).person("mother")).by_mail is by_mail


@pytest.mark.parametrize(
    ("reference", "subject"),
    [("FAM-1", "FAM-1 Minutes: "), ("Hale 2026", "Minutes: "), ("RH-26", "Minutes: "), ("FAM-1 rowan", "Minutes: ")],
)
def test_a_subject_leaves_out_a_reference_that_names_somebody(
    read: Read, judge: Judge, reference: str, subject: str
) -> None:
    case = read(FAMILY.replace("FAM-1", reference))
    subjects = {
        mail.subject for _, mail in plan_all(case, judge(case, TODAY), draft=False) if "Minutes" in mail.subject
    }
    assert subjects == {f"{subject}permanence planning meeting on 3 August 2026"}


# What a procedure asks for, and what is owed, in the sample that README uses


def test_a_rule_gives_a_copy_to_people_who_were_not_invited(samples: dict[str, LoadedCase], judge: Judge) -> None:
    case = samples["rowan"].case
    found = {copy.person.id: copy for copy in list_readers(case, case.meetings[1], judge(case))}
    head, assessor = found["head-of-reviews"], found["assessor"]
    assert head.papers == ("ppm-summary-ppm-2-rowan",)
    assert [one.rule.name for one in head.asked_by] == ["hertfordshire-2024/summary-to-head-of-review"]
    assert (head.sent_on, head.due_on) == (dt.date(2026, 10, 16), None)
    # She wrote a report for the meeting: the minutes go to her, and the actions to those who were invited.
    assert assessor.papers == ("ppm-minutes-ppm-2", "ppm-summary-ppm-2-rowan")
    assert "assessor" not in {copy.person.id for copy in list_copies(case, case.meetings[1])}


@pytest.mark.parametrize(
    ("on", "ids"),
    [
        ("2026-06-26", []),
        # Two of them stand under two meetings, once with a longer title.
        ("2026-06-29", ["psychologist", "kinship-assessor", "assessor"]),
        # The parenting assessment came on 28 August, and a medical summary was asked for on 6 August.
        ("2026-08-28", ["medical-adviser", "psychologist", "kinship-assessor"]),
        ("2026-09-18", ["medical-adviser"]),
        ("2026-11-22", []),
    ],
)
def test_a_paper_is_owed_after_ten_working_days_until_it_comes(
    samples: dict[str, LoadedCase], on: str, ids: list[str]
) -> None:
    owed = list_owed_papers(samples["rowan"].case, dt.date.fromisoformat(on), Jurisdiction.ENGLAND)
    assert [one.author.id if one.author else "" for one in owed] == ids


def test_an_action_is_overdue_from_the_day_after_its_day_and_not_when_it_is_done(
    samples: dict[str, LoadedCase],
) -> None:
    case = samples["rowan"].case

    def ids(on: str) -> set[str]:
        return {one.action.id for one in list_overdue_actions(case, dt.date.fromisoformat(on))}

    # What was due on 14 August was done by then, as the meeting of October tells.
    assert ids("2026-08-15") == set()
    assert ids("2026-10-16") == set()
    assert ids("2026-10-17") == {"a10", "a11"}
    assert ids("2026-11-22") == {"a9", "a10", "a11"}
