# The whole work with this project: `make demo`, `make test`, `make lint`, `make soak`.
# Every target sets up what it needs in .venv; python3.11 and make are all it asks for.

# The distribution's Python, where it can make a .venv, is optimised more than one compiled by hand
# mostly is: the tests took it a fifth less time.
PYTHON ?= $(shell /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null \
	&& echo /usr/bin/python3.11 || echo python3.11)
PORT ?= 8000
BIN := .venv/bin
export DJANGO_SETTINGS_MODULE := memorial.settings
# Where it is set, every process would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint soak messages requirements

demo: .venv/production
	$(BIN)/python manage.py demo --port $(PORT)

test: .venv/development
	$(BIN)/python -m tests

lint: .venv/development
	$(BIN)/python -m tests.lint

soak: .venv/development
	$(BIN)/python -m tests --soak

# Collect the messages of the three languages anew and compile them (needs gettext).
messages: .venv/development
	$(BIN)/python manage.py makemessages --all --no-location --no-obsolete \
		--ignore '.venv/*' --ignore 'tests/*' --ignore 'var/*'
	$(BIN)/python manage.py compilemessages --ignore '.venv/*'

# Lock the requirements anew after a change of requirements/*.in.
requirements: .venv/development
	$(BIN)/python -m pip install --quiet pip-tools
	for name in base production development; do \
		$(BIN)/pip-compile --quiet --generate-hashes --no-header \
			--no-emit-index-url --no-emit-trusted-host \
			--output-file requirements/$$name.txt requirements/$$name.in; \
	done

.venv/bin/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/production: requirements/production.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# Compiled when it is first used: most of it never is, and to compile it all takes half the time.
.venv/development: requirements/development.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check \
		--require-hashes -r $<
	touch $@ .venv/production
