# permanence: `make demo` shows what it makes, `make test` proves that it works. Both set everything up first.

PYTHON_HERE := .venv/bin/python
CASE := data/cases/rowan
# Compiled code is kept, whatever the machine prefers: tests start hundreds of programs, and each would compile its own.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo set-up test quick lint docs reference bench faults cluster accessibility templates clean

demo: set-up  ## make the papers and the court bundle of an invented child
	.venv/bin/permanence build $(CASE)
	.venv/bin/permanence bundle $(CASE)
	@echo "Look at them in output/$(notdir $(CASE))/"

set-up:  ## install what is missing: LibreOffice and fonts through apt, Python libraries in .venv
	@sh tools/set-up.sh

test: set-up  ## every test, within 5 minutes on two idle processors
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal

quick: set-up  ## what needs no LibreOffice and is not slow, within 90 seconds on two idle processors
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal -m "not libreoffice and not slow"

lint: set-up
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict generator tools tests
	.venv/bin/lint-imports

docs: set-up reference  ## make the site in build/docs: warnings are errors, and so are links that lead nowhere
	@sh tools/set-up.sh docs
	.venv/bin/sphinx-build -W --keep-going -n -b html docs build/docs
	@echo "Open build/docs/index.html"

reference: set-up  ## write the pages of docs/reference that are made from the product
	$(PYTHON_HERE) tools/write_reference.py

bench: set-up  ## compare with LibreOffice, qpdf and Python themselves, within 8 minutes; BENCH=--write renews the pages
	$(PYTHON_HERE) tests/slow/bench/bench.py $(BENCH)

faults: set-up  ## a full disk, a broken one or a power cut at every step of a build and a bundle; some minutes
	$(PYTHON_HERE) tests/slow/faults/run.py

accessibility: set-up  ## hold the PDFs of the sample case against PDF/UA-1, where veraPDF is installed
	$(PYTHON_HERE) tools/check_accessibility.py
cluster: set-up  ## build on a Dask cluster of two workers and kill one of them; a minute, and installs Dask
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[cluster]'
	$(PYTHON_HERE) tests/slow/cluster/kill_a_worker.py

templates: set-up  ## write the Word templates anew from their words
	$(PYTHON_HERE) tools/lay_out_templates.py

clean:  ## remove what tools keep for themselves; never anything under output/, where people edit
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
