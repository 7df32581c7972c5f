# Everything is set up in .venv; Python 3.11 or newer and make are all that is needed. Another Python: make PYTHON=...
BIN := .venv/bin
# Node.js comes with the environment, from PyPI; it checks the page's script and is not needed to use geomap.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm

.DEFAULT_GOAL := map
.PHONY: map test check notebooks docs wheel clean

map: .venv/installed  ## Draw the reports of seeds/ as map.html.
	$(BIN)/geomap map seeds/ -o map.html

test: .venv/installed-test  ## Run every test; those in a browser need Chromium.
	$(BIN)/python -m pytest -n auto

check: .venv/installed-dev node_modules/installed  ## Lint, format and types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPM) run --silent lint
	$(NPM) run --silent check-format

notebooks: .venv/installed-dev  ## Run the notebooks.
	$(BIN)/python -m pytest --nbmake notebooks

# not --quiet: it silences what --strict counts
docs: .venv/installed-dev  ## Build the documentation as a site: build/site/index.html.
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

wheel: .venv/installed-dev  ## Build the wheel.
	rm -rf dist
	$(BIN)/python -m build --wheel

clean:  ## Remove the environment and what was built.
	rm -rf .venv node_modules build dist map.html

.venv/bin/python:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python -m venv .venv; \
		fi; \
	done; \
	echo "no Python 3.11 or newer found; name one: make PYTHON=/path/to/python" >&2; exit 1

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-test .venv/installed-dev: .venv/installed-%: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	touch $@ .venv/installed

node_modules/installed: package.json package-lock.json | .venv/installed-dev
	$(NPM) ci --silent
	touch $@
