# The commands of this project. A newcomer needs two: `make demo` and `make test`.
# Each installs the system libraries that are missing (Debian 12 with Swift).

SWIFT ?= swift
# Real complaints, where they lie beside the project; else the sample that the project invented.
REAL := $(wildcard ../shared/data/cfpb-complaints.csv.gz)
DEMO_FOLDER ?= demo-data
DEMO_FLAGS ?=

.PHONY: demo test walk bench cost lint format libraries release clean campaign planted fuzz fuzz-api

## Nine real nodes on loopback lose their lines and power, come back and agree.
demo: release
ifneq ($(REAL),)
	@mkdir -p .build && gzip -dc $(REAL) > .build/complaints.csv
	.build/release/syncnode demo --folder $(DEMO_FOLDER) --source .build/complaints.csv --mapping samples/cfpb-mapping.json $(DEMO_FLAGS)
else
	.build/release/syncnode demo --folder $(DEMO_FOLDER) $(DEMO_FLAGS)
endif

## The whole test suite, with the style checks.
test: libraries lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

## The figures of README, as ratios to raw SQLite in the same run.
bench: libraries
	$(SWIFT) build -c release --product Benchmarks --product syncnode
	.build/release/Benchmarks

## Instructions of one registration, one received act and one board row: what a change costs, whatever else the machine
## does. COST_FLAGS=--json for a program. Installs valgrind where it is missing.
COST_FLAGS ?=
cost: libraries
	@scripts/install-system-libraries valgrind
	$(SWIFT) build -c release --product Benchmarks
	@scripts/cost $(COST_FLAGS)

## Thousands of seeds of the simulator; FIRST=1 and SEEDS=5000 by default. A seed that fails repeats itself.
FIRST ?= 1
SEEDS ?= 5000
campaign: libraries
	$(SWIFT) build -c release --product Campaign
	.build/release/Campaign $(FIRST) $(SEEDS)

## Nine real nodes, one of them a liar, ACTS=10000 complaints with known words: head office's files and lines hold none.
ACTS ?= 10000
planted: libraries
	$(SWIFT) build --build-tests
	SYNCNODE_PLANTED_ACTS=$(ACTS) $(SWIFT) test --skip-build --filter PlantedWords

## Random posts at random tiers on replicas that are cut and joined: STEPS=100000 acts from SEED=0. Every guard has to be
## met in both directions.
STEPS ?= 100000
SEED ?= 0
walk: libraries
	$(SWIFT) build --build-tests
	WALK_STEPS=$(STEPS) WALK_SEED=$(SEED) $(SWIFT) test --skip-build --filter RandomWorkflowTests

## Hostile bytes for every decoder (libFuzzer), SECONDS=60 for each target; TARGETS="frame csv" chooses some.
SECONDS ?= 60
TARGETS ?=
fuzz: libraries
	scripts/fuzz $(SECONDS) $(TARGETS)

## A fuzzing client against a real node: every answer is what openapi.json says. Installs Schemathesis where it is missing.
fuzz-api: libraries
	$(SWIFT) build --product syncnode
	scripts/fuzz-api

lint: libraries
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Fuzz
	if command -v python3 >/dev/null; then python3 samples/generate.py --check; fi

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Fuzz

release: libraries
	$(SWIFT) build -c release --product syncnode

libraries:
	@scripts/install-system-libraries

clean:
	rm -rf .build demo-data
