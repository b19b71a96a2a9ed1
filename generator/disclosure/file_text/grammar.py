"""Words of which programs make the names of styles: a carer called Mark is not in every file."""

from __future__ import annotations

_STYLES = """
accent acronym address annotation balloon bibliography bit block body book bullet caption change char character
citation classic closing code colorful columns comment contemporary continue dark date default definition definitions
directory document draft e elegant emphasis endnote envelope exception facts figures first fixed followed font footer
footnote gap grid hanging hash head header heading headings html hyperlink indent index intense keyboard label latent
letterhead light line link list macro map mark medium mention message no normal note number of outline page paragraph
placeholder plain preformatted professional quote reference return salutation sample semi semicondensed shading
signature simple smart source space spacing straight strong style subject subtitle subtle table template text theme
title toa toc top typewriter unresolved variable web
"""
STYLE_WORDS = frozenset(_STYLES.split())
"""Words in the names of styles that Word, LibreOffice and our templates have: Draft Mark, Intense Quote."""
