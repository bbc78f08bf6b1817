#!/usr/bin/env python3
"""Measures the cost of the versions of a graph by its size.

Writes exported graphs: chains of features with five fields, each of which depends on all fields of the previous feature.
Runs `metaxy list features` on them and prints the milliseconds of reading and of the versions from `--timings`.

    Benchmarks/version_cost.py --binary PATH [--sizes 1000,2000,5000,10000] [--repeat 5]

Results are medians of `--repeat` runs.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

FIELDS = 5
CONFIGURATION = 'project = "benchmark"\nentrypoints = ["graph.json"]\n'


def main():
    options = arguments()
    binary = options.binary.resolve()
    print(f"versions of a chain of features with {FIELDS} fields each")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="metaxy-version-cost-") as directory:
            project = pathlib.Path(directory)
            (project / "metaxy.toml").write_text(CONFIGURATION)
            (project / "graph.json").write_text(json.dumps(chain(size)))
            runs = [measure(binary, project) for _ in range(options.repeat)]
        parts = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        print(f"  {size:6} features: " + ", ".join(f"{name} {value:.1f} ms" for name, value in parts.items()))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True, help="a release build of metaxy")
    parser.add_argument("--sizes", type=sizes, default=[1000, 2000, 5000, 10000], help="how many features there are")
    parser.add_argument("--repeat", type=int, default=5, help="how many runs to measure")
    return parser.parse_args()


def sizes(text):
    return [int(size) for size in text.split(",")]


def chain(size):
    return {
        "project": "benchmark",
        "hash_truncation_length": None,
        "features": [{"spec": spec(number), "class_path": f"Feature{number}"} for number in range(size)],
    }


def spec(number):
    fields = [{"key": [f"field{field}"], "code_version": "1", "deps": "__METAXY_ALL_DEP__"} for field in range(FIELDS)]
    before = [{"feature": [f"feature{number - 1}"], "columns": None, "rename": None}] if number else None
    return {"key": [f"feature{number}"], "id_columns": ["id"], "deps": before, "fields": fields, "metadata": {}}


def measure(binary, project):
    """Runs the command; returns milliseconds by part."""
    words = [binary, "list", "features", "--format", "json", "--timings"]
    result = subprocess.run(words, cwd=project, env=environment(), capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"error: `metaxy list features` ended with {result.returncode}\n{result.stderr}")
    return {name: float(value) for name, value in re.findall(r"^timing: (\S+) (\S+) ms$", result.stderr, re.MULTILINE)}


def environment():
    """Returns the environment variables without those that configure metaxy."""
    return {name: value for name, value in os.environ.items() if not name.startswith("METAXY_")}


if __name__ == "__main__":
    main()
