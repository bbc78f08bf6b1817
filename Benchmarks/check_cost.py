#!/usr/bin/env python3
"""Measures the cost of `metaxy check` and `metaxy verify` on a package of many features.

Generates features, one per file, with columns, dependencies, an index and a check. Writes their revision and migrates a
SQLite database with it, or one on a PostgreSQL server that it starts. Then runs `metaxy check` and prints the wall time,
the CPU time (user and system), the peak memory, and the share of each part from `--timings`. Finally measures
`metaxy --version`.

    Benchmarks/check_cost.py --binary PATH [--engine sqlite|postgresql] [--features 1000] [--repeat 5] [--starts 50]
                             [--offline | --verify] [--limits check=2.0,version=0.015]

With `--offline` it measures `metaxy check --offline`, with `--verify` the proof of two revisions, `metaxy verify base:heads`:
the one that creates all tables, and one that changes a tenth of them.

Results are medians of `--repeat` runs. `--limits` fails (exit code 1) if the check takes more than that many times its
discovery, or the start more than that many seconds.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import typing

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests" / "Cases"))
from engines import PostgreSQL, SQLite  # noqa: E402

ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL}

CONFIGURATION = """\
project = "benchmark"
store = "dev"
entrypoints = ["Sources"]

[ext.sqlmodel]
enable = true

[ext.migrations.stores.dev]
url = "{url}"
"""

BASE = """\
import Metaxy

@FeatureBase(idColumns: ["sample_id"])
protocol SampleFeature: Feature {
  var sampleId: String { get }
}
"""


def main():
    options = arguments()
    binary = options.binary.resolve()
    engine = ENGINES[options.engine]()
    engine.start()
    try:
        with tempfile.TemporaryDirectory(prefix="metaxy-check-cost-") as directory:
            project = pathlib.Path(directory)
            database = engine.database(project, "main")
            engine.make(database)
            generate(project, options.features, engine.url(database))
            prepare(binary, project)
            words = ["check"]
            if options.offline:
                words = ["check", "--offline"]
            if options.verify:
                change(binary, project, options.features)
                words = ["verify", "--no-stamp", "base:heads"]
            runs = [measure(binary, project, words) for _ in range(options.repeat)]
    finally:
        engine.stop()
    start = statistics.median(starts(binary, options.starts))
    check = report(runs, options, words, start)
    if options.limits:
        enforce(options.limits, {"check": check, "version": start})


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True, help="a release build of metaxy")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="sqlite", help="what the database is on")
    parser.add_argument("--features", type=int, default=1000, help="how many features to generate")
    parser.add_argument("--repeat", type=int, default=5, help="how many checks to measure")
    parser.add_argument("--starts", type=int, default=50, help="how many starts to measure")
    measured = parser.add_mutually_exclusive_group()
    measured.add_argument("--offline", action="store_true", help="measure the check without a database")
    measured.add_argument("--verify", action="store_true", help="measure the proof of the revisions")
    parser.add_argument("--limits", type=limits, default=None)
    return parser.parse_args()


def limits(text):
    return {name: float(value) for name, value in (part.split("=") for part in text.split(","))}


def prepare(binary, project):
    """Creates the environments and a database with a table for each feature."""
    run(binary, project, "init")
    for environment in [["-c", ".metaxy/alembic-system"], []]:
        start = time.monotonic()
        run(binary, project, *environment, "revision", "--autogenerate", "--no-verify", "-m", "create tables")
        written = time.monotonic()
        run(binary, project, *environment, "upgrade")
        done = time.monotonic()
    print(f"revision --autogenerate {written - start:.2f} s, upgrade {done - written:.2f} s")


def change(binary, project, count):
    """Writes a revision that changes every tenth feature: a column more."""
    for number in range(0, count, 10):
        path = project / "Sources" / f"Feature{number}.swift"
        text = path.read_text()
        path.write_text(text.replace("  var note: String?", "  var note: String?\n  var rating: Int?"))
    run(binary, project, "revision", "--autogenerate", "--no-verify", "-m", "change tables")


def run(binary, project, *words):
    result = subprocess.run([binary, *words], cwd=project, env=environment(), capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"error: `metaxy {' '.join(words)}` ended with {result.returncode}\n{result.stderr}")
    return result.stderr


class Cost(typing.NamedTuple):
    """What a command took: wall and CPU seconds and megabytes; and what it wrote."""

    wall: float
    cpu: float
    memory: float
    output: str


def cost(command, directory, variables=None):
    """Runs a command, which must succeed; returns its cost, with that of the commands that it ran."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.monotonic()
        child = subprocess.Popen(
            command, cwd=directory, env=environment() | (variables or {}), stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if child.returncode != 0:
        sys.exit(f"error: `{' '.join(map(str, command))}` ended with {child.returncode}\n{text[-4000:]}")
    # Linux counts kilobytes, macOS bytes.
    memory = usage.ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024) / 1_000_000
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory, text)


def measure(binary, project, words):
    """Runs the command; returns wall and CPU seconds, megabytes, and seconds by part."""
    wall, cpu, memory, output = cost([binary, *words, "--timings"], project)
    parts = {}
    for name, milliseconds in re.findall(r"^timing: (\S+) (\S+) ms$", output, re.MULTILINE):
        parts[name] = parts.get(name, 0) + float(milliseconds) / 1000
    return wall, cpu, memory, parts


def starts(binary, count):
    for _ in range(count):
        start = time.monotonic()
        subprocess.run([binary, "--version"], stdout=subprocess.DEVNULL, check=True)
        yield time.monotonic() - start


def report(runs, options, words, start):
    """Prints the medians; returns the ratio of the check to its discovery, or None for the proof, which reads no features."""
    wall, cpu, memory = (statistics.median(run[index] for run in runs) for index in range(3))
    parts = {name: statistics.median(run[3][name] for run in runs) for name in runs[0][3]}
    print(f"metaxy {' '.join(words)}, {options.features} features on {options.engine}: {wall:.3f} s, {cpu:.3f} s of CPU, {memory:.0f} MB at most")
    for name, seconds in parts.items():
        print(f"  {name:14} {seconds * 1000:8.1f} ms  {seconds / wall:6.1%}")
    rest = wall - sum(parts.values())
    print(f"  {'the rest':14} {rest * 1000:8.1f} ms  {rest / wall:6.1%}")
    if "discovery" in parts:
        print(f"  {wall / parts['discovery']:.2f} times its discovery")
    print(f"metaxy --version: {start * 1000:.1f} ms")
    return wall / parts["discovery"] if "discovery" in parts else None


def enforce(limits, found):
    for name, limit in limits.items():
        if found[name] is None or found[name] > limit:
            sys.exit(f"error: {name} is {found[name]:.3g}, more than {limit:g}")


def environment():
    """Returns the environment variables without those that configure metaxy."""
    return {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}


def generate(project, count, url):
    sources = project / "Sources"
    sources.mkdir()
    (project / "metaxy.toml").write_text(CONFIGURATION.format(url=url))
    (sources / "SampleFeature.swift").write_text(BASE)
    for number in range(count):
        (sources / f"Feature{number}.swift").write_text(source(number))


def source(number):
    """Returns a feature with eight columns, up to four dependencies, two fields, an index and a check."""
    upstream = sorted({number - 1, number - 2, number // 2, number // 3} - {number} - {-1, -2})
    dependencies = "".join(
        f'    .feature(Feature{other}.self, columns: ["path"], rename: ["path": "path{other}"]),\n' for other in upstream)
    fields = ", ".join(f'.fields(of: Feature{other}.self, ["frames"])' for other in upstream)
    return f"""\
import Foundation
import Metaxy

/// Feature {number} of the pipeline.
@Feature(
  "pipeline/stage{number % 7}/feature{number}",
  dependencies: [
{dependencies}  ],
  fields: [
    .field("frames", codeVersion: "{number}", dependencies: [{fields}]),
    .field("audio", codeVersion: "2"),
  ],
  indexes: [.index(on: ["sample_id", "created_at"])],
  checks: [.check("height > 0")]
)
struct Feature{number}: SampleFeature {{
  /// Names the sample.
  var sampleId: String
  var path: String
  @Column(type: .varchar(64), unique: true) var checksum: String
  @Column(default: .currentTimestamp) var createdAt: Date
  var width: Int
  var height: Int?
  var duration: Double
  var note: String?
}}
"""


if __name__ == "__main__":
    main()
