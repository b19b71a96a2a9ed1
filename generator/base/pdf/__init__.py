"""What all who take PDFs apart or put them together know of a page: its number, its label, what hangs on it."""

import logging

# The warnings of pypdf quote what is in a paper, and would be printed when nobody else listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False
