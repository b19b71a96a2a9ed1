"""Tools without knowledge of the domain: dates, errors, YAML, fonts, Word and PDF files, child processes, digests."""
