"""What a procedure says of one family on one day: what is kept, due, overdue, or cannot be told."""

from generator.compliance.answers import say_guest
from generator.compliance.judge import Compliance, find_gravest, judge_case, judge_child
from generator.compliance.ruling import GRAVITY, Outcome, Ruling

__all__ = ["GRAVITY", "Compliance", "Outcome", "Ruling", "find_gravest", "judge_case", "judge_child", "say_guest"]
