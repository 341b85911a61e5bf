# Two commands are enough: `make run` opens the trainer, `make test` runs every check.
# Both first prepare what the machine lacks, and take no time when it lacks nothing.

PYTHON ?= python3
export PYTHON

.PHONY: help run test format clean

help:
	@echo "make run      open the trainer (ARGS='practise --plain' for another way in)"
	@echo "make test     run every check (ARGS='tests/children -x' for some of the tests)"
	@echo "make format   put the code into its form"
	@echo "make clean    remove what these targets made; takes and models lie elsewhere and stay"

run:
	@sh scripts/prepare run
	@.venv/bin/viva $(ARGS)

test:
	@sh scripts/prepare test
	@sh scripts/check $(ARGS)

format:
	@sh scripts/prepare test
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
