"""Runs the tests of the engines on every version that can be had: python3 Tests/Matrix/run_matrix.py [ENGINE...]

Needs the debug build. Prints for each version how many tests passed and failed, and which were skipped and why. A version
that is not supported must be refused by the command. Ends with 1 if a test fails.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import engines

BUILD = pathlib.Path(".build/debug")
# The targets that run on each engine. Those of one engine run tests of the other too where they compare both.
TARGETS = {
    "postgresql": ["EndToEnd", "PostgreSQL", "Program", "Scenario", "Store", "System"],
    "sqlite": ["EndToEnd", "Program", "Rebuild", "SQLite", "Scenario", "Store", "System"],
}


def environment(engine: engines.Engine, directory: pathlib.Path) -> dict[str, str]:
    chosen = engine.environment(directory)
    values = {**os.environ, **chosen}
    if "PATH" in chosen:
        values["PATH"] = f"{chosen['PATH']}:{os.environ['PATH']}"
    # The tests that need what such a server does not have say so, and are listed as skipped.
    if engine.is_partial:
        values["METAXY_TEST_PARTIAL_SERVER"] = "1"
    return values


def version(dialect: str, values: dict[str, str]) -> str:
    """What the engine itself says its version is."""
    if dialect == "postgresql":
        command = ["sh", "-c", "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | tail -n 1) --version"]
        return subprocess.run(command, env=values, capture_output=True, text=True, check=True).stdout.split()[2]
    program = (
        "import ctypes; library = ctypes.CDLL('libsqlite3.so.0'); "
        "library.sqlite3_libversion.restype = ctypes.c_char_p; print(library.sqlite3_libversion().decode())"
    )
    return subprocess.run(
        [sys.executable, "-c", program], env=values, capture_output=True, text=True, check=True
    ).stdout.strip()


def refuses(values: dict[str, str]) -> bool:
    """Whether the command refuses the library, with its own words, and makes no file."""
    with tempfile.TemporaryDirectory() as directory:
        project = pathlib.Path(directory)
        metaxy = [BUILD.absolute() / "metaxy"]
        subprocess.run([*metaxy, "init"], cwd=project, env=values, check=True, capture_output=True)
        made = set(project.rglob("*"))
        run = subprocess.run([*metaxy, "upgrade"], cwd=project, env=values, capture_output=True, text=True)
        print(run.stderr.strip())
        return run.returncode == 1 and "but metaxy needs" in run.stderr and set(project.rglob("*")) == made


def table() -> str:
    """The versions as a table of Markdown, which Sources/Metaxy/Metaxy.docc/Engines.md contains."""
    dialects = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
    lines = ["| engine | version | from | tests left out |", "|---|---|---|---|"]
    for engine in engines.ENGINES:
        number = engine.name.partition("-")[2].replace("installed", "that of Debian")
        lines.append(f"| {dialects[engine.dialect]} | {number} | {engine.source} | {engine.left_out} |")
    return "\n".join(lines)


def run(engine: engines.Engine, values: dict[str, str], log: pathlib.Path, pattern: str | None) -> bool:
    targets = "|".join(TARGETS[engine.dialect])
    part, left_out = engine.lacks or ("", ())
    for test in left_out:
        print(f"  left out, the library has no {part}: {test.replace(chr(92), '')}")
    start = time.monotonic()
    with log.open("w") as output:
        code = subprocess.run(
            ["swift", "test", "--skip-build", "--filter", pattern or rf"^Metaxy({targets})Tests\."]
            + [word for test in left_out for word in ("--skip", test)],
            env=values, stdout=output, stderr=subprocess.STDOUT,
        ).returncode
    lines = log.read_text(errors="replace").splitlines()
    passed = sum(bool(re.match(r"✔ Test .* passed after", line)) for line in lines)
    failed = [line for line in lines if re.match(r"✘ Test .* failed after", line)]
    skipped = [line for line in lines if re.match(r"➜ Test .*(skipped|cancelled)|left out: ", line)]
    print(f"  {passed} passed, {len(failed)} failed, {len(skipped)} skipped in {time.monotonic() - start:.0f} s; {log}")
    for line in failed + skipped:
        print(f"  {line}")
    if code != 0 and not failed:
        print("  the run ended with an error:", *lines[-20:], sep="\n    ")
    return code == 0 and passed > 0


def main() -> None:
    names = [engine.name for engine in engines.ENGINES]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", nargs="*", help=f"one of {', '.join(names)}; default: all")
    parser.add_argument("--directory", type=pathlib.Path, default=pathlib.Path(".build-matrix"))
    parser.add_argument("--filter", help="the tests to run instead of all of the engine, as in `swift test`")
    parser.add_argument("--list", action="store_true", help="print the versions as a table, and run nothing")
    arguments = parser.parse_args()
    if arguments.list:
        print(table())
        return
    unknown = set(arguments.engine) - set(names)
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}; one of {', '.join(names)}")
    arguments.directory.mkdir(exist_ok=True)
    directory = arguments.directory.absolute()

    failures = []
    for engine in engines.ENGINES:
        if arguments.engine and engine.name not in arguments.engine:
            continue
        values = environment(engine, directory)
        print(f"{engine.name} ({version(engine.dialect, values)})", flush=True)
        if engine.is_supported:
            succeeds = run(engine, values, directory / f"{engine.name}.log", arguments.filter)
        else:
            succeeds = refuses(values)
            print("  refused" if succeeds else "  NOT refused")
        if not succeeds:
            failures.append(engine.name)
        sys.stdout.flush()
    if failures:
        sys.exit(f"\nfailed: {', '.join(failures)}")
    print("\nall passed")


if __name__ == "__main__":
    main()
