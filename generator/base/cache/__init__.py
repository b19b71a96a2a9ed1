"""Whether a build would change anything: its ingredients and results are compared with those of the last one.

No slow imports here: the answer costs less than starting the rest of the product would.
"""
