#!/usr/bin/env python3
"""Measures what an upgrade through many small revisions costs, beside Alembic and beside the engine's own client.

Writes the same history for both tools: every tenth revision creates a table, the others add a column to it. Each database
starts empty. The floor is `sqlite3` or `psql` with the same statements in the same transactions: for each revision one that
notes the start in a log, and one with the statement, the version row and the end in the log. The offline script is what
`metaxy upgrade --sql` writes, run by the same client.

    Benchmarks/upgrade_cost.py --binary PATH [--revisions 1000] [--repeat 3] [--engines sqlite,postgresql] [--limits 1.2]

The runs take turns, and the table shows the medians: wall time, and the CPU time of the client (of SQLite that is all of it).
`--limits` fails if an upgrade takes more than that many times the wall time of the floor. Alembic runs if it can be installed
from PyPI, with a transaction for each revision.
"""
import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import peers

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Cases"))
from engines import PostgreSQL, SQLite  # noqa: E402

ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL}

CONFIGURATION = """\
store = "dev"
entrypoints = ["app.sql"]

[ext.sqlmodel]
enable = false

[ext.migrations.stores.dev]
url = "{url}"
"""

ALEMBIC_ENVIRONMENT = """\
import sqlalchemy
from alembic import context

engine = sqlalchemy.create_engine({url!r})
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""

ALEMBIC_REVISION = """\
from alembic import op

revision = {revision!r}
down_revision = {parent!r}


def upgrade():
    op.execute({upgrade!r})


def downgrade():
    op.execute({downgrade!r})
"""

LOG = """\
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
CREATE TABLE run_log (id BIGINT NOT NULL PRIMARY KEY, revision VARCHAR(255) NOT NULL, started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP, checksum VARCHAR(64) NOT NULL, sql TEXT NOT NULL);
INSERT INTO alembic_version VALUES ('none');
"""


def main():
    options = arguments()
    history = list(revisions(options.revisions))
    with tempfile.TemporaryDirectory(prefix="metaxy-upgrade-cost-") as place:
        place = pathlib.Path(place)
        # The server's account reads the scripts.
        place.chmod(0o755)
        python = peers.install(place, "Alembic", "alembic", "sqlalchemy", "psycopg[binary]")
        write_metaxy_revisions(place, history)
        write_alembic_revisions(place, history)
        for name in options.engines.split(","):
            engine = ENGINES[name]()
            engine.start()
            try:
                costs = measure(engine, place, python, history, options)
                report(engine, history, medians(costs), options.limits)
            finally:
                engine.stop()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--revisions", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--limits", type=float)
    return parser.parse_args()


def revisions(count):
    """Yields the identifier of each revision, its parent, and its statements in both directions."""
    parent = None
    for index in range(count):
        table = f"t{index // 10}"
        if index % 10 == 0:
            up, down = f"CREATE TABLE {table} (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(40))", f"DROP TABLE {table}"
        else:
            up, down = f"ALTER TABLE {table} ADD COLUMN c{index} INTEGER", f"ALTER TABLE {table} DROP COLUMN c{index}"
        yield f"r{index:06}", parent, up, down
        parent = f"r{index:06}"


def write_metaxy_revisions(place, history):
    versions = place / "metaxy" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (place / "metaxy" / "app.sql").write_text("CREATE TABLE t0 (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(40));\n")
    for revision, parent, up, down in history:
        (versions / f"{revision}.sql").write_text(
            f"-- {revision}\n--\n-- Revision: {revision}\n-- Revises: {parent or ''}\n\n"
            f"-- metaxy:upgrade\n{up};\n\n-- metaxy:downgrade\n{down};\n")


def write_alembic_revisions(place, history):
    versions = place / "alembic" / "versions"
    versions.mkdir(parents=True)
    (place / "alembic" / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\n")
    for revision, parent, up, down in history:
        (versions / f"{revision}.py").write_text(
            ALEMBIC_REVISION.format(revision=revision, parent=parent, upgrade=up, downgrade=down))


def floor(engine, history):
    """The statements of the history in the transactions that an upgrade with a log needs."""
    begin = "BEGIN IMMEDIATE" if engine.name == "sqlite" else "BEGIN"
    lines = [LOG]
    for number, (revision, _, up, _) in enumerate(history):
        lines.append(
            f"{begin};\nINSERT INTO run_log VALUES ({number}, '{revision}', CURRENT_TIMESTAMP, NULL, '{'0' * 64}', '{up}');\n"
            f"COMMIT;\n{begin};\n{up};\nUPDATE alembic_version SET version_num = '{revision}';\n"
            f"UPDATE run_log SET finished_at = CURRENT_TIMESTAMP WHERE id = {number};\nCOMMIT;\n")
    return "".join(lines)


def measure(engine, place, python, history, options):
    """Returns the costs of each way to run the history."""
    (place / "floor.sql").write_text(floor(engine, history))
    configure(place, engine, "written")
    with open(place / "offline.sql", "w") as script:
        run([options.binary, "-q", "upgrade", "--sql"], place / "metaxy", stdout=script)

    def client(script):
        def start(database):
            if engine.name == "sqlite":
                return run(["sqlite3", "-bail", engine_file(place, database)], place, stdin=open(place / script))
            return run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", place / script], place)
        return start

    def metaxy(database):
        configure(place, engine, database)
        return run([options.binary, "-q", "upgrade"], place / "metaxy")

    def alembic(database):
        (place / "alembic" / "env.py").write_text(ALEMBIC_ENVIRONMENT.format(url=peers.url(url(place, engine, database))))
        return run([python, "-m", "alembic", "upgrade", "head"], place / "alembic")

    ways = {"floor": client("floor.sql"), "offline script": client("offline.sql"), "metaxy upgrade": metaxy}
    if python:
        ways["alembic upgrade"] = alembic
    costs = {name: [] for name in ways}
    for number in range(options.repeat):
        for name, way in ways.items():
            database = f"{name.replace(' ', '_')}_{number}"
            if engine.name == "sqlite":
                engine.make(engine_file(place, database))
            else:
                engine.make(database)
            costs[name].append(way(database))
    return costs


def medians(costs):
    return {name: [statistics.median(values) for values in zip(*cost)] for name, cost in costs.items()}


def report(engine, history, medians, limit):
    base = medians["floor"][0]
    print(f"{engine.name}, {len(history)} revisions")
    for name, (wall, cpu) in medians.items():
        print(f"  {name:<16} {wall:7.3f} s  {wall / base:6.2f} times the floor  {cpu:7.3f} s CPU")
    ratio = medians["metaxy upgrade"][0] / base
    if limit is not None and ratio > limit:
        sys.exit(f"error: `metaxy upgrade` on {engine.name} took {ratio:.2f} times the floor, more than {limit:g}")


def configure(place, engine, database):
    (place / "metaxy" / "metaxy.toml").write_text(CONFIGURATION.format(url=url(place, engine, database)))


def engine_file(place, database):
    return str(place / f"{database}.db")


def url(place, engine, database):
    return engine.url(engine_file(place, database) if engine.name == "sqlite" else database)


def run(command, directory, **files):
    """Runs a command, and returns its wall and CPU time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=directory, stderr=subprocess.PIPE, text=True, **({"stdout": subprocess.DEVNULL} | files))
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"error: `{' '.join(map(str, command))}` ended with {done.returncode}\n{done.stderr}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
