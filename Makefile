# A thin wrapper: dev.py does the work, and runs without make too.
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser test-engines coverage bench dist docs fuzz mutants lint setup clean

help:
	@$(PYTHON) dev.py --help

demo test test-browser test-engines coverage bench dist docs fuzz mutants lint setup clean:
	@$(PYTHON) dev.py $@ $(ARGS)
