#!/usr/bin/env python3
"""Measures what commands about the history cost, against its size: a trunk with branches that leave it.

    history_cost.py --binary METAXY [--sizes 100,1000,10000] [--branches 50] [--limit SECONDS]

For each size it writes a project of that many revisions, half of them on the trunk and half on branches, stamps a SQLite
database in the middle of the trunk, and prints the best of three runs of `history`, `heads`, `current`, `status` and `upgrade
+1`. With --limit it fails if one of them takes longer.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

COMMANDS = [["history"], ["heads"], ["current"], ["status"], ["upgrade", "+1"]]


def write_project(root, count, branches):
    """Writes the revisions t0, t1, … of the trunk and b0_0, b0_1, … of the branches; returns a revision of the trunk in the
    middle that no branch leaves."""
    versions = os.path.join(root, "migrations", "versions")
    os.makedirs(versions)
    with open(os.path.join(root, "metaxy.toml"), "w") as file:
        file.write(
            'store = "dev"\nentrypoints = ["app.sql"]\n\n[ext.sqlmodel]\nenable = false\n\n'
            '[ext.migrations.stores.dev]\nurl = "sqlite:///metaxy.db"\n')

    with open(os.path.join(root, "app.sql"), "w") as file:
        file.write("CREATE TABLE app (id INTEGER PRIMARY KEY);\n")

    def write(name, parent):
        with open(os.path.join(versions, f"{name}.sql"), "w") as file:
            file.write(
                f"-- revision {name}\n--\n-- Revision: {name}\n-- Revises: {parent}\n\n"
                f"-- metaxy:upgrade\nCREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT);\n\n"
                f"-- metaxy:downgrade\nDROP TABLE {name};\n")

    trunk = count // 2
    for index in range(trunk):
        write(f"t{index}", f"t{index - 1}" if index else "")
    step = trunk // branches
    for branch in range(branches):
        parent = f"t{branch * step}"
        for index in range((count - trunk) // branches):
            name = f"b{branch}_{index}"
            write(name, parent)
            parent = name
    middle = step * (branches // 2) + step // 2
    return f"t{middle}"


def run(binary, root, arguments):
    start = time.perf_counter()
    done = subprocess.run([binary, "-q", *arguments], cwd=root, capture_output=True, text=True)
    elapsed = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"`metaxy {' '.join(arguments)}` failed: {done.stderr}")
    return elapsed


def measure(binary, count, branches):
    with tempfile.TemporaryDirectory() as root:
        middle = write_project(root, count, branches)
        run(binary, root, ["stamp", middle])
        return [min(run(binary, root, command) for _ in range(3)) for command in COMMANDS]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--branches", type=int, default=50)
    parser.add_argument("--limit", type=float)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{'revisions':>10}  {'branches':>8}  " + "  ".join(f"{' '.join(command):>10}" for command in COMMANDS))
    slowest = 0.0
    for size in sizes:
        branches = min(options.branches, size // 20)
        seconds = measure(os.path.abspath(options.binary), size, branches)
        slowest = max(slowest, *seconds)
        print(f"{size:>10}  {branches:>8}  " + "  ".join(f"{value:>9.2f}s" for value in seconds), flush=True)
    if options.limit is not None and slowest > options.limit:
        sys.exit(f"the slowest command took {slowest:.2f} s, more than {options.limit} s")


if __name__ == "__main__":
    main()
