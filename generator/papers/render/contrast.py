"""How well words stand out from what is behind them."""

from __future__ import annotations


def contrast_of(words: str, ground: str) -> float:
    """The contrast of two colours RRGGBB, from 1 (none) to 21 (black on white), as WCAG 2.2 reckons it."""
    light, dark = sorted((_luminance(words), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
