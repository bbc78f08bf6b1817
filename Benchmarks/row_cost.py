#!/usr/bin/env python3
"""Measures the cost of the rows of a feature, on SQLite and PostgreSQL, compared with SQLModel and with each engine's own
bulk path; writes the table of `ROWS.md`.

`metaxy` migrates a database for each side and number of rows. `MetadataStore` writes rows of eight columns, plus the four
system columns, in one call, reads them as a stream, exports them as CSV, imports the file into an empty database, writes as
many rows of a derived feature, whose data versions are computed, and finds those that are out of date after one row in a
hundred has changed. SQLModel, if it can be installed from PyPI, adds and flushes 10,000 rows at a time in one transaction, and
reads 512 at a time. Each job is a process, whose memory is measured: it is flat if a greater number of rows takes no more. The
bulk path exports the table as CSV and imports it into an empty one: COPY in psql, `.import` in sqlite3. It does not code, hash,
sort or check rows.

    Benchmarks/row_cost.py --binary PATH --program PATH [--rows 100000,1000000] [--repeat 3] [--results FILE]

`--binary` is `metaxy`, `--program` the program of the package in `RowCost`. Results are medians of `--repeat` runs. CPU time is
that of the process, without a server's. The server is started for the run and stopped after it.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peers

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = ROOT / "Benchmarks" / "RowCost" / "Sources" / "RowCost"
sys.path.insert(0, str(ROOT / "Tests" / "Cases"))
from engines import PostgreSQL, SQLite  # noqa: E402

CONFIGURATION = """\
project = "clips"
store = "dev"
entrypoints = ["Features"]
[ext.sqlmodel]
enable = true
[ext.migrations]
registry = "Features/FeatureRegistry.swift"
[ext.migrations.stores.dev]
url = "{url}"
"""

MIGRATION = [
    "init", "-c .metaxy/alembic-system revision --autogenerate", "-c .metaxy/alembic-system upgrade",
    "revision --autogenerate", "upgrade", "graph push", "check"]

PEER = '''
import datetime, json, resource, sys, time, uuid
import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, create_engine, select

class Clip(SQLModel, table=True):
    data_version: dict = Field(sa_type=sa.JSON)
    feature_version: str
    feature_spec_version: str
    snapshot_version: str
    clip_id: str = Field(primary_key=True)
    path: str
    width: int = Field(sa_type=sa.BigInteger)
    height: int = Field(sa_type=sa.BigInteger)
    seconds: float
    recorded_at: datetime.datetime = Field(sa_type=sa.DateTime(timezone=True))
    has_audio: bool
    batch: uuid.UUID

START = datetime.datetime.fromtimestamp(1_795_000_000, datetime.timezone.utc)
BATCH = uuid.UUID("0f8fad5b-d9cb-469f-a165-70867728950e")

def sample(number):
    return Clip(
        data_version={"frames": f"{number:032x}"}, feature_version="f" * 64, feature_spec_version="e" * 64,
        snapshot_version="d" * 64, clip_id=f"clip-{number}", path=f"clips/{number % 97}/{number}.mp4", width=1920,
        height=1080, seconds=number % 600 / 8, recorded_at=START + datetime.timedelta(seconds=number / 64),
        has_audio=number % 3 == 0, batch=BATCH)

def usage():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)

job, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
engine = create_engine(url)
(cpu, memory), start = usage(), time.monotonic()
with Session(engine) as session:
    if job == "write":
        for first in range(0, count, 10_000):
            session.add_all(sample(number) for number in range(first, min(count, first + 10_000)))
            session.flush()
            session.expunge_all()
        session.commit()
        found = count
    else:
        found = sum(1 for row in session.exec(select(Clip).execution_options(yield_per=512)))
assert found == count
seconds, (after, peak) = time.monotonic() - start, usage()
print(json.dumps({"seconds": seconds, "cpu": after - cpu, "peak": peak, "more": peak - memory}))
'''

HEAD = """\
# Rows

`Benchmarks/row_cost.py` writes this file. Rows have eight columns and four system columns. Rates are rows per second of wall
time, CPU is seconds of the process for a million rows, without a server's, and memory is what a job added to its process, in
megabytes.

"""

JOBS = ["write", "import", "read", "export", "derive", "resolve"]


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="metaxy-row-cost-") as place:
        place = pathlib.Path(place)
        python = peers.install(place, "SQLModel", "sqlmodel", "psycopg[binary]")
        lines = [HEAD, *(f"- {name}: {value}\n" for name, value in versions(options, python).items())]
        for engine in SQLite(), PostgreSQL():
            engine.start()
            try:
                lines += [f"- {engine.name}: {server(engine)}\n", *table(engine, options, place, python)]
            finally:
                engine.stop()
    text = "".join(lines)
    print(text)
    if options.results:
        options.results.write_text(text)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--program", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--rows", type=lambda text: [int(count) for count in text.split(",")], default=[100_000, 1_000_000],
                        help="how many rows, one number or several")
    parser.add_argument("--repeat", type=int, default=3, help="how many runs to measure")
    parser.add_argument("--results", type=pathlib.Path, help="the file for the results")
    return parser.parse_args()


def versions(options, python):
    """Returns what the results depend on."""
    found = {"date": datetime.date.today().isoformat(),
             "machine": f"{os.cpu_count()} cores of {platform.machine()}, load {os.getloadavg()[0]:.1f} at the start"}
    if python:
        found |= peers.versions(python, "sqlmodel", "sqlalchemy", "psycopg")
    return found


def server(engine):
    return output(["sqlite3", "--version"]).split()[0] if engine.name == "sqlite" else output(["psql", "--version"]).split()[2]


def table(engine, options, place, python):
    """Returns the lines of the results on an engine. The sides alternate, so that load on the machine affects all of them."""
    lines = [f"\n## {engine.name}\n\n| job | side | " + " | ".join(f"{count:,} rows" for count in options.rows) + " |\n",
             "|---|---|" + "---|" * len(options.rows) + "\n"]
    runs = {}
    for count in options.rows:
        for number in range(options.repeat):
            for side, job, cost in costs(engine, options, place, python, count, number):
                print(f"{engine.name}, {count:,} rows, {job} by {side}: {cell([cost], count)}", file=sys.stderr, flush=True)
                runs.setdefault((job, side), {}).setdefault(count, []).append(cost)
    for job, side in sorted(runs, key=lambda pair: JOBS.index(pair[0])):
        cells = (cell(runs[job, side][count], count) for count in options.rows)
        lines.append(f"| {job} | {side} | " + " | ".join(cells) + " |\n")
    return lines


def cell(found, count):
    cost = {name: statistics.median(run[name] for run in found) for name in found[0]}
    memory = f", {cost['more']:.0f} MB" if "more" in cost else ""
    return f"{count / cost['seconds']:,.0f}/s, {cost['cpu'] * 1_000_000 / count:.1f} s{memory}"


def costs(engine, options, place, python, count, number):
    """Yields the side, the job and the cost of each job."""
    directory, url, database = project(engine, place, options.binary, f"store_{count}_{number}")

    def ours(job, directory):
        return "MetadataStore", job, json.loads(output([options.program, job, directory, str(count)]))

    for job in "write", "read", "export":
        yield ours(job, directory)
    yield from bulk(engine, place, options, database, f"{count}_{number}", count)
    for job in "derive", "resolve":
        yield ours(job, directory)
    empty, _, target = project(engine, place, options.binary, f"imported_{count}_{number}")
    (directory / "rows.csv").rename(empty / "rows.csv")
    yield ours("import", empty)
    remove(engine, (directory, database), (empty, target))
    if python:
        directory, url, database = project(engine, place, options.binary, f"peer_{count}_{number}")
        for job in "write", "read":
            yield "SQLModel", job, json.loads(output([python, "-c", PEER, job, peers.url(url), str(count)]))
        remove(engine, (directory, database))


def remove(engine, *projects):
    for directory, database in projects:
        engine.drop(database)
        shutil.rmtree(directory)


def bulk(engine, place, options, database, name, count):
    """Yields the cost of the engine's own program to export the rows of a database, and to import them into another one."""
    directory, _, empty = project(engine, place, options.binary, f"bulk_{name}")
    rows = directory / "clip.csv"

    def timed(database, sqlite, server):
        command = (["sqlite3", database, ".mode csv", *sqlite] if engine.name == "sqlite"
                   else ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", server])
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        output(command)
        seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        return {"seconds": seconds, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}

    yield "bulk path", "export", timed(database, [f".output {rows}", "SELECT * FROM clip"], f"\\copy clip TO '{rows}' CSV")
    yield "bulk path", "import", timed(empty, [f".import {rows} clip"], f"\\copy clip FROM '{rows}' CSV")
    if counted(engine, empty) != count:
        sys.exit("error: the bulk path lost rows")
    remove(engine, (directory, empty))


def counted(engine, database):
    query = "SELECT count(*) FROM clip"
    command = ["sqlite3", database, query] if engine.name == "sqlite" else ["psql", "-X", "-A", "-t", "-d", database, "-c", query]
    return int(output(command))


def project(engine, place, binary, name):
    """Creates a project with the program's features and a migrated database."""
    directory = place / f"{engine.name}_{name}"
    (directory / "Features").mkdir(parents=True)
    for file in "Features.swift", "FeatureRegistry.swift":
        shutil.copy(SOURCES / file, directory / "Features")
    database = engine.database(directory, "main")
    engine.make(database)
    (directory / "metaxy.toml").write_text(CONFIGURATION.format(url=engine.url(database)))
    for command in MIGRATION:
        output([binary, *command.split()], cwd=directory)
    return directory, engine.url(database), database


def output(command, **options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, **options)
    if run.returncode != 0:
        sys.exit(f"error: `{pathlib.Path(command[0]).name}` ended with {run.returncode}\n{run.stdout}{run.stderr}")
    return run.stdout


if __name__ == "__main__":
    main()
