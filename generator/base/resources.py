"""Where the templates and data that come with the product are, in a checkout and in an installed wheel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "shipped_files"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

PROGRAM = _PACKAGE
"""The code of the product."""
TEMPLATES = _ROOT / "templates"
"""Word templates with their cards, and the house style."""
BUNDLE_LAYOUTS = _ROOT / "data" / "bundles"
"""Layouts of court bundles."""
USUAL_LAYOUT = BUNDLE_LAYOUTS / "children-proceedings.yaml"
"""The layout of a bundle where no other is named."""
PROCEDURES = _ROOT / "data" / "procedures"
"""Procedures: the law and five authorities."""
SOURCES = _ROOT / "data" / "sources.yaml"
"""Every source that rules, cards and the case file cite."""
CONFLICTS = _ROOT / "data" / "conflicts.yaml"
"""On which topics procedures differ."""
PLAIN_WORDS = _ROOT / "data" / "plain-words.yaml"
"""Plain words for what professionals write, for letters to parents."""
EXPLANATIONS = _ROOT / "data" / "explanations.yaml"
"""What the code of each message means."""
CHANNELS = _ROOT / "data" / "filing" / "channels.yaml"
"""Where a bundle is filed, and how large a file may be there."""
SAMPLES = _ROOT / "data" / "cases"
"""Invented families; the fullest of them uses every fact that a case file may hold."""


@dataclass(frozen=True, slots=True)
class SearchPath:
    """An authority's own folders of templates and procedures, looked in before those that come with the product."""

    templates: tuple[Path, ...] = ()
    procedures: tuple[Path, ...] = ()

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Every folder of templates, in the order in which they are looked in."""
        return (*self.templates, TEMPLATES)

    @property
    def procedure_folders(self) -> tuple[Path, ...]:
        """Every folder of procedures, in the order in which they are looked in."""
        return (*self.procedures, PROCEDURES)


NO_OWN_FOLDERS = SearchPath()
"""Only what comes with the product."""
