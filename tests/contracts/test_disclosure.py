"""Who may see what: every fact has a kind, every kind a row, and nobody's paper holds what its reader may not see."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import pytest

import generator.case
from generator.base.dates import format_date
from generator.base.errors import ExitCode, UnsafeToDiscloseError
from generator.case.audience import Audience
from generator.case.facts import Disclosure, Facts, Line, fact
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.case.person import Person
from generator.case.words import PlacementType
from generator.disclosure.facts import list_facts
from generator.disclosure.lens import Lens, Withheld, kind_of
from generator.disclosure.listing import list_protected
from generator.disclosure.projection import neutral_carer
from generator.disclosure.search import Search, TextRun
from generator.papers.card import PlannedDocument
from generator.rules.expressions.language import evaluate, fill

Papers = dict[str, tuple[PlannedDocument, ...]]
Planner = Callable[..., dict[str, PlannedDocument]]


def models() -> list[type[Facts]]:
    """Every model of the case file: the package's modules were all imported with it."""
    assert inspect.ismodule(generator.case)
    found: list[type[Facts]] = []
    waiting = [Facts]
    while waiting:
        for model in waiting.pop().__subclasses__():
            found.append(model)
            waiting.append(model)
    return [model for model in found if model.__module__.startswith("generator.case.")]


def test_there_are_models_to_look_at() -> None:
    assert {"Case", "Child", "Person", "Meeting", "AdmDecision", "Court"} <= {model.__name__ for model in models()}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_of_the_case_file_has_a_kind(model: type[Facts]) -> None:
    for name in model.model_fields:
        assert kind_of(model, name) in Disclosure, f"{model.__name__}.{name}"


def test_a_field_that_nobody_classified_is_noticed() -> None:
    class Careless(Facts):
        secret: str = ""

    with pytest.raises(KeyError, match=r"Careless\.secret"):
        kind_of(Careless, "secret")


# What each group with one kind for all its fields holds. A new field there needs a decision: has it the same kind?
ONE_KIND = {
    "AdoptionWelfare": (
        Disclosure.EVIDENCE,
        "wishes needs lifelong_effect characteristics harm relationships throughout_life delay range_of_powers",
    ),
    "AgencyEvent": (Disclosure.EVIDENCE, "on what"),
    "Authority": (
        Disclosure.OPEN,
        "name department address telephone email independent_support legal_help support_groups complaints enclosures",
    ),
    "ChildViews": (Disclosure.CHILD, "placement upbringing family_time"),
    "ChildrenActWelfare": (
        Disclosure.EVIDENCE,
        "wishes needs effect_of_change characteristics harm capability range_of_powers",
    ),
    "Cleared": (Disclosure.PRIVATE, "allows reader papers reason by on"),
    "Contributor": (Disclosure.EVIDENCE, "name role contributed"),
    "Discussion": (
        Disclosure.PLANNING,
        """attachment health education social_development family_relationships wishes equality family_time options
        services legal_return legal_alternatives not_adoption_because contingency life_story family_meeting""",
    ),
    "DocumentRead": (Disclosure.EVIDENCE, "title author dated version"),
    "Education": (Disclosure.CHILD, "settings progress learning_needs education_plan"),
    "Enquiry": (Disclosure.PERSON, "on what"),
    "FamilyHistory": (
        Disclosure.PERSON,
        "description personality childhood past_relationships home education employment other chronology",
    ),
    "FatherNotification": (Disclosure.PRIVATE, "decision reasons decided_by decided_on legal_advice_on"),
    "Hearing": (Disclosure.EVIDENCE, "kind at judge place time_estimate"),
    "KeptBack": (Disclosure.PRIVATE, "words what from_readers"),
    "LifeEvent": (Disclosure.PERSON, "when what"),
    "LifeStory": (Disclosure.PLANNING, "status note"),
    "Name": (Disclosure.OPEN, "given family known_as title"),
    "PageLimit": (Disclosure.EVIDENCE, "pages ordered_on paragraph"),
    "PanelRecommendation": (Disclosure.EVIDENCE, "held_on minutes_final_on recommendation"),
    "Query": (Disclosure.EVIDENCE, "to question answer on"),
    "SharedCare": (Disclosure.SIBLING, "order court made_on"),
    "SiblingLife": (Disclosure.SIBLING, "living_with looked_after orders adoption_considered adopted_on adoptive_name"),
    "ViewHeard": (Disclosure.EVIDENCE, "who view"),
}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_a_group_with_one_kind_has_it_for_the_fields_that_were_looked_at(model: type[Facts]) -> None:
    kinds = {kind_of(model, name) for name in model.model_fields}
    if model.__name__ in ONE_KIND:
        kind, names = ONE_KIND[model.__name__]
        assert (kinds, [*model.model_fields]) == ({kind}, names.split())
    else:
        assert len(kinds) > 1, "say the kind once, for the class"


def test_a_kind_is_declared_for_the_field_or_for_the_group_and_never_for_both() -> None:
    with pytest.raises(TypeError, match=r"Undecided\.secret must have one kind"):

        class Undecided(Facts):
            secret: Line = fact("Secret", example="x")

    with pytest.raises(TypeError, match=r"Twice\.secret must have one kind"):

        class Twice(Facts, seen_as=Disclosure.PRIVATE):
            secret: Line = fact("Secret", example="x", seen_as=Disclosure.OPEN)

    with pytest.raises(TypeError, match=r"Bare\.secret must be declared"):

        class Bare(Facts, seen_as=Disclosure.PRIVATE):
            secret: str = ""


def test_a_field_that_may_be_none_need_not_be_written() -> None:
    class Optional(Facts, seen_as=Disclosure.OPEN):
        must: Line = fact("Must", example="x")
        may: Line | None = fact("May", example="x")

    assert Optional.model_validate({"must": "x"}).may is None
    assert Optional.model_fields["must"].is_required()


def test_every_kind_is_seen_by_somebody() -> None:
    assert set().union(*(audience.sees for audience in Audience)) == set(Disclosure)


@pytest.mark.parametrize(
    ("kind", "never"),
    [
        (Disclosure.CARER, {Audience.COURT, Audience.PARENT, Audience.MATCHING}),
        (Disclosure.ADVICE, set(Audience) - {Audience.PRIVILEGED}),
        (Disclosure.PERSON, {Audience.PARENT, Audience.MATCHING}),
        (Disclosure.PRIVATE, {Audience.COURT, Audience.PARENT, Audience.PROFESSIONALS, Audience.MATCHING}),
        (Disclosure.WORKING, {Audience.COURT, Audience.PARENT, Audience.PROFESSIONALS, Audience.MATCHING}),
        (Disclosure.HEALTH, {Audience.PARENT}),
        (Disclosure.PLANNING, {Audience.PARENT, Audience.MATCHING}),
        (Disclosure.EVIDENCE, {Audience.PARENT}),
        (Disclosure.SIBLING, {Audience.PARENT, Audience.MATCHING}),
        (Disclosure.OUTCOME, {Audience.MATCHING}),
    ],
)
def test_a_kind_is_hidden_from_those_who_may_not_see_it(kind: Disclosure, never: set[Audience]) -> None:
    assert not {audience for audience in never if Lens(audience, "mother").sees(kind)}


def test_a_parent_sees_what_is_kept_about_themselves_and_of_nobody_else() -> None:
    lens = Lens(Audience.PARENT, "mother")
    assert lens.sees(Disclosure.PERSON, owner="mother")
    assert not lens.sees(Disclosure.PERSON, owner="father")
    assert not lens.sees(Disclosure.PERSON)
    assert not Lens(Audience.PARENT).sees(Disclosure.PERSON, owner=None)


WITHHELD_USES: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": lambda fact: f"{fact}",
    "bool": bool,
    "iter": list,
    "length": len,
    "attribute": lambda fact: fact.lines,
    "item": lambda fact: fact["lines"],
    "first": lambda fact: fact[0],
    "equal": lambda fact: fact == "x",
    "not equal": lambda fact: fact != "x",
    "equal from the right": lambda fact: fact == 1,
    "in a list": lambda fact: fact in ["x", "y"],
    "contains": lambda fact: "x" in fact,
    "less": lambda fact: fact < 1,
    "at most": lambda fact: fact <= 1,
    "greater": lambda fact: fact > 1,
    "at least": lambda fact: fact >= 1,
    "number": int,
}


@pytest.mark.parametrize("use", WITHHELD_USES.values(), ids=WITHHELD_USES)
def test_any_use_of_a_withheld_fact_is_refused_and_names_fact_and_audience(use: Callable[[Any], object]) -> None:
    with pytest.raises(UnsafeToDiscloseError, match=r"asks for address.*audience parent") as refused:
        use(Withheld("address", Audience.PARENT))
    assert refused.value.exit_code is ExitCode.UNSAFE_TO_DISCLOSE


@pytest.mark.parametrize(
    "source",
    [
        "secret",
        "secret ~ 'x'",
        "secret == 'x'",
        "'x' in secret",
        "secret in ['x']",
        "secret.postcode",
        "secret | upper",
        "secret | length",
        "secret | join",
        "secret | first",
        "not secret",
        "secret or 'x'",
        "secret and 'x'",
        "secret > 1",
        "secret | int",
        "secret | listed",
        "secret | sort",
        "secret | string",
        "['x', secret] | join",
    ],
)
def test_a_card_or_template_cannot_get_round_a_withheld_fact(source: str) -> None:
    with pytest.raises(UnsafeToDiscloseError):
        fill(f"{{{{ {source} }}}}", {"secret": Withheld("address", Audience.COURT)}, where="a card")


def test_a_condition_on_a_withheld_fact_is_refused() -> None:
    with pytest.raises(UnsafeToDiscloseError):
        evaluate("1 if secret else 2", {"secret": Withheld("address", Audience.COURT)}, where="a card")


class _Room(Facts):
    open: Line = fact("Open", example="x", seen_as=Disclosure.OPEN)
    private: Line = fact("Private", example="x", seen_as=Disclosure.PRIVATE)
    home: Line | None = fact("Home", example="x", seen_as=Disclosure.CARER, default=None)
    id: Line = fact("Handle", example="x", seen_as=Disclosure.WORKING)


def test_a_lens_withholds_leaves_out_carers_and_keeps_handles() -> None:
    seen = Lens(Audience.COURT).facts(_Room(open="a", private="b", home="c", id="d"))
    assert (seen["open"], seen["home"], seen["id"]) == ("a", None, "d")
    assert isinstance(seen["private"], Withheld)
    assert Lens(Audience.INTERNAL).facts(_Room(open="a", private="b", id="d"))["private"] == "b"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PlacementType.FOSTER_CARE, "Local Authority foster carer"),
        (PlacementType.CONNECTED_FOSTER_CARE, "Local Authority foster carer"),
        (PlacementType.ADOPTIVE, None),
        (PlacementType.RESIDENTIAL, None),
        (PlacementType.INDEPENDENT_LIVING, None),
    ],
)
def test_a_carer_is_named_in_neutral_words_where_the_kind_of_home_does_not_say_enough(
    kind: PlacementType, words: str | None
) -> None:
    assert neutral_carer(kind) == words


def texts_of(value: Any) -> Iterator[str]:
    """Every text in plain facts. A withheld fact is not there."""
    if isinstance(value, Withheld) or value is None:
        return
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner)
    else:
        yield str(value)


def words_of(paper: PlannedDocument) -> str:
    """Everything that a paper could print: facts, answers, questions, its title and its name."""
    said = [*texts_of(paper.facts), paper.title, paper.name]
    for answer in paper.answers.values():
        said += [answer.text or "", answer.asks, answer.source]
    for gap in paper.gaps:
        said += [gap.asks, gap.source, gap.write]
    return "\n".join(said).casefold()


CARER_KINDS = {"foster_carer", "connected_carer", "prospective_adopter", "adoptive_parent"}


def only_carers(case: Case) -> list[Person]:
    """Carers whom the family does not know in their own right."""
    return [
        person
        for person in case.people
        if person.relationships and {tie.kind.value for tie in person.relationships} <= CARER_KINDS
    ]


def reach(person: Person) -> list[str]:
    """The lines by which a person can be found. A town by itself finds nobody."""
    address = person.address
    lines = [*address.lines[:1], *([address.postcode] if address.postcode else [])] if address else []
    return [*lines, *filter(None, [person.private_telephone, person.telephone, person.email])]


def secrets_of_carers(case: Case) -> list[str]:
    found: list[str] = []
    for carer in only_carers(case):
        names = [carer.name.full, carer.name.given]
        if carer.name.family and not any(
            carer.name.family in person.name.full for person in case.people if person is not carer
        ):
            names.append(carer.name.family)
        found += [*names, *reach(carer)]
    for child in case.children:
        for setting in child.education.settings:
            found += [setting.name, *([setting.address] if setting.address else [])]
    for placement in case.placements:
        if placement.type.value not in {"with_parent", "with_relative", "hospital"} and placement.where:
            found.append(placement.where)
    return found


def leaks(
    papers: Papers, wanted: Callable[[PlannedDocument], bool], secrets: Callable[[str, PlannedDocument], list[str]]
) -> list[str]:
    found = []
    for family, planned in papers.items():
        for paper in planned:
            if wanted(paper):
                words = words_of(paper)
                found += [
                    f"{family}/{paper.name}: {secret}"
                    for secret in secrets(family, paper)
                    if secret.casefold() in words
                ]
    return found


def leaves_the_agency(paper: PlannedDocument) -> bool:
    return paper.audience in {"court", "parent"} or paper.for_bundle


def test_the_invented_families_have_carers_to_protect(samples: dict[str, LoadedCase]) -> None:
    assert sum(len(secrets_of_carers(loaded.case)) for loaded in samples.values()) > 20


def test_no_paper_for_court_or_parent_knows_a_carer_or_where_the_child_learns(
    sample_papers: Papers, samples: dict[str, LoadedCase]
) -> None:
    assert not leaks(sample_papers, leaves_the_agency, lambda family, _paper: secrets_of_carers(samples[family].case))


def test_a_parents_paper_does_not_hold_what_is_kept_about_the_other_parent(
    sample_papers: Papers, samples: dict[str, LoadedCase]
) -> None:
    def others(family: str, paper: PlannedDocument) -> list[str]:
        case = samples[family].case
        reader = case.person(paper.reader or "")
        mine = reach(reader)
        found = []
        for person in case.people:
            if person is reader or person.role or not person.relationships:
                continue
            found += [line for line in reach(person) if line not in mine]
            if person.born_on:
                found.append(format_date(person.born_on))
        return found

    assert not leaks(sample_papers, lambda paper: paper.audience == "parent", others)


def test_the_adoptive_family_of_a_brother_or_sister_stays_with_the_agency(
    sample_papers: Papers, samples: dict[str, LoadedCase]
) -> None:
    def adopted(family: str, _paper: PlannedDocument) -> list[str]:
        lives = [person.sibling for person in samples[family].case.people if person.sibling]
        names = [life.adoptive_name for life in lives if life.adoptive_name]
        days = [format_date(life.adopted_on) for life in lives if life.adopted_on]
        return [*names, *[name.split()[-1] for name in names], *days]

    assert any(adopted(family, papers[0]) for family, papers in sample_papers.items())
    assert not leaks(
        sample_papers, lambda paper: leaves_the_agency(paper) or paper.audience == "professionals", adopted
    )


def test_legal_advice_is_in_privileged_papers_alone(sample_papers: Papers, samples: dict[str, LoadedCase]) -> None:
    def advice(family: str, _paper: PlannedDocument) -> list[str]:
        given = [meeting.advice.legal for meeting in samples[family].case.meetings if meeting.advice.legal]
        return [line.strip() for text in given for line in text.splitlines() if len(line.strip()) > 30]

    assert not leaks(sample_papers, lambda paper: paper.audience != "privileged", advice)
    assert leaks(sample_papers, lambda paper: paper.audience == "privileged", advice)


def test_no_paper_for_the_bundle_is_privileged(sample_papers: Papers) -> None:
    assert not [
        paper.name
        for papers in sample_papers.values()
        for paper in papers
        if paper.for_bundle and paper.audience == "privileged"
    ]


FAMILY = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan}
    born_on: 14 March 2025
    looked_after_from: 26 May 2026
    education: {settings: [{name: SECRETNURSERY, address: SECRETLANE}]}
    local_authority_area: SECRETAREA
    nhs_number: SECRETNHS
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
    address: {lines: [SECRETFLAT], confidential: yes}
    private_telephone: SECRETPHONE
    letters: {safe_delivery: SECRETSAFETY}
  - id: father
    name: {given: Daniel, family: Okafor}
    relationships: [{to: rowan, as: father, parental_responsibility: yes}]
    address: {lines: [FATHERHOUSE]}
    born_on: 30 January 1996
  - id: sister
    name: {given: Mia}
    relationships: [{to: rowan, as: half_sister}]
    sibling: {adoptive_name: SECRETADOPTED, living_with: SECRETADOPTERS, adopted_on: 9 July 2018}
  - id: carer
    name: {given: SECRETGIVEN, family: SECRETFAMILY}
    relationships: [{to: rowan, as: foster_carer}]
    address: {lines: [SECRETROAD]}
    telephone: SECRETTELEPHONE
    email: SECRETEMAIL
    organisation: SECRETAGENCY
    job_title: SECRETJOB
placements:
  - {child: rowan, started_on: 26 May 2026, type: foster_care, carer: carer, where: SECRETVILLAGE}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    invited: [{person: carer, attended: yes}, {person: sister, attended: yes}, {person: mother}]
    not_invited: [{person: father, reason: Not yet found}]
    advice: {legal: SECRETADVICE}
    outcomes: [{child: rowan, primary: adoption, summary: A new family., recommendations: Look for one.}]
    actions: [{id: a1, what: Write, owner: carer, due_on: 4 September 2026}]
reports:
  - child: rowan
    family_views: [{person: mother, placement: No}]
    parenting_capacity: [{person: mother, assessment: Warm}]
adm_decisions:
  - child: rowan
    decision: should_be_placed
    decided_on: 2 November 2026
    parents_notified: [{person: mother, told_by: carer}]
court:
  name: Family Court at Hartsmere
  directions:
    - ordered_on: 12 June 2026
      what: File the papers
      papers: [ppm-agenda, ppm-minutes, ppm-summary, letter-decision, letter-meeting-outcome]
"""


def test_planted_secrets_are_in_no_paper_that_leaves_the_agency(plan: Planner) -> None:
    papers = {**plan(FAMILY), **plan(FAMILY, for_bundle=True)}
    kept = [paper for paper in papers.values() if leaves_the_agency(paper)]
    assert {paper.code for paper in kept} == {
        "agency-decision-form",
        "child-permanence-report",
        "letter-decision",
        "letter-meeting-outcome",
        "permanence-plan",
        "ppm-agenda",
        "ppm-agenda-guest",
        "ppm-minutes",
        "ppm-summary",
    }
    found = [
        f"{paper.name}: {word}"
        for paper in kept
        for word in words_of(paper).upper().replace(",", " ").split()
        if word.startswith("SECRET") and not (paper.audience == "parent" and word == "SECRETFLAT")
    ]
    assert not found


def test_the_court_copy_of_a_parents_letter_holds_their_confidential_address_nowhere(plan: Planner) -> None:
    papers = plan(FAMILY, for_bundle=True).values()
    copies = [paper for paper in papers if paper.reader == "mother"]
    assert {paper.code for paper in copies} == {"letter-decision", "letter-meeting-outcome"}
    assert not [paper.name for paper in copies if "secretflat" in words_of(paper)]


def test_a_confidential_address_is_in_that_parents_own_letter_alone(plan: Planner) -> None:
    papers = plan(FAMILY)
    assert {
        name for name, paper in papers.items() if paper.audience == "parent" and "secretflat" in words_of(paper)
    } == {
        "letter-decision-rowan-mother",
        "letter-meeting-outcome-ppm-1-mother",
        "ppm-summary-ppm-1-rowan-mother",
    }
    assert not [
        paper.name
        for paper in papers.values()
        if paper.audience == "parent" and paper.reader != "father" and "fatherhouse" in words_of(paper)
    ]


def test_an_address_that_is_not_confidential_is_in_the_fathers_letter(plan: Planner) -> None:
    assert "fatherhouse" in words_of(plan(FAMILY)["letter-decision-rowan-father"])


NOT_SEARCHED = {
    "words that many people share": {
        *("Identity.nationality", "Identity.ethnicity", "Identity.culture", "Identity.languages", "Identity.religion"),
        *("Identity.immigration_status", "Identity.ceremonies", "Person.place_of_birth", "Letters.language"),
        *("Letters.greeting", "Letters.interpreter", "Letters.advocate", "Letters.delivered_by", "LifeEvent.when"),
        *("Solicitor.name", "Solicitor.firm", "Solicitor.email", "SharedCare.order", "SharedCare.court"),
        *(
            "ParentNotified.translated_by",
            "ParentNotified.translation",
            "ParentTold.translated_by",
            "ParentTold.translation",
        ),
        *("FatherNotification.decided_by", "Enquiry.what"),
    },
    "days on which many things happen": {
        *("Address.known_on", "Enquiry.on", "Person.died_on", "HealthSummary.dated", "SharedCare.made_on"),
        *("FatherNotification.decided_on", "FatherNotification.legal_advice_on", "ParentComment.read_on"),
        *("ParentComment.signed_on", "ParentTold.views_before_on", "Solicitor.instructed_on"),
    },
    "ids, and files that no paper names": {
        *("Advice.legal_by", "FamilyView.person", "HealthSummary.written_by", "ParentComment.person"),
        *("ParentingCapacity.person", "Placement.carer", "Child.photograph"),
    },
    "how things are kept back": {
        *("Cleared.allows", "Cleared.by", "Cleared.on", "Cleared.papers", "Cleared.reader", "Cleared.reason"),
        *("KeptBack.what", "KeptBack.from_readers"),
    },
    "known from before care, or as a town that the family lives in": {
        *("Address.lines", "Child.local_authority_area", "Placement.where", "Setting.name", "Setting.address"),
    },
    "what is one's own": {"Person.private_telephone", "Letters.prison_number"},
    "remarks of a word or two": {
        *("FamilyHistory.education", "FamilyHistory.employment", "FamilyHistory.past_relationships"),
        *("FamilyView.family_time", "FamilyView.placement", "FamilyView.upbringing", "LifeEvent.what"),
        *("ParentComment.comments", "ParentNotified.how_views_counted", "SiblingLife.living_with"),
    },
}
"""Facts that are kept from some readers and cannot be told from ordinary words, with the reason; no other may be."""
KEPT = {getattr(Disclosure, kind) for kind in ("CARER", "PRIVATE", "ADVICE", "HEALTH", "SIBLING", "PERSON")}


def test_whatever_is_hidden_and_can_be_recognised_is_searched_for(samples: dict[str, LoadedCase]) -> None:
    excused = set().union(*NOT_SEARCHED.values())
    missed: set[str] = set()
    hunted: set[str] = set()
    for loaded in samples.values():
        case = loaded.case
        parents = [person.id for child in case.children for person in case.parents_of(child.id)]
        for lens in (Lens(Audience.COURT), Lens(Audience.MATCHING), *(Lens(Audience.PARENT, one) for one in parents)):
            search = Search(list_protected(case, lens))
            for held in list_facts(case):
                words = format_date(held.value) if isinstance(held.value, dt.date) else held.value
                is_text = isinstance(words, str) and not isinstance(words, StrEnum)
                # A short remark is nobody's own words: only whole sentences of some length are known again.
                is_remark = is_text and 3 < len(words.split()) < 8
                if is_text and not is_remark and KEPT & {*held.hidden_from(lens)}:
                    found = search.look([TextRun((("text", f"Now: {words}."),))])
                    (hunted if found else missed).add(held.key)
    assert sorted(missed - excused) == []
    assert {"Advice.legal", "HealthSummary.now", "Letters.prison_number", "Person.born_on"} <= hunted
