"""The same Word file with some parts changed, every other byte of it kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def rewrite(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The Word file with these parts in the place of those of the same path, new ones at the end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, parts.get(info.filename, old.read(info)))
        for path in parts.keys() - {*old.namelist()}:
            new.writestr(zipfile.ZipInfo(path, _EARLIEST), parts[path], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def to_bytes(root: Any) -> bytes:
    """A part as Word writes it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
