"""Whether a build would change anything: what the last one was made from, and made, is held against what is there.

Nothing that takes long is imported here: the answer costs less than starting the rest of the product would.
"""

from generator.unchanged.ingredients import (
    Asked,
    digest_ingredients,
    digest_names,
    digest_of,
    identify_product,
    say_state,
)
from generator.unchanged.lastbuild import LAST_BUILD, LastBuild, PaperLine, recall_build

__all__ = [
    "LAST_BUILD",
    "Asked",
    "LastBuild",
    "PaperLine",
    "digest_ingredients",
    "digest_names",
    "digest_of",
    "identify_product",
    "recall_build",
    "say_state",
]
