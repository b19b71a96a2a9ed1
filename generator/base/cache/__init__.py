"""Whether a build would change anything: what the last one was made from, and made, is held against what is there.

Nothing that takes long is imported here: the answer costs less than starting the rest of the product would.
"""
