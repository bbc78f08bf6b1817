#!/usr/bin/env python3
"""Measures `metaxy check` on features in Python, beside `alembic check` of the same tables, on SQLite and PostgreSQL.

Makes a project of SQLModel features with the packages from PyPI, and its tables. Prints the seconds of the whole command:
with the interpreter started (`.metaxy/cache` removed before), with the kept answer, and of `alembic check`, which starts
an interpreter each time.

    Benchmarks/python_cost.py --binary PATH [--features 10] [--repeat 5]

Results are medians of `--repeat` runs. The server is started for the run and stopped after it.
"""
import argparse
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
sys.path.insert(0, str(ROOT / "Tests" / "Cases"))
from engines import PostgreSQL, SQLite  # noqa: E402

HEAD = """\
from metaxy import FeatureSpec
from metaxy.ext.sqlmodel import BaseSQLModelFeature
from sqlmodel import Field, SQLModel
"""

FEATURE = """

class F{0}(BaseSQLModelFeature, table=True, spec=FeatureSpec(key="f/{0}", id_columns=["id"])):
    id: str = Field(primary_key=True)
    path: str
    size: int = Field(index=True)
    ratio: float
    note: str = Field(max_length=50, unique=True)
"""

CONFIGURATION = """\
project = "shop"
entrypoints = ["python:features"]

[ext.migrations]
python = "{python}"

[ext.migrations.stores.dev]
url = "{url}"
"""

ALEMBIC = """\
[alembic]
script_location = alembic
prepend_sys_path = .
"""

ENVIRONMENT = """\
from alembic import context
from metaxy.config import MetaxyConfig
from sqlalchemy import create_engine

MetaxyConfig.set(MetaxyConfig.load())
from features import SQLModel

with create_engine("{url}").connect() as connection:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, version_table="alembic_version_of_peer",
        include_name=lambda name, kind, _: kind != "table" or not name.startswith("alembic_version"))
    with context.begin_transaction():
        context.run_migrations()
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--features", type=int, default=10, help="how many features to make")
    parser.add_argument("--repeat", type=int, default=5, help="how many runs to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metaxy-python-cost-") as place:
        place = pathlib.Path(place)
        python = peers.install(place, "Metaxy", "metaxy>=0.1,<0.2", "sqlmodel", "alembic", "psycopg[binary]")
        if python is None:
            return
        for engine in SQLite(), PostgreSQL():
            engine.start()
            try:
                measure(engine, options, place, python)
            finally:
                engine.stop()


def measure(engine, options, place, python):
    directory = place / f"project_{engine.name}"
    (directory / "migrations" / "versions").mkdir(parents=True)
    (directory / "alembic" / "versions").mkdir(parents=True)
    database = engine.database(directory, "main")
    engine.make(database, "")
    url = engine.url(database)
    (directory / "features.py").write_text(HEAD + "".join(FEATURE.format(number) for number in range(options.features)))
    (directory / "metaxy.toml").write_text(CONFIGURATION.format(python=python, url=url))
    (directory / "alembic.ini").write_text(ALEMBIC)
    (directory / "alembic" / "env.py").write_text(ENVIRONMENT.format(url=peers.url(url)))
    metaxy = [options.binary, "check"]
    run([options.binary, "revision", "--autogenerate", "-m", "tables"], directory)
    run([options.binary, "upgrade"], directory)

    def forget():
        shutil.rmtree(directory / ".metaxy" / "cache", ignore_errors=True)

    cold = seconds(metaxy, directory, options.repeat, before=forget)
    warm = seconds(metaxy, directory, options.repeat)
    peer = seconds([python, "-m", "alembic", "check"], directory, options.repeat)
    print(
        f"{options.features} features in Python on {engine.name}: `metaxy check` {cold:.2f} s with the interpreter,"
        f" {warm:.3f} s with the kept answer; `alembic check` {peer:.2f} s")


def seconds(command, directory, repeat, before=lambda: None):
    times = []
    for _ in range(repeat):
        before()
        start = time.monotonic()
        run(command, directory)
        times.append(time.monotonic() - start)
    return statistics.median(times)


def run(command, directory):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}
    ended = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    if ended.returncode != 0:
        sys.exit(f"error: {command} ended with {ended.returncode}\n{ended.stdout}{ended.stderr}")


main()
