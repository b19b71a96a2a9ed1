"""The tracker: the lists on which the Hertfordshire procedure has its managers look for drift."""

from __future__ import annotations

from generator.reports.tracker.cells import Cell, CellState, SheetColumn, StateOnDay
from generator.reports.tracker.rule_columns import make_rule_columns, name_rules
from generator.reports.tracker.subject import ABOUT, WHO, TrackedChild
from generator.rules.procedures.model import Procedure

TITLE = "Tracker"
PROCEDURE = "hertfordshire-2024"
"""Whose tracker it is."""

LISTS = name_rules(
    PROCEDURE,
    ("weekly_list", "Weekly list", "weekly-tracker"),
    ("no_meeting", "Weekly list, no planning meeting", "tracked-children-without-a-meeting"),
    ("no_plan", "No plan recorded", "tracker-no-plan"),
    ("return_home", "Return home planned for 6 months", "tracker-return-home-six-months"),
    ("placement_order", "Placement order for 12 months", "tracker-placement-order-twelve-months"),
    ("no_adoptive_placement", "Adoption plan, never placed", "tracker-adoption-plan-no-placement"),
    ("plan_other", "Plan is “other”", "tracker-plan-other"),
    ("other_home", "Adoption plan, home not adoptive", "tracker-adoption-plan-other-home"),
    ("long_term_fostering", "Long-term fostering for 12 months", "tracker-long-term-fostering-twelve-months"),
    ("residential", "Residential plan", "tracker-residential-plan"),
    ("many_moves", "Three moves before 12", "many-moves-watched"),
)
"""Lists that a child is on or not."""

STEPS = name_rules(
    PROCEDURE,
    ("adoption_tracker", "Entry on adoption tracker", "adoption-tracker-entry"),
    ("booked_before_review", "Meeting before first adoption review", "meeting-booked-before-adoption-review"),
    ("coordinator_told", "Outcome told to matching co-ordinator", "meeting-outcome-to-coordinator"),
    ("family_finder", "Family finder allocated", "family-finder-after-decision"),
)
"""What the tracker of children with an adoption plan asks for."""

_MEETING = "permanence_planning_meeting"


def _count_lists(one: TrackedChild) -> Cell:
    cells = (one.listing(each.rule) for each in LISTS if each.id not in ("weekly_list", "no_meeting"))
    return sum(isinstance(cell, StateOnDay) and cell.state is CellState.LISTED for cell in cells)


_ACROSS = (
    SheetColumn(
        "looked_after",
        "Looked after",
        "Whether the child is looked after on the day of the workbook.",
        "children.looked_after_from, orders, placements",
        lambda one: one.fact("looked_after"),
    ),
    SheetColumn(
        "looked_after_from",
        "In care since",
        "The day on which the child became looked after.",
        "children.looked_after_from",
        lambda one: one.child.looked_after_from,
    ),
    SheetColumn(
        "months_in_care",
        "Months in care",
        "Whole months from that day to the day of the workbook. It counts on where care has ended.",
        "children.looked_after_from",
        lambda one: one.fact("months_in_care"),
    ),
    SheetColumn(
        "home",
        "Home",
        "What kind of home the child lives in. Nobody who lives there is named.",
        "placements.type",
        lambda one: one.fact("placement_type"),
        24,
    ),
    SheetColumn(
        "homes_in_care",
        "Homes in care",
        "How many homes the child has had since becoming looked after, the first one counted.",
        "placements",
        lambda one: one.fact("homes_in_care"),
    ),
    SheetColumn(
        "meetings_held",
        "Planning meetings held",
        "Permanence planning meetings up to and on the day of the workbook.",
        "meetings",
        lambda one: sum(day <= one.view.today for day in one.days(_MEETING)),
    ),
    SheetColumn(
        "last_meeting_on",
        "Last planning meeting",
        "The latest of these meetings.",
        "meetings.starts_at",
        lambda one: one.last(_MEETING),
    ),
    SheetColumn(
        "next_meeting_on",
        "Next planning meeting",
        "The first meeting after that day that stands in the file.",
        "meetings.starts_at",
        lambda one: one.next(_MEETING),
    ),
    SheetColumn(
        "next_review_on",
        "Next review",
        "The first review after that day that is booked.",
        "reviews.booked_for",
        lambda one: one.next("review"),
    ),
    SheetColumn(
        "lists",
        "On how many lists",
        "How many of the lists on this line hold the child, the two weekly ones left out.",
        "",
        _count_lists,
    ),
)


def make_tracker_columns(procedure: Procedure) -> tuple[SheetColumn, ...]:
    """The columns of the tracker: who, time in care, meetings, each list, and what the adoption tracker asks."""
    return (
        *WHO,
        *ABOUT,
        *_ACROSS,
        *make_rule_columns(LISTS, procedure, lambda rule: lambda one: one.listing(rule)),
        *make_rule_columns(STEPS, procedure, lambda rule: lambda one: one.step(rule)),
    )
