# One debug build in .build serves all targets, always with the same flags: other flags would rebuild everything.
SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
RELEASE = --configuration release --scratch-path .build-release --static-swift-stdlib
# The program that writes and reads rows is a separate package: it needs neither the command nor its dependencies.
ROW_COST = --package-path Benchmarks/RowCost --configuration release --scratch-path .build-bench
PREFIX ?= /usr/local
FORMATTED = Sources Tests Benchmarks/RowCost Package.swift
# What users import: every public name has a doc comment.
PRODUCTS = Sources/Metaxy Sources/MetaxyFeatures Sources/MetaxyStore Sources/MetaxyErrors
# The targets that need neither a server nor the built command nor a compiler.
FAST = Features|Lint|TOML|JSON|Hashing|Time|TimeZones|Graph|Syntax|SQL|Revisions|Schema|Registry|Project|Runtime|Version|SQLite|Prose
LONG = ^Metaxy(Graph|Version|SQLite|TOML)Tests\.|StreamingTests|RecordedStoryTests|UpdateTests|RegistryCompilationTests
METAXY_CASES ?= ../shared/cases/schema-changes.json

.PHONY: help build demo test test-fast test-cases test-long test-interop test-matrix sanitize coverage fuzz check catalogue conversions format docs install dist deb newcomer bench clean

help: ## Lists the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
	  printf '  make %-14s%s\n' "$$name" "$$text"; done

build: ## Builds the command, .build/debug/metaxy.
	@.ci/need swift libsqlite3-dev
	$(SWIFT_BUILD) --product metaxy

demo: ## Migrates the example project into a fresh database, writes and reads rows, and finds a column that drifted.
	@.ci/need swift libsqlite3-dev sqlite3
	$(SWIFT_BUILD) --product metaxy
	$(SWIFT_BUILD) --product ExampleProgram
	@.ci/demo .build/debug/metaxy .build/debug/ExampleProgram

test: ## Runs the tests except those that need PyPI, and lists the slowest.
	@.ci/need swift libsqlite3-dev sqlite3 python3 libpq5 postgresql pgbouncer tzdata
	$(SWIFT_BUILD) --build-tests
	@.ci/in-memory .ci/time-tests --skip MetaxyInteropTests

test-fast: ## Runs the tests that need no server, no built command and no compiler.
	@.ci/need swift libsqlite3-dev python3 tzdata
	$(SWIFT_BUILD) --build-tests
	@.ci/in-memory .ci/time-tests --filter '^Metaxy($(FAST))Tests\.'

test-cases: ## Migrates databases through the schema changes of METAXY_CASES, a file that is not in this repository.
	@[ -f "$(METAXY_CASES)" ] || { echo "error: there is no file of cases at \`$(METAXY_CASES)\`" >&2; \
	  echo "hint: it is a JSON list of schema changes, collected from the tests of other tools and no part of this" \
	    "repository; name it with METAXY_CASES=FILE" >&2; exit 1; }
	@.ci/need swift libsqlite3-dev python3 libpq5 postgresql
	$(SWIFT_BUILD) --product metaxy
	.ci/in-memory python3 Tests/Cases/run_cases.py "$(METAXY_CASES)"

test-long: ## Runs the tests that can be of any size with large sizes: properties, graphs, streams, compiled registries.
	@.ci/need swift libsqlite3-dev python3 libpq5 postgresql
	$(SWIFT_BUILD) --build-tests
	METAXY_TEST_LONG=1 .ci/in-memory .ci/time-tests --filter '$(LONG)'

test-interop: ## Runs the tests against Metaxy and SQLModel for Python, which they install from PyPI.
	@.ci/need swift libsqlite3-dev python3 python3-venv libpq5 postgresql
	$(SWIFT_BUILD) --build-tests
	swift test --skip-build --filter MetaxyInteropTests

test-matrix: ## Runs the tests of the engines on every version of SQLite and PostgreSQL that Debian and PyPI have.
	@.ci/need swift libsqlite3-dev sqlite3 python3 python3-venv libpq5 postgresql pgbouncer tzdata cc
	$(SWIFT_BUILD) --build-tests
	python3 -m venv .build-matrix/venv
	.ci/in-memory .build-matrix/venv/bin/python Tests/Matrix/run_matrix.py $(ENGINES)

sanitize: ## Runs the tests of all but the command with the address sanitizer, then with the thread sanitizer.
	@.ci/need swift libsqlite3-dev sqlite3 python3 libpq5 postgresql tzdata
	METAXY_WITHOUT_COMMAND=1 $(SWIFT_BUILD) --build-tests --sanitize address --scratch-path .build-address
	@.ci/in-memory .ci/test-library --sanitize address --scratch-path .build-address
	METAXY_WITHOUT_COMMAND=1 $(SWIFT_BUILD) --build-tests --sanitize thread --scratch-path .build-thread
	@.ci/in-memory .ci/test-library --sanitize thread --scratch-path .build-thread

coverage: ## Runs the tests of all but the command and prints how many lines of each target they execute.
	@.ci/need swift libsqlite3-dev sqlite3 python3 libpq5 postgresql tzdata
	METAXY_WITHOUT_COMMAND=1 $(SWIFT_BUILD) --build-tests --enable-code-coverage --scratch-path .build-coverage
	@.ci/in-memory .ci/test-library --enable-code-coverage --scratch-path .build-coverage
	@python3 .ci/coverage .build-coverage

fuzz: ## Runs the fuzz targets, 20,000 random texts each; FUZZ='-max_total_time=600 toml' for one of them, ten minutes.
	@.ci/need swift libsqlite3-dev
	METAXY_FUZZ=1 $(SWIFT_BUILD) --scratch-path .build-fuzz --product MetaxyFuzzing
	@.ci/fuzz $(FUZZ)

check: ## Checks format, imports, warnings, and the libraries that the command links.
	@.ci/need swift libsqlite3-dev
	@.ci/check-sources $(FORMATTED)
	swift format lint --strict --parallel --recursive $(FORMATTED)
	swift format lint --strict --parallel --recursive --configuration .swift-format-products $(PRODUCTS)
	$(SWIFT_BUILD) --build-tests
	@.ci/check-binary .build/debug/metaxy

catalogue: ## Writes the pages of error codes, of the rules of lint and of the commands, and the manual page.
	$(SWIFT_BUILD) --build-tests
	METAXY_WRITE_CATALOGUE=1 swift test --skip-build --filter 'ErrorCatalogueTests|LintRulePageTests|CommandReferenceTests'

conversions: ## Writes the tables of conversions from a run of every pair of types.
	$(SWIFT_BUILD) --build-tests
	METAXY_WRITE_CONVERSIONS=1 swift test --skip-build --filter ConversionTests

format: ## Formats the sources.
	swift format format --in-place --parallel --recursive $(FORMATTED)

docs: ## Builds the documentation of the products, .build/documentation; a warning is an error.
	@.ci/need swift libsqlite3-dev
	$(SWIFT_BUILD) --target Metaxy
	$(SWIFT_BUILD) --target MetaxyStore
	@.ci/docs .build/debug .build/documentation

install: ## Builds for release (8 to 14 minutes on two cores) and installs the command, its completions and its manual to PREFIX.
	@.ci/need swift libsqlite3-dev
	swift build $(RELEASE) --product metaxy
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 -s "$$(swift build $(RELEASE) --show-bin-path)/metaxy" $(DESTDIR)$(PREFIX)/bin/metaxy
	@.ci/install-extras $(DESTDIR)$(PREFIX)/bin/metaxy $(DESTDIR)$(PREFIX)/share

dist: ## Builds for release and packs the command as a tarball that works from any place, in .build-release/dist.
	@.ci/need swift libsqlite3-dev
	swift build $(RELEASE) --product metaxy
	@.ci/dist "$$(swift build $(RELEASE) --show-bin-path)/metaxy" .build-release/dist

deb: ## The same, and a Debian package beside it.
	@.ci/need swift libsqlite3-dev dpkg-deb
	swift build $(RELEASE) --product metaxy
	@.ci/dist "$$(swift build $(RELEASE) --show-bin-path)/metaxy" .build-release/dist deb

newcomer: ## Takes the way of a newcomer in a new clone, from the README's first command to a check, with times.
	@.ci/need swift libsqlite3-dev sqlite3 python3
	@.ci/newcomer

bench: ## Builds for release and measures every command, beside SQLAlchemy, SQLModel and Alembic; writes Benchmarks/RESULTS.md and ROWS.md.
	@.ci/need swift libsqlite3-dev python3 python3-venv libpq5 postgresql
	swift build $(RELEASE) --product metaxy
	swift build $(ROW_COST)
	@binary="$$(swift build $(RELEASE) --show-bin-path)/metaxy"; set -e; \
	python3 Benchmarks/peer_cost.py --binary "$$binary" --results Benchmarks/RESULTS.md; \
	for features in 100 1000; do \
	python3 Benchmarks/check_cost.py --binary "$$binary" --features $$features --offline; \
	for engine in sqlite postgresql; do \
	python3 Benchmarks/check_cost.py --binary "$$binary" --features $$features --engine $$engine; \
	python3 Benchmarks/check_cost.py --binary "$$binary" --features $$features --engine $$engine --repeat 1 --verify; \
	done; done; \
	python3 Benchmarks/version_cost.py --binary "$$binary"; \
	python3 Benchmarks/history_cost.py --binary "$$binary" --limit 5; \
	python3 Benchmarks/upgrade_cost.py --binary "$$binary"; \
	python3 Benchmarks/introspection_cost.py --binary "$$binary" --limits postgresql=0; \
	python3 Benchmarks/python_cost.py --binary "$$binary"; \
	python3 Benchmarks/row_cost.py --binary "$$binary" --program "$$(swift build $(ROW_COST) --show-bin-path)/RowCost" \
	  --results Benchmarks/ROWS.md

clean: ## Removes all builds and the example's database.
	rm -rf .build .build-release .build-bench .build-fuzz .build-matrix .build-address .build-thread .build-coverage metaxy.db metaxy.db-*
