# Two commands for users: `make run`, `make test`. The others are their parts.
.PHONY: run test build bundles lint unit python e2e bench shots clean-demo

ARGS ?=

# Build everything, run the bundled grid, serve the page (ARGS=--exit ends after the grid).
run:
	@scripts/run $(ARGS)

# All tests; reports skipped parts with their reason.
test:
	@scripts/test

# The self-contained binary, target/release/pyr.
build:
	@scripts/build

# Parts of `make test`, for work on one thing.
lint unit python e2e:
	@scripts/test $@

# The JavaScript bundles of the editor and the charts.
bundles:
	@scripts/bundles

# Sizes, start-up, memory, cost of track(); ARGS="--peer PYTHON" compares.
bench: build
	@python3 bench/measure.py $(ARGS)

# Screenshots of every page into end2end/shots/.
shots: build
	@scripts/shots
