# The commands of Seloste. `make help` lists them.
# For the notice in another folder: make site ROOT=../our-notice

PYTHON ?= python3
ROOT ?= .
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: site run test check check-notice serve messages schema docs lock help clean

site: .venv/.site ## Build the privacy notice into public/
	@$(BIN)/python -m generator build --root $(ROOT)

check-notice: .venv/.site ## Tell what the law asks of the notice and it does not say
	@$(BIN)/python -m generator check --root $(ROOT)

serve: .venv/.site ## Show the notice while you edit it
	@$(BIN)/python -m generator serve --root $(ROOT)

run: .venv/.app ## Try site, request form and desk on this machine; mails are shown on the console
	@SELOSTE_SITE_URL=/ SELOSTE_FORM_URL=http://127.0.0.1:$(PORT)/request/ SELOSTE_SMTP=console: \
	  $(BIN)/flask --app request_app serve --port $(PORT)
PORT ?= 8000

test: .venv/.dev ## Run the tests, on as many cores as there are, up to four
	@$(BIN)/python -m pytest -n $(TESTERS) --maxprocesses 4 --dist worksteal
# One more than there are cores: while one waits for the browser, another goes on.
TESTERS = $$(($$(nproc) + 1))

check: .venv/.dev ## Everything that is checked besides the tests: style, types, imports, the notice
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m generator check >/dev/null

messages: .venv/.dev ## Bring the translation catalogues up to date with the texts in code and templates
	@for domain in pages tools; do \
	  $(BIN)/pybabel -q extract -F translations/$$domain.cfg -k N_ --no-location --sort-output \
	    -o translations/$$domain.pot . && \
	  folder=translations/$$(test $$domain = pages || echo $$domain/); \
	  for file in $$folder*.po; do \
	    $(BIN)/pybabel -q update -N --ignore-obsolete --no-wrap --ignore-pot-creation-date \
	      -l $$(basename $$file .po) -i translations/$$domain.pot -o $$file; \
	  done; \
	done; rm translations/*.pot

docs: .venv/.site ## Write the references to the content and to the checks
	@$(BIN)/python docs/reference.py
	@$(BIN)/python docs/rules.py

schema: .venv/.site ## Write the schemas by which editors complete and check the content
	@$(BIN)/python -m generator schema

lock: ## Choose the newest versions of the libraries again (needs uv)
	@uv pip compile $(LOCK) --all-extras -o requirements/dev.txt pyproject.toml
	@uv pip compile $(LOCK) --extra app --extra postgres -c requirements/dev.txt -o requirements/app.txt pyproject.toml
	@uv pip compile $(LOCK) -c requirements/dev.txt -o requirements/site.txt pyproject.toml
LOCK := --quiet --upgrade --python-version 3.11 --universal --group build --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

clean: ## Remove everything that the commands made
	rm -rf .venv .builds public var/site var/.builds .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Seloste needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 2; }
	@echo "Setting up .venv (once; takes a minute)"
	@$(PYTHON) -m venv .venv
	@touch $@

# One rule for site, app and dev: what the lock file says and nothing else (older pips
# choose again what a library asks for with an extra), then the checkout itself.
.venv/.%: requirements/%.txt pyproject.toml .venv/.python
	@echo "Installing the libraries named in $<"
	@$(PIP) install --require-hashes --no-deps -r $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
