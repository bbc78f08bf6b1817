#!/usr/bin/env python3
"""Measures the cost of reading a database of many tables, on SQLite and PostgreSQL.

Creates tables of 14 columns, each with a primary key, a check and an index, and reads all of them with `metaxy check`.
Prints the milliseconds of the introspection from `--timings`, and the number of queries of the whole command compared
with a database of a single table. The queries are counted in the server's log on PostgreSQL. On SQLite, a library loaded
before SQLite's own counts prepared statements; this needs a C compiler.

The same run measures SQLAlchemy's reflection of the same databases if it can be installed from PyPI.

    Benchmarks/introspection_cost.py --binary PATH [--tables 1000] [--repeat 5] [--limits sqlite=50,postgresql=50]

Results are medians of `--repeat` runs. `--limits` fails (exit code 1) if 1,000 tables take more than that many queries more
than one table. The server is started for the run and stopped after it.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import peers

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Cases"))
from engines import PostgreSQL, SQLite  # noqa: E402

TABLE = """
CREATE TABLE t{0} (id BIGINT NOT NULL, sample VARCHAR(64) NOT NULL, path VARCHAR NOT NULL, width INTEGER, height INTEGER,
  duration FLOAT, note VARCHAR DEFAULT 'none', rate NUMERIC(8, 2), taken TIMESTAMP, day DATE, small SMALLINT, large BIGINT,
  ratio REAL, active BOOLEAN, CONSTRAINT pk_t{0} PRIMARY KEY (id), CONSTRAINT ck_t{0} CHECK (height > 0));
CREATE INDEX ix_t{0} ON t{0} (sample, taken);
"""

CONFIGURATION = """\
entrypoints = ["Sources"]

[ext.migrations]
unmanaged_tables = "drop"

[ext.migrations.stores.dev]
url = "{url}"
"""

FEATURE = """\
import Metaxy

@Feature("t0", idColumns: ["id"])
struct T0: Feature {
  var id: String
}
"""

# Counts the calls of prepare functions: every statement is prepared once.
COUNTER = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static int count;
static void report(void) { fprintf(stderr, "queries: %d\\n", count); }

#define COUNTED(name, parameters, arguments) \\
  int name parameters { \\
    if (count++ == 0) atexit(report); \\
    return ((int (*) parameters)dlsym(RTLD_NEXT, #name)) arguments; \\
  }
COUNTED(sqlite3_prepare_v2, (void *a, const char *b, int c, void **d, const char **e), (a, b, c, d, e))
COUNTED(sqlite3_prepare_v3, (void *a, const char *b, int c, unsigned f, void **d, const char **e), (a, b, c, f, d, e))
COUNTED(sqlite3_exec, (void *a, const char *b, void *c, void *d, char **e), (a, b, c, d, e))
"""

PEER = """
import json, sys, time
import sqlalchemy
url, repeat = sys.argv[1], int(sys.argv[2])
engine = sqlalchemy.create_engine(url)
queries = 0

@sqlalchemy.event.listens_for(engine, "before_cursor_execute")
def count(*_):
    global queries
    queries += 1

runs = []
for _ in range(repeat):
    queries = 0
    start = time.monotonic()
    metadata = sqlalchemy.MetaData()
    metadata.reflect(engine)
    runs.append(time.monotonic() - start)
print(json.dumps({"version": sqlalchemy.__version__, "runs": runs, "queries": queries, "tables": len(metadata.tables)}))
"""


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="metaxy-introspection-cost-") as place:
        place = pathlib.Path(place)
        peer = peers.install(place, "SQLAlchemy", "sqlalchemy", "psycopg[binary]")
        for engine in SQLite(), PostgreSQL():
            engine.start()
            try:
                extra = measure(engine, options, place, peer)
            finally:
                engine.stop()
            limit = options.limits.get("postgresql" if engine.name == "postgres" else engine.name)
            if limit is not None and extra is not None and extra > limit:
                sys.exit(f"error: {extra} queries more on {engine.name}, more than {limit:g}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--tables", type=int, default=1000, help="how many tables to make")
    parser.add_argument("--repeat", type=int, default=5, help="how many runs to measure")
    parser.add_argument("--limits", type=limits, default={})
    return parser.parse_args()


def limits(text):
    return {name: float(value) for name, value in (part.split("=") for part in text.split(","))}


def measure(engine, options, place, peer):
    """Prints the cost of an engine; returns the number of additional queries for many tables, or None if not counted."""
    projects = {count: project(engine, place, count) for count in (1, options.tables)}
    counts = {count: queries(engine, options.binary, directory, place) for count, (directory, _) in projects.items()}
    directory, url = projects[options.tables]
    seconds = statistics.median(introspection(check(options.binary, directory)) for _ in range(options.repeat))
    many = counts[options.tables]
    counted = "queries not counted" if many is None else f"{many} queries in the whole command, {counts[1]} with one table"
    print(f"metaxy on {engine.name}, {options.tables} tables of 14 columns: {seconds:.3f} s, {counted}")
    if peer:
        reflect(peer, url, options)
    return None if many is None else many - counts[1]


def project(engine, place, count):
    """Creates a project that manages every table of its database; returns it with the database's URL."""
    directory = place / f"{engine.name}_{count}"
    (directory / "Sources").mkdir(parents=True)
    (directory / "migrations" / "versions").mkdir(parents=True)
    database = engine.database(directory, "main")
    engine.make(database, "".join(TABLE.format(number) for number in range(count)))
    (directory / "metaxy.toml").write_text(CONFIGURATION.format(url=engine.url(database)))
    (directory / "Sources" / "T0.swift").write_text(FEATURE)
    return directory, engine.url(database)


def check(binary, directory, **variables):
    """Runs `metaxy check`, which finds differences, and returns its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}
    run = subprocess.run(
        [binary, "check", "--timings"], cwd=directory, env=environment | variables, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if run.returncode != 2:
        sys.exit(f"error: `metaxy check` ended with {run.returncode}\n{run.stderr}")
    return run.stderr


def introspection(narration):
    parts = re.findall(r"^timing: introspection (\S+) ms$", narration, re.MULTILINE)
    if not parts:
        sys.exit(f"error: `metaxy check --timings` reported no introspection\n{narration}")
    return sum(float(milliseconds) for milliseconds in parts) / 1000


def queries(engine, binary, directory, place):
    """Returns the number of queries of the whole command; None if they cannot be counted."""
    if engine.name == "postgres":
        with logging(engine):
            before = logged(engine)
            check(binary, directory)
            return logged(engine) - before
    library = counter(place)
    if library is None:
        return None
    reported = re.search(r"^queries: (\d+)$", check(binary, directory, LD_PRELOAD=str(library)), re.MULTILINE)
    return int(reported.group(1)) if reported else None


@contextlib.contextmanager
def logging(engine):
    for value in "all", "none":
        engine.execute(f"ALTER SYSTEM SET log_statement = '{value}'; SELECT pg_reload_conf()")
        # New sessions use the setting once the server reports it.
        subprocess.run(["psql", "-Xqc", "SELECT pg_sleep(0.5)", "postgres"], stdout=subprocess.DEVNULL, check=True)
        if value == "all":
            yield


def logged(engine):
    return len(re.findall(r"LOG:  (?:statement|execute)", (engine.directory / "log").read_text()))


def counter(place):
    compiler = shutil.which("cc") or shutil.which("clang")
    if compiler is None or sys.platform == "darwin":
        return None
    library = place / "counter.so"
    if not library.exists():
        (place / "counter.c").write_text(COUNTER)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, place / "counter.c", "-ldl"], check=True)
    return library


def reflect(python, url, options):
    run = subprocess.run(
        [python, "-c", PEER, peers.url(url), str(options.repeat)],
        capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"error: SQLAlchemy cannot reflect {url}\n{run.stderr}")
    found = json.loads(run.stdout)
    print(f"SQLAlchemy {found['version']}, {found['tables']} tables: {statistics.median(found['runs']):.3f} s, "
          f"{found['queries']} queries")


if __name__ == "__main__":
    main()
