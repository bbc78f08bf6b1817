#!/usr/bin/env python3
"""Brings databases from one schema to another with the built `metaxy`, and compares catalogs.

    run_cases.py [--binary PATH] [--keep DIR] [--only TEXT] CASES.json

CASES.json (or METAXY_CASES) is a list of {id, db, kind, setup_sql, before_sql, after_sql,
column_order_not_reachable_by_alter}; the cases of the engine `sqlite` are run. For each:

1. A is made from before_sql and B from after_sql, both after setup_sql; a project's only entrypoint is a `.sql` file that
   holds what B was made from.
2. `revision --autogenerate` and `upgrade` must bring A to the catalog of B. A `noop-equivalent` needs no operation.
3. A second `revision --autogenerate` finds nothing.
4. `downgrade base` brings the catalog of A back.

catalog_signature.py is the judge. Where columns came or went their order is not compared: ALTER TABLE adds at the end.

A case of KNOWN is expected to fail, and just as it says there. The run ends with 1 when any other case fails, when a known
one fails otherwise, and when it passes, so that it is taken out of the list.
"""
import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from catalog_signature import sqlite_signature  # noqa: E402

CONFIGURATION = """\
project = "cases"
entrypoints = ["app.sql"]

[ext.sqlmodel]
enable = false

[ext.migrations]
unmanaged_tables = "drop"

[ext.migrations.stores.dev]
url = "sqlite:///a.db"
"""

# The cases that fail: how each fails, and for what cause.
KNOWN = {
    "sqlite-utils-transform-test-transform-preserves-composite-unique-constraint-1": (
        "the downgrade leads elsewhere:\n"
        "- column|memberships.email|text|0|None|pk=0|hidden=0|gen=|coll=NOCASE\n"
        "+ column|memberships.email|text|0|None|pk=0|hidden=0|gen=|coll=",
        "the judge's, not the catalog's: it takes the collation in the key `UNIQUE (…, email COLLATE NOCASE)` for one of"
        " the column, but only where NOCASE is not quoted, and the downgrade writes `COLLATE \"NOCASE\"`"),
}


class Failure(Exception):
    """A case that did not go as it should."""


def make_database(path, *scripts):
    with sqlite3.connect(path) as connection:
        for script in scripts:
            connection.executescript(script)
    connection.close()


def signature(path):
    """The catalog without metaxy's own books."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        lines = sqlite_signature(connection)
    finally:
        connection.close()
    return [line for line in lines if not line.split("|")[1].startswith("alembic_version")]


def columns(lines):
    """The columns of each table, from the lines that tell their order."""
    found = {}
    for line in lines:
        if line.startswith("colorder|"):
            _, table, names = line.split("|", 2)
            found[table] = set(names.split(","))
    return found


def comparable(lines, other_order):
    """Without the order of columns, for the tables named."""
    return [line for line in lines if not (line.startswith("colorder|") and line.split("|")[1] in other_order)]


def differences(found, expected):
    lost = [f"- {line}" for line in expected if line not in found]
    extra = [f"+ {line}" for line in found if line not in expected]
    return lost + extra


class Case:
    def __init__(self, case, binary, directory):
        self.case = case
        self.binary = binary
        self.directory = pathlib.Path(directory)

    def metaxy(self, *arguments):
        result = subprocess.run(
            [self.binary, *arguments], cwd=self.directory, capture_output=True, text=True, timeout=60,
            env={"PATH": os.environ["PATH"], "HOME": str(self.directory)})
        if result.returncode != 0:
            raise Failure(f"`metaxy {' '.join(arguments)}` exits with {result.returncode}\n{result.stderr.strip()}")
        return result.stdout

    def autogenerate(self):
        return json.loads(self.metaxy("--format", "json", "revision", "--autogenerate", "-m", "case"))["operations"]

    def require_same(self, expected, other_order, what):
        found = comparable(signature(self.directory / "a.db"), other_order)
        wrong = differences(found, comparable(expected, other_order))
        if wrong:
            raise Failure(f"{what}:\n" + "\n".join(wrong))

    def run(self):
        case = self.case
        setup, before, after = case["setup_sql"], case["before_sql"], case["after_sql"]
        make_database(self.directory / "a.db", setup, before)
        make_database(self.directory / "b.db", setup, after)
        (self.directory / "metaxy.toml").write_text(CONFIGURATION)
        (self.directory / "app.sql").write_text(f"{setup}\n{after}\n")
        (self.directory / "migrations" / "versions").mkdir(parents=True)
        start, goal = signature(self.directory / "a.db"), signature(self.directory / "b.db")

        old, new = columns(start), columns(goal)
        other_order = {table for table in old.keys() & new.keys() if old[table] != new[table]}
        if case["column_order_not_reachable_by_alter"]:
            other_order |= old.keys() | new.keys()

        operations = self.autogenerate()
        if case["kind"] == "noop-equivalent" and operations:
            raise Failure(f"nothing differs, and these operations were found: {operations}")
        self.metaxy("upgrade", "--allow-destructive")
        self.require_same(goal, other_order, "the upgrade leads elsewhere")
        again = self.autogenerate()
        if again:
            raise Failure(f"a second autogenerate finds {again}")
        if operations:
            self.metaxy("downgrade", "base", "--allow-destructive")
            self.require_same(start, other_order, "the downgrade leads elsewhere")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="?", default=os.environ.get("METAXY_CASES"))
    parser.add_argument("--binary", default=str(ROOT / ".build" / "debug" / "metaxy"))
    parser.add_argument("--keep", help="a directory in which the projects of failed cases stay")
    parser.add_argument("--only", default="", help="only the cases whose id contains this text")
    options = parser.parse_args()
    if not options.cases or not pathlib.Path(options.cases).is_file():
        sys.exit(
            f"error: there is no file of cases at `{options.cases}`\n"
            "hint: it is a JSON list of schema changes, collected from the tests of other tools and no part of this"
            " repository; name it, or set METAXY_CASES")
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"error: `{options.binary}` is no program: build it with `swift build`")

    cases = [case for case in json.loads(pathlib.Path(options.cases).read_text())
             if case["db"] == "sqlite" and options.only in case["id"]]
    if not cases:
        sys.exit("error: no case was chosen")
    passed, known, failed = [], [], []
    for case in cases:
        with tempfile.TemporaryDirectory() as directory:
            try:
                Case(case, options.binary, directory).run()
                passed.append(case["id"])
            except Exception as error:  # whatever went wrong is the case's answer
                failure, cause = KNOWN.get(case["id"], (None, None))
                is_known = str(error) == failure
                (known if is_known else failed).append(case["id"])
                told = f"known: {cause}\n{error}" if is_known else str(error)
                print(f"{case['id']}\n  " + told.replace("\n", "\n  ") + "\n")
                if options.keep:
                    kept = pathlib.Path(options.keep) / case["id"].replace("/", "_")
                    shutil.copytree(directory, kept, dirs_exist_ok=True)
    recovered = [name for name in passed if name in KNOWN]
    for name in recovered:
        print(f"{name}\n  passes, and KNOWN says that it fails: take it out\n")
    print(f"{len(passed)} passed, {len(failed)} failed, {len(known)} known to fail")
    sys.exit(1 if failed or recovered else 0)


if __name__ == "__main__":
    main()
