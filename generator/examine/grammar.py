"""Words of which file formats and programs make names: a carer called Mark or Page is not in every file."""

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
_PDF = """
abbr acro action actual after align all alpha alt alternate and angle annot annots appearance array art artifact
ascent asian attached author auto avg back background base bbox before begin bibentry bits black bleed block body
border both bottom bounds box boxes break bullet cap caption catalog cell center change char chars check checked
checksum child children cid class clip code col collection color colorants colors column columns comment components
content contents controller count creation creator crop cross dash data date day decode default desc descendant
descent description descriptor dest dests device devicen diff differences dimension direction disc display doc
document elem element embed embedded encoding encrypt encryption end endindent ending even event export ext extends
fallback false family field fields figure file files filter first fit fixed flag flags flate font fonts for form
format formula frame full function gamma general gray group hard head header headers height hex hide hint icc icon
identity image images inch include increment indent index indexed info ink inline instance intent inter into invoke
italic item items java javascript justify key keys keywords kids label labels lang language last launch layer layers
layout left length letter level lib limits line linear link list lock mac map mark marked mask matrix max media member
menu meta metadata min mixed mod mode modified modify movie multi name named names need needs new next none nonstruct
normal note notes null num number numbering numbers nums obj object objr odd off one open opt optional options order
ordered out outline outlines overlay owner pad page pages paint panel par paragraph parent parents part pattern pdf
per permanent perms piece place placement point pop popup position pre predictor preferences prev print private proc
producer properties property quad quads quote radio range rate read real rect ref reference refs registry rel
rendering required reset resources reverse rgb rich right role roles root rotate row rows ruby same scale sci scope
screen script sect security select separation set shading sheet show side sig signature simple single size solid sound
source space span spans stamp standard start state std stem stop str string struct style styles sub subject submit
subtitle subtype suspect suspects tab table tabs tag tagged tags target text textfield thread thumb tile tiling title
toc toci tool tooltip top trailer trans transition transparency trapped tree trim true type underline unicode uniform
unix upper uri url use user value values variant vector version vert vertical view viewer viewport visibility warichu
web widget width widths win window with word words work xfa xml xobject xref xstep xyz year ystep zone zoom
"""

STYLE_WORDS = frozenset(_STYLES.split())
"""Words in the names of styles that Word, LibreOffice and our templates have: Draft Mark, Intense Quote."""
PDF_WORDS = frozenset(_PDF.split()) | STYLE_WORDS
"""Words in the names of the format itself, such as MarkInfo and PageLabels, and of styles in tagged files."""
