"""Save a Word document so that the same content always gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from docx.document import Document as WordDocument

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_FIRST_PART = "[Content_Types].xml"


def save_fixed(document: WordDocument, path: Path) -> None:
    """Write `document` to `path` with fixed properties, sorted parts and the zip format's earliest date."""
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime(2026, 1, 1)
    properties.last_modified_by = ""
    properties.revision = 1
    loose = io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(parts.namelist(), key=lambda part: (part != _FIRST_PART, part)):
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            fixed.writestr(entry, parts.read(name))
