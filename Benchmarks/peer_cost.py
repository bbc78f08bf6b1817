#!/usr/bin/env python3
"""Measures metaxy beside SQLModel, Alembic and Metaxy for Python on the same features, and writes RESULTS.md.

For each size both sides get the same project: features of twelve columns, two indexes and dependencies. They take turns at
each step: a revision for an empty database, its upgrade, a check without a change, a revision for a change of one feature in a
hundred. Then come our own sizes, a history of many revisions (see `upgrade_cost.py`), the start, and the floors: the same
SQL in the engine's own client, the catalog read by it, the files read by `cat`.

    Benchmarks/peer_cost.py --binary PATH [--sizes 10,100,1000] [--own 100,300,1000,3000,10000] [--repeat 3]
                            [--engines sqlite,postgresql] [--revisions 1000] [--python PATH]
                            [--results Benchmarks/RESULTS.md]

Figures are medians of `--repeat` runs, of one run where a run of the peer takes more than 20 seconds. Times are CPU times, user
and system, of the process; on PostgreSQL that of the server is in neither. Memory is the largest resident set. The peer's time
includes its look at the installed packages, which the results list apart. Revisions are written with `--no-verify`; the time of
`verify` is a line of its own.
"""
import argparse
import datetime
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import check_cost
import paired_project
import peers
import results
import upgrade_cost
from check_cost import ENGINES

PACKAGES = ["metaxy>=0.1,<0.2", "sqlmodel", "alembic", "psycopg[binary]"]


def main():
    options = arguments()
    found = results.Results(versions(options.binary))
    with tempfile.TemporaryDirectory(prefix="metaxy-peer-cost-") as place:
        place = pathlib.Path(place)
        # The server's account reads the scripts.
        place.chmod(0o755)
        python = options.python or peers.install(place, "Metaxy", *PACKAGES)
        if python is None:
            return
        found.versions["peer"] = ", ".join(
            f"{name} {version}" for name, version in peers.versions(python, "metaxy", "sqlmodel", "alembic", "sqlalchemy").items())
        found.start = statistics.median(check_cost.starts(options.binary, 50))
        for name in options.engines:
            engine = ENGINES[name]()
            engine.start()
            try:
                for size in options.sizes:
                    print(f"{size} features on {name}", flush=True)
                    found.add(name, size, Pair(place / f"{name}_{size}", engine, size, options, python).measure())
                for size in options.own:
                    print(f"{size} features on {name}, metaxy alone", flush=True)
                    found.add_own(name, size, Own(place / f"{name}_{size}_own", engine, size, options).measure())
                found.histories[name] = history(engine, place, python, options)
            finally:
                engine.stop()
                # What is measured stays, whatever comes after it.
                if options.results:
                    options.results.write_text(found.text())
    print(found.text())


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--sizes", type=sizes, default=[10, 100, 1000])
    parser.add_argument("--own", type=sizes, default=[100, 300, 1000, 3000, 10000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--revisions", type=int, default=1000)
    parser.add_argument("--python", help="an interpreter that has the peer's packages; without it they are installed")
    parser.add_argument("--results", type=pathlib.Path)
    return parser.parse_args()


def sizes(text):
    return [int(size) for size in text.split(",") if size]


def versions(binary):
    """The machine, the day, and the versions of what is not the peer's."""
    processor = platform.processor()
    if os.path.exists("/proc/cpuinfo"):
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    return {
        "date": f"{datetime.date.today()}",
        "machine": f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "metaxy": subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.strip(),
        "Python": platform.python_version(),
        "SQLite": first_word(["sqlite3", "--version"]),
        "PostgreSQL": first_word(["psql", "--version"], 2),
    }


def first_word(command, place=0):
    run = subprocess.run(command, capture_output=True, text=True)
    return run.stdout.split()[place] if run.returncode == 0 else "none"


class Side:
    """One of the tools on a database of its own: runs its commands, and measures them."""

    def __init__(self, directory, engine, url):
        self.directory, self.engine, self.url = directory, engine, url

    def cost(self, *command, variables=None):
        return check_cost.cost(command, self.directory, variables)


class Metaxy(Side):
    def __init__(self, directory, engine, url, size, binary):
        super().__init__(directory, engine, url)
        self.binary, self.size = binary, size
        directory.mkdir(parents=True)
        paired_project.write_swift(directory, size, url)
        self.cost(binary, "init")
        for words in ["revision", "--autogenerate", "--no-verify"], ["upgrade"]:
            self.cost(binary, "-q", "-c", ".metaxy/alembic-system", *words)

    def revision(self):
        return self.cost(self.binary, "-q", "revision", "--autogenerate", "--no-verify", "-m", "change")

    def upgrade(self):
        return self.cost(self.binary, "-q", "upgrade")

    def check(self):
        # Both environments are compared; the peer has no system tables.
        return self.cost(self.binary, "-q", "check")

    def verify(self):
        return self.cost(self.binary, "-q", "verify", "--no-stamp", "base:heads")

    def script(self):
        path = self.directory / "upgrade.sql"
        with path.open("w") as output:
            subprocess.run([self.binary, "-q", "upgrade", "--sql", "base:heads"], cwd=self.directory, stdout=output, check=True)
        return path

    def change(self):
        paired_project.change_swift(self.directory, self.size)

    def forget_revisions(self):
        for path in (self.directory / "migrations" / "versions").glob("*"):
            path.unlink()

    def forget_cache(self):
        shutil.rmtree(self.directory / ".metaxy" / "cache", ignore_errors=True)


class Alembic(Side):
    def __init__(self, directory, engine, url, size, python):
        super().__init__(directory, engine, url)
        self.python, self.size = python, size
        directory.mkdir(parents=True)
        paired_project.write_python(directory, size, url)

    def run(self, *words, variables=None):
        return self.cost(self.python, "-m", "alembic", *words, variables=variables)

    def revision(self):
        return self.run("revision", "--autogenerate", "-m", "change")

    def upgrade(self):
        return self.run("upgrade", "head")

    def check(self):
        return self.run("check")

    def scan(self):
        output = self.run("check", variables={"BENCHMARK_SCANS": "1"}).output
        return float(re.search(r"^scan (\S+)$", output, re.MULTILINE)[1])

    def change(self):
        paired_project.change_python(self.directory, self.size)

    def forget_revisions(self):
        for path in (self.directory / "alembic" / "versions").glob("*.py"):
            path.unlink()


class Own:
    """The steps of metaxy alone."""

    def __init__(self, directory, engine, size, options):
        self.directory, self.engine, self.size, self.options = directory, engine, size, options
        self.metaxy = Metaxy(directory / "ours", engine, self.make("ours"), size, options.binary)

    def make(self, side):
        self.directory.mkdir(parents=True, exist_ok=True)
        database = self.engine.database(self.directory, side)
        self.engine.make(database)
        return self.engine.url(database)

    def measure(self):
        """Returns the costs of each step."""
        steps = {"autogenerate, first run": [self.first()]}
        steps["autogenerate"] = self.repeated(self.metaxy, before=self.metaxy.forget_revisions)
        steps["upgrade"] = [self.metaxy.upgrade()]
        steps["check"] = self.repeated(self.metaxy, "check")
        shutil.rmtree(self.directory)
        return steps

    def first(self):
        self.metaxy.forget_cache()
        return self.metaxy.revision()

    def repeated(self, side, step="revision", before=lambda: None):
        costs = []
        for _ in range(self.options.repeat):
            before()
            costs.append(getattr(side, step)())
            if costs[0].cpu > 20:
                break
        return costs


class Pair(Own):
    """The steps of both sides, in turn, and the floors."""

    def __init__(self, directory, engine, size, options, python):
        super().__init__(directory, engine, size, options)
        self.alembic = Alembic(directory / "theirs", engine, self.make("theirs"), size, python)

    def measure(self):
        steps = {"read the files (`cat`)": {"floor": [self.cat()]}}
        first = {"metaxy": [self.first()]}
        sides = {"metaxy": self.metaxy, "peer": self.alembic}
        steps["autogenerate"] = {
            name: self.repeated(side, before=side.forget_revisions) for name, side in sides.items()}
        steps["autogenerate, first run"] = first | {"peer": steps["autogenerate"]["peer"]}
        steps["upgrade"] = {name: [side.upgrade()] for name, side in sides.items()}
        steps["upgrade"]["floor"] = [self.client(self.metaxy.script())]
        steps["check"] = {name: self.repeated(side, "check") for name, side in sides.items()}
        steps["check"]["floor"] = [self.catalog()]
        steps["scan of installed packages"] = {"peer": [check_cost.Cost(0, self.alembic.scan(), 0, "")]}
        for side in sides.values():
            side.change()
        steps["autogenerate, 1 % changed"] = {name: [side.revision()] for name, side in sides.items()}
        steps["verify"] = {"metaxy": [self.metaxy.verify()]}
        shutil.rmtree(self.directory)
        return steps

    def cat(self):
        return check_cost.cost(["sh", "-c", "cat Sources/*"], self.metaxy.directory)

    def client(self, script):
        """Runs the script of the upgrade in the engine's own client, on an empty database."""
        database = self.engine.database(self.directory, "floor")
        self.engine.make(database)
        return check_cost.cost(peers.client(self.engine, database, script), self.directory)

    def catalog(self):
        """Reads the columns of all tables with the engine's own client."""
        database = self.engine.database(self.directory, "ours")
        script = self.directory / "catalog.sql"
        script.write_text(peers.CATALOG[self.engine.name])
        return check_cost.cost(peers.client(self.engine, database, script), self.directory)


def history(engine, place, python, options):
    steps = argparse.Namespace(binary=options.binary, repeat=options.repeat)
    revisions = list(upgrade_cost.revisions(options.revisions))
    place = place / f"history_{engine.name}"
    place.mkdir()
    upgrade_cost.write_metaxy_revisions(place, revisions)
    upgrade_cost.write_alembic_revisions(place, revisions)
    print(f"{options.revisions} revisions on {engine.name}", flush=True)
    return options.revisions, upgrade_cost.measure(engine, place, python, revisions, steps)


if __name__ == "__main__":
    main()
