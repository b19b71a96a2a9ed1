"""Take out of a JPEG what the camera wrote into it: place, time, owner. The picture itself is not touched."""

from __future__ import annotations

_DROPPED = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (Exif, XMP), APP13 (captions) and comments. Colour (APP2, APP14) stays, or the picture would look different."""
_START_OF_SCAN = 0xDA


def remove_camera_data(jpeg: bytes) -> bytes:
    """The same picture without notes. Bytes that are no well-formed JPEG come back as they are."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        mark = jpeg[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == _START_OF_SCAN:
            return b"".join([*kept, jpeg[at:]])
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if mark not in _DROPPED:
            kept.append(jpeg[at : at + size])
        at += size
    return jpeg
