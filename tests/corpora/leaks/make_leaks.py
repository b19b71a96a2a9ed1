"""Make one small file for each way in which a finished file can tell what its reader may not know, and look-alikes.

make_leaks.py FOLDER    writes them all and prints a line about each

The family is the one in case.yaml beside this script. `LEAKS` are files that must be found, `CLEAN` files that must
not, and `TEXTS` are sentences of the case file that would reach a paper.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import in_mail
import in_pdfs
import in_sheets
import in_word
import lookalikes
import spellings
from shapes import Clean, Leak
from texts import FILED, TEXTS, Text, write_case

__all__ = ["CLEAN", "FILED", "LEAKS", "TEXTS", "Clean", "Leak", "Text", "make_all", "write_case"]

LEAKS: tuple[Leak, ...] = (*in_word.LEAKS, *in_pdfs.LEAKS, *in_mail.LEAKS, *in_sheets.LEAKS, *spellings.LEAKS)
CLEAN: tuple[Clean, ...] = lookalikes.CLEAN


def make_all(folder: Path) -> None:
    """Every file, in folders `leaks` and `clean`."""
    for name, files in (("leaks", LEAKS), ("clean", CLEAN)):
        for one in files:
            one.write(folder / name)


def main() -> None:
    """Write everything and say what it is."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make_all(Path(sys.argv[1]))
    for leak in LEAKS:
        print(f"leaks/{leak.name}: {leak.about}. For {leak.reader}: {leak.kind}")
    for clean in CLEAN:
        print(f"clean/{clean.name}: {clean.about}. For {clean.reader}")


if __name__ == "__main__":
    main()
