"""What a procedure says of one family on one day: what is kept, due, overdue, or cannot be told."""

from generator.compliance.guests import Seat, list_guests, may_come, say_guests, seat_guest
from generator.compliance.judge import Compliance, find_gravest, judge_case, judge_child
from generator.compliance.ruling import GRAVITY, Outcome, Ruling

__all__ = [
    "GRAVITY",
    "Compliance",
    "Outcome",
    "Ruling",
    "Seat",
    "find_gravest",
    "judge_case",
    "judge_child",
    "list_guests",
    "may_come",
    "say_guests",
    "seat_guest",
]
