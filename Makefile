# make run     start the product (first time: also sets it up)
# make setup   only set it up
# make test    every test at its short size, on both databases and in the browser
# make check   style, architecture, types, migrations
# make trust   the trust tests at full size
# make bench   speed, measured

PYTHON ?= python3
PIP = .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -q
TEST_SETTINGS = DJANGO_SETTINGS_MODULE=config.settings_test
MESSAGES = $(wildcard locale/*/LC_MESSAGES/django.po)

.PHONY: run setup installed setup-dev test check trust bench

run: setup
	.venv/bin/python manage.py serve

setup: installed $(MESSAGES:.po=.mo)

# A lock is installed when it differs from the copy kept in .venv of the one installed last.
installed: .venv/bin/python
	@cmp -s requirements.txt .venv/installed.txt || \
	  { echo "Installing what the product needs …"; $(PIP) -r requirements.txt && cp requirements.txt .venv/installed.txt; }

setup-dev: setup
	@cmp -s requirements-dev.txt .venv/installed-dev.txt || \
	  { echo "Installing what its tests need …"; $(PIP) -r requirements-dev.txt && cp requirements-dev.txt .venv/installed-dev.txt; }

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

%.mo: %.po | installed
	.venv/bin/pybabel -q compile -i $< -o $@

test: setup-dev
	@tests/ensure_chromium
	.venv/bin/python tests/run_suite

check: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	$(TEST_SETTINGS) .venv/bin/python manage.py check --fail-level WARNING
	$(TEST_SETTINGS) .venv/bin/python manage.py makemigrations --check --dry-run

trust: setup-dev
	@tests/ensure_chromium
	.venv/bin/python tests/run_suite --full

bench: setup-dev
	.venv/bin/python manage.py bench
