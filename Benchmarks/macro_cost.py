#!/usr/bin/env python3
"""Measures the cost of `@Feature` for the packages that use it.

Generates a package of features, one per file, runs a clean build, edits one feature and builds again. Then does the same
for plain structs with the same properties, with `Codable` and without. Prints CPU seconds (user and system, of all
processes), which depend less on the load of the machine than wall time.

    Benchmarks/macro_cost.py [--features 100] [--repeat 1] [--package DIRECTORY] [--limits 30,4]

`--limits` fails (exit code 1) if the features' clean build or edit costs more. SwiftPM's own caches are used as they are.
The dependencies of `--package` may be fetched, which is not measured.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

VARIANTS = {"features": "as features", "codable": "as Codable structs", "plain": "as plain structs"}


def main():
    options = arguments()
    rows = [(title, *measure(variant, options)) for variant, title in VARIANTS.items()]
    print(f"{options.features} types, seconds of CPU (on the clock)")
    print(f"{'':20} {'clean build':>16} {'one edit':>16}")
    for title, clean, edit in rows:
        print(f"{title:20} {shown(clean):>16} {shown(edit):>16}")
    if options.limits:
        check(rows[0], options.limits)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--features", type=int, default=100, help="how many types to generate")
    parser.add_argument("--repeat", type=int, default=1, help="the least of this many measurements counts")
    parser.add_argument("--package", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--limits", type=lambda text: [float(part) for part in text.split(",")], default=None)
    return parser.parse_args()


def shown(cost):
    return f"{cost[0]:.1f} ({cost[1]:.1f})"


def check(row, limits):
    for what, cost, limit in zip(("clean build", "one edit"), row[1:], limits):
        if cost[0] > limit:
            sys.exit(f"error: the features' {what} took {cost[0]:.1f} s of CPU, more than {limit:g} s")


def measure(variant, options):
    """Returns the costs of a clean build and of a build after one edit."""
    clean, edit = [], []
    for _ in range(options.repeat):
        with tempfile.TemporaryDirectory(prefix="metaxy-macro-cost-") as directory:
            package = pathlib.Path(directory) / "pipeline"
            generate(package, variant, options)
            run(package, "package", "resolve")
            clean.append(cost(package))
            edited = package / "Sources" / "Pipeline" / f"Feature{options.features // 2}.swift"
            edited.write_text(edited.read_text().replace("var note: String?", "var remark: String?\n  var note: String?"))
            edit.append(cost(package))
    return min(clean), min(edit)


def cost(package):
    """Builds; returns CPU seconds and wall seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run(package, "build")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), time.monotonic() - start


def run(package, *words):
    result = subprocess.run(
        ["swift", *words, "--package-path", package, "--scratch-path", package / ".build"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        sys.exit(f"error: `swift {' '.join(words)}` failed\n{result.stdout}")


def generate(package, variant, options):
    sources = package / "Sources" / "Pipeline"
    sources.mkdir(parents=True)
    (package / "Package.swift").write_text(manifest(variant, options.package.resolve()))
    if variant == "features":
        (sources / "SampleFeature.swift").write_text(BASE)
    for number in range(options.features):
        (sources / f"Feature{number}.swift").write_text(source(number, variant))


def manifest(variant, metaxy):
    uses = variant == "features"
    dependencies = f'.package(name: "metaxy", path: "{metaxy}")' if uses else ""
    products = '.product(name: "Metaxy", package: "metaxy")' if uses else ""
    return f"""\
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "pipeline",
  platforms: [.macOS(.v13)],
  dependencies: [{dependencies}],
  targets: [.target(name: "Pipeline", dependencies: [{products}])]
)
"""


BASE = """\
import Metaxy

@FeatureBase(idColumns: ["sample_id"])
protocol SampleFeature: Feature {
  var sampleId: String { get }
}
"""


def source(number, variant):
    """Returns a type with eight columns; as a feature, with up to four dependencies, two fields, an index and a check."""
    uses = variant == "features"
    upstream = sorted({number - 1, number - 2, number // 2, number // 3} - {number} - {-1, -2})
    attribute = f"""\
@Feature(
  "pipeline/stage{number % 7}/feature{number}",
  dependencies: [
{"".join(f'    .feature(Feature{other}.self, columns: ["path"], rename: ["path": "path{other}"]),{chr(10)}' for other in upstream)}  ],
  fields: [
    .field(
      "frames", codeVersion: "{number}",
      dependencies: [{", ".join(f'.fields(of: Feature{other}.self, ["frames"])' for other in upstream)}]),
    .field("audio", codeVersion: "2"),
  ],
  indexes: [.index(on: ["sample_id", "created_at"])],
  checks: [.check("height > 0")]
)
"""
    column = lambda text: f"{text} " if uses else ""
    inherited = {"features": ": SampleFeature", "codable": ": Codable, Sendable", "plain": ""}[variant]
    return f"""\
import FoundationEssentials
{"import Metaxy" if uses else ""}

/// Feature {number} of the pipeline.
{attribute if uses else ""}struct Feature{number}{inherited} {{
  /// Names the sample.
  var sampleId: String
  var path: String
  {column("@Column(type: .varchar(64), unique: true)")}var checksum: String
  {column("@Column(default: .currentTimestamp)")}var createdAt: Date
  var width: Int
  var height: Int?
  var duration: Double
  var note: String?
}}
"""


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    main()
