#!/usr/bin/env python3
"""Measures the cost of writing and reading the rows of a feature, on SQLite and PostgreSQL, compared with SQLModel and with
each engine's own bulk path.

`metaxy` migrates a database for each job. `MetadataStore` writes 100,000 rows of eight columns, plus the four system columns,
in one call and reads them back as values. SQLModel does the same with `add_all`, `commit` and `select` if it can be
installed from PyPI. Then each streams the rows in a new process, whose memory is measured; it is flat if all rows take no more
than a tenth of them. The bulk path exports the table as CSV and imports it into an empty one: COPY in psql, `.import` in
sqlite3. It does not code, hash or check rows.

    Benchmarks/row_cost.py --binary PATH --program PATH [--rows 100000] [--repeat 3]

`--binary` is `metaxy`, `--program` the program of the package in `RowCost`. Results are medians of `--repeat` runs. Both sides
create their rows before the measurement. The server is started for the run and stopped after it.
"""
import argparse
import json
import os
import pathlib
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

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)

job, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
engine = create_engine(url)
if job == "rows":
    clips = [sample(number) for number in range(count)]
    before_write = time.monotonic()
    with Session(engine) as session:
        session.add_all(clips)
        session.commit()
    before_read = time.monotonic()
    with Session(engine) as session:
        rows = session.exec(select(Clip)).all()
    end = time.monotonic()
    assert len({row.clip_id for row in rows}) == count
    print(json.dumps({"write": before_read - before_write, "read": end - before_read}))
else:
    start, before, found = time.monotonic(), peak(), 0
    query = select(Clip)
    if job == "part":
        count = count // 10
        query = query.limit(count)
    with Session(engine) as session:
        for row in session.exec(query.execution_options(yield_per=512)):
            found += 1
    assert found == count
    print(json.dumps({"read": time.monotonic() - start, "peak": peak(), "more": peak() - before}))
'''


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="metaxy-row-cost-") as place:
        place = pathlib.Path(place)
        python = peers.install(place, "SQLModel", "sqlmodel", "psycopg[binary]")
        for engine in SQLite(), PostgreSQL():
            engine.start()
            try:
                compare(engine, options, place, python)
            finally:
                engine.stop()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--program", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--rows", type=int, default=100_000, help="how many rows to write and read")
    parser.add_argument("--repeat", type=int, default=3, help="how many runs to measure")
    return parser.parse_args()


def compare(engine, options, place, python):
    """Prints the times of both sides on an engine, and the ratios. They alternate, so that load on the machine affects both."""
    count = str(options.rows)
    sides = {"MetadataStore": lambda job, directory, url: [options.program, job, directory, count]}
    if python:
        sides["SQLModel"] = lambda job, directory, url: [python, "-c", PEER, job, peers.url(url), count]
    runs = {side: [] for side in [*sides, "bulk path"]}
    for number in range(options.repeat):
        for side, command in sides.items():
            directory, url, database = project(engine, place, options.binary, f"{side.lower()}_{number}")
            rows, stream = (measured(command(job, directory, url)) for job in ("rows", "stream"))
            part = measured(command("part", directory, url))
            runs[side].append({"write": rows["write"], "read": rows["read"], "stream": stream["read"],
                               "peak": stream["peak"], "more": stream["more"], "part": part["more"]})
            if side == "MetadataStore":
                runs["bulk path"].append(bulk(engine, place, options, database, number))
            engine.drop(database)
            shutil.rmtree(directory)
    medians = {side: {name: statistics.median(run[name] for run in found) for name in found[0]}
               for side, found in runs.items()}
    print(f"{options.rows} rows of 12 columns on {engine.name}, rows per second:")
    for side, took in medians.items():
        rates = ", ".join(f"{name} {options.rows / took[name]:,.0f}" for name in ("write", "read", "stream") if name in took)
        memory = (f"; streaming took {took['more']:.0f} MB more, {took['part']:.0f} MB for a tenth of the rows, at most"
                  f" {took['peak']:.0f} MB" if "more" in took else "")
        print(f"  {side}: {rates}{memory}")
    for side, theirs in medians.items():
        if side != "MetadataStore":
            ratios = (f"{name} {theirs[name] / took:.1f}" for name, took in medians["MetadataStore"].items()
                      if name in ("write", "read", "stream") and name in theirs)
            print(f"  {side}: takes this many times the time of MetadataStore: " + ", ".join(ratios))


def bulk(engine, place, options, database, number):
    """Returns how long the engine's own program takes to export the rows of a database, and to import them into another one."""
    directory, _, empty = project(engine, place, options.binary, f"bulk_{number}")
    rows = directory / "clip.csv"

    def timed(database, sqlite, server):
        command = (["sqlite3", database, ".mode csv", *sqlite] if engine.name == "sqlite"
                   else ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", server])
        start = time.monotonic()
        output(command)
        return time.monotonic() - start

    took = {"read": timed(database, [f".output {rows}", "SELECT * FROM clip"], f"\\copy clip TO '{rows}' CSV"),
            "write": timed(empty, [f".import {rows} clip"], f"\\copy clip FROM '{rows}' CSV")}
    if counted(engine, empty) != options.rows:
        sys.exit("error: the bulk path lost rows")
    engine.drop(empty)
    shutil.rmtree(directory)
    return took


def counted(engine, database):
    query = "SELECT count(*) FROM clip"
    command = ["sqlite3", database, query] if engine.name == "sqlite" else ["psql", "-X", "-A", "-t", "-d", database, "-c", query]
    return int(output(command))


def project(engine, place, binary, name):
    """Creates a project with the program's feature and a migrated database."""
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


def measured(command):
    return json.loads(output(command))


def output(command, **options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, **options)
    if run.returncode != 0:
        sys.exit(f"error: `{pathlib.Path(command[0]).name}` ended with {run.returncode}\n{run.stdout}{run.stderr}")
    return run.stdout


if __name__ == "__main__":
    main()
