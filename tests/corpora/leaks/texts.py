"""Sentences of the case file that reach a paper and say what the paper's reader may not know."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shapes import ADOPTIVE, CLEFT, COUNSEL, GARETHS_STREET, MOTHERS_MOBILE, MOTHERS_STREET, STREET, WORKERS_MOBILE

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the case file, exchanged for one that leaks.

    `papers` are withheld and no others; `readers` may not read it anywhere, `path` is where it stands. `value` is what
    no message may repeat. `codes` are the papers that are made, so that tests are quick.
    """

    name: str
    says: str
    instead: str
    value: str
    papers: frozenset[str]
    readers: tuple[str, ...]
    path: str
    codes: tuple[str, ...]


_LETTERS = ("letter-meeting-outcome", "ppm-summary", "letter-decision")
_MEETING = ("ppm-agenda", "ppm-agenda-guest", "ppm-minutes", "ppm-summary", "ppm-legal-advice", "actions-sheet")
_REPORTS = ("child-permanence-report", "agency-decision-form", "iro-summary", "permanence-plan")


def _parents(child: str, *parents: str) -> frozenset[str]:
    return frozenset(
        name
        for parent in parents
        for name in (f"letter-meeting-outcome-ppm-1-{parent}", f"ppm-summary-ppm-1-{child}-{parent}")
    )


def _decision(*parents: str) -> frozenset[str]:
    return frozenset(f"letter-decision-adm-jonah-{parent}" for parent in parents)


_ALL_PARENTS = ("mother", "father-1", "father-2")
_EVERY_LETTER = frozenset(f"letter-meeting-outcome-ppm-1-{parent}" for parent in _ALL_PARENTS) | _decision(
    "mother", "father-2"
)

TEXTS: tuple[Text, ...] = (
    Text(
        "the summary for parents names the carers’ street", "should stay where she is.", "should stay in Tollgate Rd.", STREET,
        _parents("tamsin", "mother", "father-1") | {"ppm-summary-ppm-1-tamsin"},
        ("mother", "father-1", "professionals"), "meetings[0].outcomes[0].summary", _LETTERS,
    ),
    Text(
        "the summary for parents names the carers", "should stay where she is.", "should stay with the Fields.", "the Fields",
        _parents("tamsin", "mother", "father-1"),
        ("mother", "father-1"), "meetings[0].outcomes[0].summary", _LETTERS,
    ),
    Text(
        "a recommendation names the school", "Tamsin sees Jonah every month", "Tamsin sees Jonah at St Osyth Primary", "St Osyth Primary School",
        _parents("tamsin", "mother", "father-1"),
        ("mother", "father-1"), "meetings[0].outcomes[0].recommendations", _LETTERS,
    ),
    Text(
        "the reasons for letters name the adopters", "grown-ups who can look after him every day", "people like Dr and Mr Quarrie", "Quarrie",
        _decision("mother", "father-2"),
        ("mother", "father-2"), "adm_decisions[0].reasons_for_letters", _LETTERS,
    ),
    Text(
        "words to the mother say where the father lives", "We thought hard about it.", "We asked at 12 Kiln St too.", GARETHS_STREET,
        frozenset({"letter-meeting-outcome-ppm-1-mother"}),
        ("mother",), "meetings[0].parents_told[0].how_views_counted", _LETTERS,
    ),
    Text(
        "words to one father hold the mother’s telephone", "You want Tamsin to live near you.", "Ring Cat on +44 7700 900211.", MOTHERS_MOBILE,
        frozenset({"letter-meeting-outcome-ppm-1-father-1"}),
        ("father-1",), "meetings[0].parents_told[1].how_views_counted", _LETTERS,
    ),
    Text(
        "words to the mother say what the other father was treated for", "You want Jonah home. We know.",
        "He was treated for alcohol dependence at the Marlpit Clinic in the spring of 2021.", "Marlpit Clinic",
        _decision("mother"), ("mother",), "adm_decisions[0].parents_notified[0].how_views_counted", _LETTERS,
    ),
    Text(
        "family time names the nursery", "{with: mother, kind: supervised, frequency: once a week}",
        "{with: mother, kind: supervised, frequency: once a week at Ladybird Corner}", "Ladybird Corner Nursery",
        _decision("mother") | {"letter-meeting-outcome-ppm-1-mother"},
        ("mother",), "children[1].family_time[0].frequency", _LETTERS,
    ),
    Text(
        "the next steps give an adoptive name", "We ask the court for an order in November.", "He may write to Casper Winterbourne.", ADOPTIVE,
        _decision("mother", "father-2"),
        ("mother", "father-2"), "adm_decisions[0].next_steps_for_letters", _LETTERS,
    ),
    Text(
        "the summary for parents repeats a doctor", "The meeting thinks that Jonah needs a new family.", CLEFT, CLEFT,
        _parents("jonah", "mother", "father-2"),
        ("mother", "father-2"), "meetings[0].outcomes[1].summary", _LETTERS,
    ),
    Text(
        "who brings the letter is the carer", "deliver: by_hand, greeting: Cat", "deliver: by_hand, delivered_by: Zoe Field, greeting: Cat", "Zoë Field",
        _decision("mother") | {"letter-meeting-outcome-ppm-1-mother"},
        ("mother",), "people[0].letters.delivered_by", _LETTERS,
    ),
    Text(
        "a support group meets where the nursery is", "The Tuesday parents’ group", "The Tuesday parents’ group at 2 Mill Loke", "2 Mill Loke",
        _EVERY_LETTER, _ALL_PARENTS, "authority.support_groups", _LETTERS,
    ),
    Text(
        "the minutes repeat legal advice", "family_time: It goes well.", f'family_time: "{COUNSEL}"', COUNSEL,
        frozenset({"ppm-minutes-ppm-1"}), ("professionals",), "meetings[0].discussion.family_time", _MEETING,
    ),
    Text(
        "an action holds a worker’s private telephone", "Two of three visits made", "Ring 07700-900-271", WORKERS_MOBILE,
        frozenset({"ppm-minutes-ppm-1", "actions-sheet-ppm-1"}), ("professionals",), "meetings[0].actions[0].progress", _MEETING,
    ),
    Text(
        "a reason for not inviting holds a private telephone", "He gave his views to the social worker", "Cat asked on 07700 900211", MOTHERS_MOBILE,
        frozenset({"ppm-minutes-ppm-1", "ppm-agenda-ppm-1"}), ("professionals",), "meetings[0].not_invited[0].reason", _MEETING,
    ),
    Text(
        "adoption advice gives an adoptive name", "adoption: A family is likely to be found.", "adoption: As for Casper Winterbourne.", ADOPTIVE,
        frozenset({"ppm-minutes-ppm-1"}), ("professionals",), "meetings[0].advice.adoption", _MEETING,
    ),
    Text(
        "the carer’s view says where she lives", "He sings in the bath.", "He sings at Heronsgate.", "Heronsgate",
        frozenset({"child-permanence-report-jonah"}), ("court",), "reports[0].carer_view", _REPORTS,
    ),
    Text(
        "the decision says where the mother lives", "own_reasons: He needs parents for life.", "own_reasons: I thought of 41 Sailmaker St.", MOTHERS_STREET,
        frozenset({"agency-decision-form-adm-jonah"}), ("court",), "adm_decisions[0].own_reasons", _REPORTS,
    ),
    Text(
        "a plan names the carers, which professionals may read", "Tamsin wants to see Jonah.}]", "Tamsin asked Mrs Field for Jonah.}]", "Mrs Field",
        frozenset(), (), "children[0].wishes[0].what", ("permanence-plan",),
    ),
    Text(
        "a mother’s own letter says where she lives", "You want Jonah home. We know.", "We came to 41 Sailmaker Street.", MOTHERS_STREET,
        frozenset(), (), "adm_decisions[0].parents_notified[0].how_views_counted", ("letter-decision",),
    ),
    Text(
        "an officer’s paper names the carers, which the agency may read", "They would miss him.", "Jilly Hart would miss him.", "Jilly Hart",
        frozenset(), (), "iro_views[0].carers_views", ("iro-summary",),
    ),
)  # fmt: skip

FILED: tuple[Text, ...] = (
    Text(
        "the title of evidence names the carers’ street", "title: Parenting assessment,", "title: Assessment at Tollgate Road,", STREET,
        frozenset(), ("court",), "evidence[0].title", (),
    ),
    Text(
        "minutes that are filed name the carers", "family_time: It goes well.", "family_time: It goes well at Mrs Field’s.", "Mrs Field",
        frozenset(), ("court",), "meetings[0].discussion.family_time", (),
    ),
)  # fmt: skip
"""What the build may print and the bundle may not."""


def write_case(folder: Path, changes: Iterable[tuple[str, str]] = (), more: str = "") -> Path:
    """A copy of the family with sentences exchanged and more at its end."""
    text = (_HERE / "case.yaml").read_text(encoding="utf-8")
    for says, instead in changes:
        if text.count(says) != 1:
            raise ValueError(f"The case file says this {text.count(says)} times: {says}")
        text = text.replace(says, instead)
    shutil.copytree(_HERE / "evidence", folder / "evidence")
    (folder / "case.yaml").write_text(text + more, encoding="utf-8")
    return folder
