"""Signs that word processors put in the place of those that were typed, and what a tag means by them."""

from __future__ import annotations

QUOTES = dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛´`", "'")
SPACES = {
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{FIGURE SPACE}": " ",
    "\N{ZERO WIDTH SPACE}": "",
}
AS_TYPED = str.maketrans({**QUOTES, **SPACES})
"""For `str.translate`: the inside of a tag, as it was typed."""
