# make demo [ONCE=1]          set everything up and run the weekly job on the shipped school
# make test [ARGS="-k word"]  set everything up and run all tests
# make lint                   style and types
# make bench NAME=week [ARGS="--quick --json FILE"]
# make screens               the pictures of README and docs, taken from the demo
# make clean                  remove what these made; key ring and ledger (.lichtbrief) stay

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench screens clean

# One stamp per set of extras: a change of pyproject.toml installs again.
$(VENV)/.has-%: pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "error: no virtual environment could be made" >&2; \
		echo "hint: as root: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing lichtbrief[$*] into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	@touch $@

demo: $(VENV)/.has-demo
	@$(BIN)/lichtbrief demo $(if $(ONCE),--once) $(if $(WORK),--work "$(WORK)")

test: $(VENV)/.has-test
	@$(BIN)/python tests/browser.py >/dev/null
	@$(BIN)/python tests/exiftool.py >/dev/null
	@$(BIN)/python tests/ffmpeg.py >/dev/null
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.has-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# A browser reads the letters of one of them, another looks for faces, and one needs a solver.
bench: $(VENV)/.has-$(if $(filter reader faces talks,$(NAME)),test,demo)
	@test -n "$(NAME)" || { echo "error: which one? make bench NAME=week" >&2; exit 2; }
	@$(BIN)/python -m bench.$(NAME) $(ARGS)

screens: $(VENV)/.has-test
	@$(BIN)/python tests/browser.py >/dev/null
	@rm -rf .demo/screens
	@$(BIN)/python -m bench.screens .demo/screens

clean:
	rm -rf $(VENV) .demo .bench output preview .pytest_cache .mypy_cache .ruff_cache
