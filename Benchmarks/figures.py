#!/usr/bin/env python3
"""Prints the figures of the source tree: sizes, access, documentation, casts, folders, what a program compiles.

    python3 Benchmarks/figures.py [--tree DIR] [--json]
    python3 Benchmarks/figures.py --measure [--tree DIR]

`--measure` also builds and runs: CPU and wall time of the first build of `make demo` (in a separate scratch path, removed
afterwards), and the sizes of the products. Times depend on the machine; compare two trees in one session.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PRODUCTS = {"Metaxy", "MetaxyFeatures", "MetaxyStore", "MetaxyErrors"}


def sources(tree: Path) -> list[Path]:
    return sorted((tree / "Sources").rglob("*.swift"))


def blanked(text: str) -> str:
    """Returns the text with comments and the contents of strings replaced by spaces; keeps line breaks."""
    out = []
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|#*"""(?:.*?)"""#*|"(?:\\.|[^"\\\n])*"', re.S
    )
    last = 0
    for match in pattern.finditer(text):
        out.append(text[last : match.start()])
        out.append(re.sub(r"[^\n]", " ", match.group()))
        last = match.end()
    out.append(text[last:])
    return "".join(out)


def function_lengths(text: str) -> list[int]:
    """Returns the number of lines of each function, initialiser and computed property with a body."""
    code = blanked(text)
    lengths = []
    for match in re.finditer(r"\b(?:func\s+\S+|init[?!]?\s*[(<]|deinit\b|subscript\s*[(<])", code):
        depth = 0
        index = match.end()
        while index < len(code):
            character = code[index]
            if character == "{":
                break
            if character in "\n" and depth == 0 and re.match(r"\n\s*(?:\}|///|\n|package |public |private |func |var |let |init)", code[index:]):
                index = -1
                break
            if character == "(":
                depth += 1
            elif character == ")":
                depth -= 1
            index += 1
        if index < 0 or index >= len(code):
            continue
        start = match.start()
        depth = 0
        while index < len(code):
            if code[index] == "{":
                depth += 1
            elif code[index] == "}":
                depth -= 1
                if depth == 0:
                    break
            index += 1
        lengths.append(code.count("\n", start, index) + 1)
    return lengths


def public_names(files: list[Path]) -> tuple[int, int]:
    """Returns the number of public declarations and the number of those with a documentation comment."""
    declaration = re.compile(
        r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s+(?:(?:static|final|nonisolated|mutating|indirect|internal\(set\)|private\(set\))\s+)*"
        r"(?:struct|enum|class|actor|protocol|func|var|let|init|subscript|typealias|macro)\b"
    )
    total = documented = 0
    for file in files:
        lines = file.read_text().split("\n")
        for number, line in enumerate(lines):
            if not declaration.match(line):
                continue
            total += 1
            above = number - 1
            while above >= 0 and lines[above].strip().startswith("@"):
                above -= 1
            documented += above >= 0 and lines[above].strip().startswith("///")
    return total, documented


def operation_casts(tree: Path, files: list[Path]) -> int:
    """Returns the number of casts to operations and type tests: `as? AddColumn`, `case is CreateIndex`, `as CreateTable`."""
    folder = tree / "Sources/MetaxySchema/Operations"
    names = set()
    for file in folder.rglob("*.swift"):
        names |= set(re.findall(r"(?:public|package) struct (\w+): (?:MigrationOperation|OperationPayload)\b", file.read_text()))
        names |= set(re.findall(r"case \w+\((\w+)\)", file.read_text())) if file.stem == "MigrationOperation" else set()
    cast = re.compile(r"\b(?:as[?!]?|is)\s+(?:any\s+)?(?:%s)\b" % "|".join(sorted(names) or ["_none_"]))
    return sum(len(cast.findall(blanked(file.read_text()))) for file in files)


def described(tree: Path) -> dict:
    with tempfile.TemporaryDirectory(prefix="metaxy-figures-") as scratch:
        answer = subprocess.run(
            ["swift", "package", "--package-path", str(tree), "--scratch-path", scratch, "dump-package"],
            capture_output=True, text=True, check=True,
        )
    return json.loads(answer.stdout)


def closure(package: dict, names: list[str]) -> tuple[set[str], set[str]]:
    """Returns the package's targets and the external packages that these targets are built from."""
    targets = {target["name"]: target for target in package["targets"]}
    found, outside, open_names = set(), set(), list(names)
    while open_names:
        name = open_names.pop()
        if name in found or name not in targets:
            continue
        found.add(name)
        for dependency in targets[name]["dependencies"]:
            if "byName" in dependency:
                open_names.append(dependency["byName"][0])
            elif "target" in dependency:
                open_names.append(dependency["target"][0])
            elif "product" in dependency:
                outside.add(dependency["product"][1] or dependency["product"][0])
    return found, outside


def lines_of(tree: Path, package: dict, names: set[str]) -> int:
    count = 0
    for target in package["targets"]:
        if target["name"] in names:
            folder = tree / (target.get("path") or f"Sources/{target['name']}")
            count += sum(len(file.read_text().splitlines()) for file in folder.rglob("*.swift"))
    return count


def static_figures(tree: Path) -> dict:
    files = sources(tree)
    functions = sorted(length for file in files for length in function_lengths(file.read_text()))
    file_lines = sorted(len(file.read_text().splitlines()) for file in files)
    folders: dict[Path, int] = {}
    for root in ("Sources", "Tests"):
        for file in (tree / root).rglob("*.swift"):
            folders[file.parent] = folders.get(file.parent, 0) + 1
    package = described(tree)
    store, outside = closure(package, ["Metaxy", "MetaxyStore"])
    total, documented = public_names(files)
    product_files = [file for file in files if file.relative_to(tree / "Sources").parts[0] in PRODUCTS]
    product_total, product_documented = public_names(product_files)
    percentile = lambda values, share: values[min(len(values) - 1, int(len(values) * share))]
    return {
        "source files": len(files),
        "source lines": sum(file_lines),
        "lines per file (median / p90 / max)": [statistics.median(file_lines), percentile(file_lines, 0.9), file_lines[-1]],
        "lines per function (median / p90 / max)": [statistics.median(functions), percentile(functions, 0.9), functions[-1]],
        "largest folder (Swift files)": max((count, str(folder.relative_to(tree))) for folder, count in folders.items()),
        "folders over 25 Swift files": sum(count > 25 for count in folders.values()),
        "public names": total,
        "public names documented (%)": round(100 * documented / max(total, 1)),
        "public names of the products": product_total,
        "of these documented (%)": round(100 * product_documented / max(product_total, 1)),
        "casts on operations": operation_casts(tree, files),
        "lines compiled for Metaxy + MetaxyStore": lines_of(tree, package, store),
        "targets compiled for Metaxy + MetaxyStore": len(store),
        "packages from outside for Metaxy + MetaxyStore": sorted(outside),
    }


def measured_figures(tree: Path) -> dict:
    figures = {}
    with tempfile.TemporaryDirectory(prefix="metaxy-figures-", dir=tree) as scratch:
        build = ["swift", "build", "--package-path", str(tree), "--scratch-path", scratch]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        for product in ("metaxy", "ExampleProgram"):
            subprocess.run(build + ["--product", product], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        figures["first build of make demo (s)"] = round(time.monotonic() - start, 1)
        figures["first build of make demo (CPU s)"] = round(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1
        )
        figures["debug binary (MB)"] = round(os.path.getsize(Path(scratch) / "debug/metaxy") / 1e6, 1)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--measure", action="store_true", help="also build, and measure that")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not shutil.which("swift"):
        sys.exit("error: `swift` is not installed")
    tree = options.tree.resolve()
    figures = static_figures(tree)
    if options.measure:
        figures |= measured_figures(tree)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        text = " / ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        print(f"{name:<50} {text}")


if __name__ == "__main__":
    main()
