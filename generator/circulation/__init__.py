"""Who gets which papers of a meeting, and who still owes one: the answer behind minutes and e-mails alike."""

from generator.circulation.bars import find_letter_bar
from generator.circulation.copies import Copy, Gets, list_asked_copies, list_copies, list_readers, reads_minutes
from generator.circulation.days import find_actions_day, say_days_left
from generator.circulation.mails import Desk, Mail, Paper, Round, Unowned, Waiting, plan_mails
from generator.circulation.mentions import names_somebody, tells_address
from generator.circulation.owed import has_come
from generator.circulation.reaching import Way, find_way, read_address
from generator.circulation.wording import say_missing_addresses

__all__ = [
    "Copy",
    "Desk",
    "Gets",
    "Mail",
    "Paper",
    "Round",
    "Unowned",
    "Waiting",
    "Way",
    "find_actions_day",
    "find_letter_bar",
    "find_way",
    "has_come",
    "list_asked_copies",
    "list_copies",
    "list_readers",
    "names_somebody",
    "plan_mails",
    "read_address",
    "reads_minutes",
    "say_days_left",
    "say_missing_addresses",
    "tells_address",
]
