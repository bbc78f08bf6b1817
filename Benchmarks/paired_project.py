"""The same project for both sides of the benchmark: features in Swift for metaxy, and SQLModel features for Alembic.

A feature has twelve columns of mixed types, two indexes, two fields and up to three dependencies.
"""
import shutil

import peers

CONFIGURATION = """\
project = "benchmark"
store = "dev"
entrypoints = ["Sources"]

[ext.sqlmodel]
enable = true

[ext.migrations]
generation = "0.1"

[ext.migrations.stores.dev]
url = "{url}"
"""

SWIFT_BASE = """\
import Metaxy

@FeatureBase(idColumns: ["sample_id"])
protocol SampleFeature: Feature {
  var sampleId: String { get }
}
"""

SWIFT_FEATURE = """\
import Foundation
import Metaxy

/// Feature {number} of the pipeline.
@Feature(
  "stage{stage}/feature{number}",
  dependencies: [
{dependencies}  ],
  fields: [
    .field("frames", codeVersion: "{number}", dependencies: [{fields}]),
    .field("audio", codeVersion: "2"),
  ],
  primaryKey: ["metaxy_feature_version", "sample_id", "metaxy_updated_at"],
  indexes: [.index(on: ["sample_id", "taken_at"]), .index(on: ["kind"])]
)
struct Feature{number}: SampleFeature {{
  var sampleId: String
  var path: String
  @Column(type: .varchar(64)) var checksum: String
  var kind: String
  @Column(type: .timestamp) var takenAt: Date
  var width: Int32
  var height: Int32?
  var size: Int
  var duration: Double
  var score: Double?
  var isValid: Bool
  var note: String?
{more}}}
"""

PYTHON_HEAD = """\
import datetime

import sqlalchemy as sa
from metaxy import FeatureDep, FeatureSpec, FieldDep, FieldSpec
from metaxy.ext.sqlmodel import BaseSQLModelFeature
from sqlmodel import Field, SQLModel
"""

PYTHON_FEATURE = """

class Feature{number}(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(
        key="stage{stage}/feature{number}", id_columns=["sample_id"],
        deps=[{dependencies}],
        fields=[
            FieldSpec(key="frames", code_version="{number}", deps=[{fields}]),
            FieldSpec(key="audio", code_version="2"),
        ])):
    __table_args__ = (
        sa.PrimaryKeyConstraint("metaxy_feature_version", "sample_id", "metaxy_updated_at"),
        sa.Index("ix_stage{stage}__feature{number}_sample_id_taken_at", "sample_id", "taken_at"),
        sa.Index("ix_stage{stage}__feature{number}_kind", "kind"),
    )
    sample_id: str
    path: str
    checksum: str = Field(max_length=64)
    kind: str
    taken_at: datetime.datetime = Field(sa_type=sa.DateTime())
    width: int
    height: int | None
    size: int = Field(sa_type=sa.BigInteger())
    duration: float
    score: float | None
    is_valid: bool
    note: str | None
{more}"""

ALEMBIC = """\
[alembic]
script_location = alembic
prepend_sys_path = .
"""

# With BENCHMARK_SCANS it prints how long the libraries looked at the installed packages.
PYTHON_ENVIRONMENT = """\
import importlib.metadata
import os
import time

scans = [0.0]


def timed(function):
    def scan(*arguments, **options):
        start = time.process_time()
        try:
            found = function(*arguments, **options)
            return found if isinstance(found, (dict, tuple)) else list(found)
        finally:
            scans[0] += time.process_time() - start
    return scan


if "BENCHMARK_SCANS" in os.environ:
    for name in ("distributions", "entry_points", "packages_distributions"):
        setattr(importlib.metadata, name, timed(getattr(importlib.metadata, name)))

from alembic import context
from metaxy.config import MetaxyConfig
from sqlalchemy import create_engine

MetaxyConfig.set(MetaxyConfig.load())
from features import SQLModel

with create_engine({url!r}).connect() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata)
    with context.begin_transaction():
        context.run_migrations()
if "BENCHMARK_SCANS" in os.environ:
    print("scan", scans[0])
"""

ALEMBIC_TEMPLATE = '''\
"""${message}"""
import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
'''


def upstream(number):
    return sorted({number - 1, number // 2, number // 3} - {number, -1})


def swift_feature(number, is_changed=False):
    others = upstream(number)
    return SWIFT_FEATURE.format(
        number=number, stage=number % 7,
        dependencies="".join(f"    .feature(Feature{other}.self),\n" for other in others),
        fields=", ".join(f'.fields(of: Feature{other}.self, ["frames"])' for other in others),
        more="  var rating: Int32?\n" if is_changed else "")


def python_feature(number, is_changed=False):
    others = [f"stage{other % 7}/feature{other}" for other in upstream(number)]
    return PYTHON_FEATURE.format(
        number=number, stage=number % 7,
        dependencies=", ".join(f'FeatureDep(feature="{other}")' for other in others),
        fields=", ".join(f'FieldDep(feature="{other}", fields=["frames"])' for other in others),
        more="    rating: int | None\n" if is_changed else "")


def changed(count):
    """The numbers of the features that a change of one in a hundred concerns."""
    return set(range(0, count, 100))


def write_swift(directory, count, url):
    sources = directory / "Sources"
    shutil.rmtree(sources, ignore_errors=True)
    sources.mkdir(parents=True)
    (directory / "metaxy.toml").write_text(CONFIGURATION.format(url=url))
    (sources / "SampleFeature.swift").write_text(SWIFT_BASE)
    for number in range(count):
        (sources / f"Feature{number}.swift").write_text(swift_feature(number))


def change_swift(directory, count):
    for number in changed(count):
        (directory / "Sources" / f"Feature{number}.swift").write_text(swift_feature(number, is_changed=True))


def write_python(directory, count, url):
    (directory / "alembic" / "versions").mkdir(parents=True, exist_ok=True)
    (directory / "alembic.ini").write_text(ALEMBIC)
    (directory / "metaxy.toml").write_text('project = "benchmark"\n')
    (directory / "alembic" / "script.py.mako").write_text(ALEMBIC_TEMPLATE)
    (directory / "alembic" / "env.py").write_text(PYTHON_ENVIRONMENT.format(url=peers.url(url)))
    write_features(directory, count, set())


def change_python(directory, count):
    write_features(directory, count, changed(count))


def write_features(directory, count, changes):
    (directory / "features.py").write_text(
        PYTHON_HEAD + "".join(python_feature(number, number in changes) for number in range(count)))
