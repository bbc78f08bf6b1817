#!/usr/bin/env python3
"""Brings databases from one schema to another with the built `metaxy`, and compares catalogs.

    run_cases.py [--binary PATH] [--keep DIR] [--only TEXT] [--engine NAME] [--workers N] [--narrated] [--verify] CASES.json

CASES.json (or METAXY_CASES) is a list of {id, tier, db, kind, setup_sql, before_sql, after_sql,
column_order_not_reachable_by_alter}; `db` is `sqlite` or `postgres`. PostgreSQL runs on a server of its own. For each:

1. A is made from before_sql and B from after_sql, both after setup_sql; a project's only entrypoint is a `.sql` file that
   holds what B was made from.
2. `revision --autogenerate` and `upgrade` must bring A to the catalog of B. A `noop-equivalent` needs no operation.
3. A second `revision --autogenerate` finds nothing.
4. `downgrade base` brings the catalog of A back.
5. C, made as A was, gets the scripts of `upgrade --sql` and `downgrade --sql` from `sqlite3` or `psql`, and has the same
   catalogs.

catalog_signature.py compares the catalogs. The order of columns is not compared if columns were added or dropped, because
ALTER TABLE adds at the end, nor if the generation of a column changed on PostgreSQL, because the column is rebuilt.

A case of KNOWN is expected to fail, with the listed text in its answer. The run exits with 1 if any other case fails, or
if a known one fails with another answer or passes, so that it is removed from the list.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing in the tree that is no part of it
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from engines import ROOT, PostgreSQL, SQLite  # noqa: E402

CONFIGURATION = """\
project = "cases"
entrypoints = ["app.sql"]

[ext.sqlmodel]
enable = false

[ext.migrations]
unmanaged_tables = "drop"

[ext.migrations.stores.dev]
url = "{url}"
"""

# The cases that fail: what each says, and for what cause.
KNOWN = {
    "stripe-table-Alter-table-New-column-new-primary-key-new-FK-drop-FK-alter-column-to-nullable-alter-column-types-drop"
    "-column-drop-index-drop-check-constraints-alter-policies": (
        "`remove_column foobar.fizz` cannot be done while the row policy `some_policy_to_drop` on `foobar` depends on it",
        "a row policy that is in no `.sql` file and in no record is not managed, and PostgreSQL refuses to drop a column that"
        " it uses; dropping the policy would make hidden rows visible, so the revision is refused"),
    "sqldef-pg-constraints-DuplicateUnnamedTableCheckOneToOne": (
        "+ constraint|public.pair_values.one_pair_positive|CHECK (((a > 0) AND (b > 0))) NO INHERIT|valid=true|",
        "a check that is desired without a name keeps its live name: only explicit names are compared"),
    "sqldef-pg-indices-IndexWithUsing": (
        'operator class "gin_trgm_ops" does not exist for access method "gin"',
        "the index needs an operator class of an extension; extensions are not managed"),
    "sqlite-utils-transform-test-transform-preserves-composite-unique-constraint-1": (
        "the downgrade leads elsewhere:\n"
        "- column|memberships.email|text|0|None|pk=0|hidden=0|gen=|coll=NOCASE\n"
        "+ column|memberships.email|text|0|None|pk=0|hidden=0|gen=|coll=",
        "an error of the catalog reader of these cases: it reads the collation in the key `UNIQUE (…, email COLLATE NOCASE)`"
        " as that of the column, but only if NOCASE is not quoted, and the downgrade writes `COLLATE \"NOCASE\"`"),
}


class Failure(Exception):
    """A case that did not go as it should."""


def columns(lines):
    """The columns of each table, and what those of PostgreSQL that are generated are made of."""
    found = {}
    for line in lines:
        if line.startswith("colorder|"):
            _, table, names = line.split("|", 2)
            found[table] = set(names.split(",")) | {
                line for line in lines if line.startswith(f"column|{table}.") and "|gen=s|" in line}
    return found


def comparable(lines, other_order):
    """Without the order of columns, for the tables named."""
    return [line for line in lines if not (line.startswith("colorder|") and line.split("|")[1] in other_order)]


def differences(found, expected):
    lost = [f"- {line}" for line in expected if line not in found]
    extra = [f"+ {line}" for line in found if line not in expected]
    return lost + extra


class Case:
    def __init__(self, case, engine, binary, directory, verifies):
        self.case = case
        self.engine = engine
        self.binary = binary
        self.verifies = verifies
        self.directory = pathlib.Path(directory)
        self.a, self.b, self.c = (engine.database(self.directory, name) for name in "abc")
        self.narrated = []

    def metaxy(self, *arguments):
        result = subprocess.run(
            [self.binary, *arguments], cwd=self.directory, capture_output=True, text=True, timeout=120,
            env={"PATH": os.environ["PATH"], "HOME": str(self.directory)})
        self.narrated.append(f"$ metaxy {' '.join(arguments)}\n{result.stderr}")
        if result.returncode != 0:
            raise Failure(f"`metaxy {' '.join(arguments)}` exits with {result.returncode}\n{result.stderr.strip()}")
        return result.stdout

    def autogenerate(self):
        # The cases say with an annotation what is a rename.
        arguments = ["--format", "json", "revision", "--autogenerate", "-m", "case", "--no-rename"]
        if not self.verifies:
            arguments.append("--no-verify")
        return json.loads(self.metaxy(*arguments))["operations"]

    def signature(self, database):
        """The catalog without metaxy's own books."""
        return [line for line in self.engine.signature(database) if "alembic_version" not in line.split("|")[1]]

    def require_same(self, expected, other_order, what):
        """Returns the catalog of A, which must be the expected one."""
        found = self.signature(self.a)
        wrong = differences(comparable(found, other_order), comparable(expected, other_order))
        if wrong:
            raise Failure(f"{what}:\n" + "\n".join(wrong))
        return found

    def run_script(self, expected, *command):
        """Runs a script as an administrator would, and compares the catalog that it leaves."""
        script = self.directory / f"{command[0]}.sql"
        script.write_text(self.metaxy(*command, "--sql", "--allow-destructive"))
        failure = self.engine.run_script(self.c, script)
        if failure:
            raise Failure(f"the script of `metaxy {' '.join(command)} --sql` fails:\n{failure}")
        wrong = differences(self.signature(self.c), expected)
        if wrong:
            raise Failure(f"the script of `metaxy {' '.join(command)} --sql` leads elsewhere:\n" + "\n".join(wrong))

    def run(self):
        case = self.case
        setup, before, after = case["setup_sql"], case["before_sql"], case["after_sql"]
        try:
            self.engine.make_all({self.a: [setup, before], self.b: [setup, after], self.c: [setup, before]})
            (self.directory / "metaxy.toml").write_text(CONFIGURATION.format(url=self.engine.url(self.a)))
            (self.directory / "app.sql").write_text(f"{setup}\n{after}\n")
            (self.directory / "migrations" / "versions").mkdir(parents=True)
            self.there_and_back(self.signature(self.a), self.signature(self.b))
        finally:
            (self.directory / "narrated.txt").write_text("\n".join(self.narrated))
            self.engine.drop_all([self.a, self.b, self.c])

    def there_and_back(self, start, goal):
        old, new = columns(start), columns(goal)
        other_order = {table for table in old.keys() & new.keys() if old[table] != new[table]}
        if self.case["column_order_not_reachable_by_alter"]:
            other_order |= old.keys() | new.keys()

        operations = self.autogenerate()
        if self.case["kind"] == "noop-equivalent" and operations:
            raise Failure(f"nothing differs, and these operations were found: {operations}")
        self.metaxy("upgrade", "--allow-destructive")
        upgraded = self.require_same(goal, other_order, "the upgrade leads elsewhere")
        again = self.autogenerate()
        if again:
            raise Failure(f"a second autogenerate finds {again}")
        if operations:
            self.run_script(upgraded, "upgrade")
            self.metaxy("downgrade", "base", "--allow-destructive")
            downgraded = self.require_same(start, other_order, "the downgrade leads elsewhere")
            self.run_script(downgraded, "downgrade", "head:base")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="?", default=os.environ.get("METAXY_CASES"))
    parser.add_argument("--binary", default=str(ROOT / ".build" / "debug" / "metaxy"))
    parser.add_argument("--keep", help="a directory in which the projects of failed cases stay")
    parser.add_argument("--only", default="", help="only the cases whose id contains this text")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only the cases of this engine")
    parser.add_argument("--verify", action="store_true", help="also let metaxy prove each revision, which takes longer")
    parser.add_argument("--workers", type=int, default=2, help="how many cases are run at a time")
    parser.add_argument("--narrated", action="store_true", help="show what metaxy tells on the way")
    options = parser.parse_args()
    if not options.cases or not pathlib.Path(options.cases).is_file():
        sys.exit(
            f"error: there is no file of cases at `{options.cases}`\n"
            "hint: it is a JSON list of schema changes, collected from the tests of other tools and no part of this"
            " repository; name it, or set METAXY_CASES")
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"error: `{options.binary}` is no program: build it with `swift build`")
    return options


def run(case, engine, options):
    """How a case went (`passed`, `known` or `failed`), what is to be told of it, and how many seconds it took."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="case-") as directory:
        try:
            Case(case, engine, options.binary, directory, options.verify).run()
            answer, told = "passed", None
        except Exception as error:  # whatever went wrong is the case's answer
            failure, cause = KNOWN.get(case["id"], (None, None))
            answer = "known" if failure and failure in str(error) else "failed"
            told = f"known: {cause}\n{error}" if answer == "known" else str(error)
            if options.keep:
                kept = pathlib.Path(options.keep) / case["id"].replace("/", "_")
                shutil.copytree(directory, kept, dirs_exist_ok=True)
        if options.narrated:
            narrated = (pathlib.Path(directory) / "narrated.txt").read_text()
            told = f"{told}\n{narrated}" if told else narrated
    if answer == "passed" and case["id"] in KNOWN:
        answer, told = "failed", "passes, and KNOWN says that it fails: take it out"
    if told:
        print(f"{case['id']}\n  " + told.strip().replace("\n", "\n  ") + "\n", flush=True)
    return answer, time.monotonic() - start


def table(results):
    """How many cases of each engine and tier went how, and how long one took."""
    groups = collections.defaultdict(list)
    for case, answer, seconds in results:
        groups[case["db"], case["tier"]].append((answer, seconds))
    yield f"{'engine':<10}{'tier':<10}{'passed':>8}{'failed':>8}{'known':>8}{'mean':>9}{'longest':>9}"
    for (engine, tier), answers in sorted(groups.items()):
        counts = collections.Counter(answer for answer, _ in answers)
        times = [seconds for _, seconds in answers]
        yield (f"{engine:<10}{tier:<10}{counts['passed']:>8}{counts['failed']:>8}{counts['known']:>8}"
               f"{sum(times) / len(times):>8.2f}s{max(times):>8.2f}s")


def main():
    options = arguments()
    cases = [case for case in json.loads(pathlib.Path(options.cases).read_text())
             if options.only in case["id"] and options.engine in (None, case["db"])]
    if not cases:
        sys.exit("error: no case was chosen")
    engines = {engine.name: engine for engine in (SQLite(), PostgreSQL())
               if any(case["db"] == engine.name for case in cases)}
    started = []
    try:
        for engine in engines.values():
            engine.start()
            started.append(engine)
        with concurrent.futures.ThreadPoolExecutor(options.workers) as pool:
            results = list(pool.map(lambda case: (case, *run(case, engines[case["db"]], options)), cases))
    finally:
        for engine in started:
            engine.stop()
    print("\n".join(table(results)))
    sys.exit(1 if any(answer == "failed" for _, answer, _ in results) else 0)


if __name__ == "__main__":
    main()
