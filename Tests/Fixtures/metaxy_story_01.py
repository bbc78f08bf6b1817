"""A pipeline of two levels in the PostgreSQL store of Metaxy 0.1, in its own tables: metaxy_story_01.py URL COUNT.

Samples are ingested and derived. Then one percent changes and one percent is deleted. Prints what Metaxy finds downstream,
level by level, and the hashes of the rows at the end.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import metaxy as mx
import narwhals as nw
import polars as pl
from metaxy.ext.postgresql import PostgreSQLMetadataStore
from psycopg.conninfo import conninfo_to_dict


class Sample(mx.BaseFeature, spec=mx.FeatureSpec(key="a", id_columns=["id"], fields=[mx.FieldSpec(key="x")])):
    id: str


class Score(
    mx.BaseFeature,
    spec=mx.FeatureSpec(
        key="b", id_columns=["id"], deps=[mx.FeatureDep(feature="a")], fields=[mx.FieldSpec(key="x", code_version="1")])):
    id: str


class Rank(
    mx.BaseFeature,
    spec=mx.FeatureSpec(
        key="c", id_columns=["id"], deps=[mx.FeatureDep(feature="b")], fields=[mx.FieldSpec(key="x", code_version="1")])):
    id: str


SYSTEM = [
    "metaxy_provenance_by_field", "metaxy_provenance", "metaxy_data_version_by_field", "metaxy_data_version"]


def ids(frame):
    return sorted(frame.to_polars()["id"].to_list())


def ingest(store, hashes):
    frame = pl.DataFrame(
        {"id": list(hashes), "metaxy_provenance_by_field": [{"x": text} for text in hashes.values()]},
        schema_overrides={"metaxy_provenance_by_field": pl.Struct({"x": pl.String})})
    store.write(Sample, frame)


def follow(store, feature):
    """Writes what is new and stale, deletes what is orphaned, and returns the three sets."""
    update = store.resolve_update(feature)
    found = {"new": ids(update.new), "changed": ids(update.stale), "orphaned": ids(update.orphaned)}
    for frame in (update.new, update.stale):
        if len(frame):
            store.write(feature, frame.to_polars().select("id", *SYSTEM))
    if found["orphaned"]:
        store.delete(feature, filters=nw.col("id").is_in(found["orphaned"]), soft=True)
    return found


def story(store, count):
    every = [f"s{number}" for number in range(count)]
    ingest(store, {id: f"first-{id}" for id in every})
    for feature in (Score, Rank):
        assert len(follow(store, feature)["new"]) == count
    changed, gone = every[::100], every[50::100]
    ingest(store, {id: f"second-{id}" for id in changed})
    store.delete(Sample, filters=nw.col("id").is_in(gone), soft=True)
    found = {"b": follow(store, Score), "c": follow(store, Rank)}
    found["after"] = [follow(store, feature) for feature in (Score, Rank)]
    rows = store.read(Rank).collect().to_polars()
    found["hashes"] = dict(zip(rows["id"].to_list(), rows["metaxy_provenance"].to_list()))
    found["history"] = len(store.read(Rank, with_sample_history=True).collect())
    return found


url, count = sys.argv[1:]
# Ibis does not read a URL with the path of a socket.
parameters = conninfo_to_dict(url)
parameters["database"] = parameters.pop("dbname")
store = PostgreSQLMetadataStore(connection_params=parameters, auto_create_tables=True)
mx.init(mx.MetaxyConfig(project="samples"))
with store.open("w"):
    print(json.dumps(story(store, int(count))))
