"""How Sphinx makes the site: `make docs`."""

project = "permanence"
author = "The makers of permanence"
extensions = ["myst_parser"]
exclude_patterns = ["conf.py"]
nitpicky = True
myst_heading_anchors = 4
html_theme = "furo"
html_title = "permanence"
html_copy_source = False
html_show_copyright = False
