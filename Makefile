# Atrium's commands. All that a machine needs beforehand is Python 3 and make.
#
#   make run             everything on this machine: http://127.0.0.1:8000/  (PORT=, DATA= can be set)
#   make test            all tests that need no AWS account
#   make check           lint, types, template and tests, as CI runs them
#   make code LOGIN=x    the second factor of one of the example people, at this moment
#   make deploy STAGE=x  the same template on the AWS account whose credentials are in the environment
#
# Of the copy that runs on DATA, or with STAGE=x of that stage on AWS:
#   make verify-audit [RECORDS=n]                  every chain of the audit, and n of its records drawn by lot
#   make recompute-statistics [FROM=m] [TO=m]      figures counted anew from the records, months as YYYY-MM
#   make prove-budgets                             every budget's figures against what documents hold and what moved
#   make prove-advances                            every advance's figures against what moved, and what departments owe

PORT ?= 8000
DATA ?= .atrium
TESTS ?= tests
STAGE ?=
RECORDS ?=
FROM ?=
TO ?=

UV := .tools/bin/uv
PYTHON := .venv/bin/python
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard chalicelib/web/locale/*/LC_MESSAGES/messages.po))
export UV_PYTHON_PREFERENCE ?= system
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := run
.PHONY: code run test lint format types check-template check figures messages lock deploy package env clean \
  verify-audit recompute-statistics prove-budgets prove-advances

run: env
	@PORT=$(PORT) DATA=$(DATA) $(PYTHON) -m infra.local

test: env
	@$(PYTHON) -m pytest -n 4 $(TESTS)

lint: env
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@found=$$($(PYTHON) -m pytest --collect-only -q $(TESTS)) || { echo "$$found"; exit 1; }

format: env
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

types: env
	@.venv/bin/mypy

check-template: env .venv-checks/.ready
	@$(PYTHON) -m infra.check_template

check: lint types check-template test

code: env
	@DATA=$(DATA) $(PYTHON) -m infra.second_factor "$(LOGIN)"

figures: env
	@$(PYTHON) -m tests.bench

package: env
	@$(PYTHON) -m infra.package .build/package

deploy: env
	@test -n "$(STAGE)" || { echo "Which stage? make deploy STAGE=name"; exit 2; }
	@$(PYTHON) -m infra.deploy $(STAGE)

INSTALLED = STAGE=$(STAGE) DATA=$(DATA) $(PYTHON) -m infra.installed

verify-audit: env
	@$(INSTALLED) infra.verify_audit $(RECORDS)

recompute-statistics: env
	@$(INSTALLED) infra.recompute_statistics "$(FROM)" "$(TO)"

prove-budgets: env
	@$(INSTALLED) infra.prove_budgets

prove-advances: env
	@$(INSTALLED) infra.prove_advances

# ---------------------------------------------------------------- texts
messages: env
	@mkdir -p .build
	@PYTHONPATH=. .venv/bin/pybabel --quiet extract --mapping babel.cfg --output .build/messages.pot \
	  --sort-by-file --no-location --omit-header -k N_ .
	@for folder in chalicelib/web/locale/*; do .venv/bin/pybabel --quiet update --no-fuzzy-matching \
	  -i .build/messages.pot -o $$folder/LC_MESSAGES/messages.po -l $$(basename $$folder) --omit-header; done
	@$(MAKE) --no-print-directory env

%.mo: %.po .venv/.ready
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@

# ---------------------------------------------------------------- environments
env: .venv/.ready $(CATALOGUES)

# From another folder, because pyenv would look here for a version that the machine may not have.
$(UV): infra/tools.txt
	@echo "Setting up the package installer ..."
	@cd / && python3 -m venv --clear "$(CURDIR)/.tools"
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r infra/tools.txt
	@touch $@

.venv/.ready: $(UV) requirements-dev.txt .python-version
	@echo "Setting up Python and the libraries in .venv ..."
	@$(UV) venv --quiet --clear .venv
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements-dev.txt
	@touch $@

.venv-checks/.ready: $(UV) requirements-checks.txt .python-version
	@echo "Setting up the template scanner in .venv-checks ..."
	@$(UV) venv --quiet --clear .venv-checks
	@$(UV) pip sync --quiet --require-hashes --python .venv-checks/bin/python requirements-checks.txt
	@touch $@

# Exact versions with hashes; `make lock` after a change of a .in file.
LOCK = $(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url \
  --python-version 3.13 --python-platform x86_64-manylinux_2_28
lock: $(UV)
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt
	@$(LOCK) requirements-checks.in -o requirements-checks.txt

clean:
	@rm -rf .build .tools .venv .venv-checks .mypy_cache .ruff_cache .pytest_cache
