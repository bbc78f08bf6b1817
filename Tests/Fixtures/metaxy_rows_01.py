"""Rows in the PostgreSQL store of Metaxy 0.1: metaxy_rows_01.py read|write|delete|push URL PREFIX.

`read` prints the latest rows of both features, and how many rows of the derived one Metaxy would compute. `write` appends rows
of the root, and those rows of the derived feature that Metaxy finds new or stale. `delete` marks a row as deleted.
`push` records the graph, and lists the projects and the project versions that the table of recorded features has.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import metaxy as mx
import narwhals as nw
import polars as pl
from metaxy.ext.postgresql import PostgreSQLMetadataStore
from metaxy.metadata_store.system import FEATURE_VERSIONS_KEY, SystemTableStorage
from psycopg.conninfo import conninfo_to_dict

# The project of the classes of this module; without it their project is the name of the module.
__metaxy_project__ = "samples"
mx.init(mx.MetaxyConfig(project="samples"))


class Sample(
    mx.BaseFeature,
    spec=mx.FeatureSpec(key="a", id_columns=["id"], fields=[mx.FieldSpec(key="x"), mx.FieldSpec(key="y")])):
    id: str
    path: str


class Score(
    mx.BaseFeature,
    spec=mx.FeatureSpec(
        key="b", id_columns=["id"], deps=[mx.FeatureDep(feature="a")],
        fields=[mx.FieldSpec(key="x", code_version="1"), mx.FieldSpec(key="y", code_version="2")])):
    id: str
    value: float | None = None


SYSTEM = [
    "metaxy_provenance_by_field", "metaxy_provenance", "metaxy_data_version_by_field", "metaxy_data_version"]


def plain(value):
    return value if value is None or isinstance(value, (str, int, float, dict)) else value.isoformat()


def rows(store, feature):
    frame = store.read(feature).collect().to_polars().sort("id")
    return [{name: plain(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]


def read(store):
    update = store.resolve_update(Score)
    return {
        "a": rows(store, Sample), "b": rows(store, Score),
        "update": {"new": len(update.new), "stale": len(update.stale), "orphaned": len(update.orphaned)}}


def write(store):
    given = [{"x": "other", "y": "y1"}, {"x": "x3", "y": "y3"}]
    samples = pl.DataFrame(
        {"id": ["1", "3"], "path": ["/1", "/3"], "metaxy_provenance_by_field": given},
        schema_overrides={"metaxy_provenance_by_field": pl.Struct({"x": pl.String, "y": pl.String})})
    store.write(Sample, samples, materialization_id="python")
    update = store.resolve_update(Score)
    for frame in (update.new, update.stale):
        if len(frame):
            scores = frame.to_polars().select("id", *SYSTEM).with_columns(pl.lit(0.5).alias("value"))
            store.write(Score, scores)
    return read(store)


def delete(store):
    store.delete(Score, filters=nw.col("id") == "2", soft=True)
    return read(store)


def push(store):
    storage = SystemTableStorage(store)
    storage.push_graph_snapshot()
    recorded = storage._read_system_metadata(FEATURE_VERSIONS_KEY).collect().to_polars()
    return {"projects": sorted(set(recorded["project"])), "versions": sorted(set(recorded["metaxy_project_version"]))}


job, url, prefix = sys.argv[1:]
# Ibis does not read a URL with the path of a socket.
parameters = conninfo_to_dict(url)
parameters["database"] = parameters.pop("dbname")
store = PostgreSQLMetadataStore(connection_params=parameters, table_prefix=prefix or None)
with store.open("w"):
    print(json.dumps({"read": read, "write": write, "delete": delete, "push": push}[job](store)))
