"""The system rows that the store of Metaxy's first releases writes and reads: metaxy_seed_store.py read|write URL …

`read` prints the rows of both system tables, and whether Metaxy can reconstruct each snapshot. `write PROJECT SPEC` adds a
snapshot `python` and events, with the values that are hard to hold. These releases are not in the package index: where
Metaxy itself is not installed, the calls of its store to Ibis are made directly.
"""

import json
import sys
import warnings
from datetime import datetime, timezone

warnings.simplefilter("ignore")

import ibis
import narwhals as nw
import polars as pl

try:
    from metaxy.metadata_store.ibis import IbisMetadataStore
    from metaxy.metadata_store.system_tables import (
        FEATURE_VERSIONS_KEY, FEATURE_VERSIONS_SCHEMA, MIGRATION_EVENTS_KEY, MIGRATION_EVENTS_SCHEMA, SystemTableStorage)
    from metaxy.models.feature import FeatureGraph
except ImportError:
    IbisMetadataStore = None
    text = pl.String
    FEATURE_VERSIONS_SCHEMA = {
        "project": text, "feature_key": text, "feature_version": text, "feature_spec_version": text,
        "feature_tracking_version": text, "recorded_at": pl.Datetime("us"), "feature_spec": text,
        "feature_class_path": text, "snapshot_version": text}
    MIGRATION_EVENTS_SCHEMA = {
        "project": text, "migration_id": text, "event_type": text, "timestamp": pl.Datetime("us"), "feature_key": text,
        "rows_affected": pl.Int64, "error_message": text}
    FEATURE_VERSIONS_KEY = "metaxy-system__feature_versions"
    MIGRATION_EVENTS_KEY = "metaxy-system__migration_events"


class IbisCalls:
    """The calls of Metaxy's store to Ibis."""

    def __init__(self, backend, connection_params, hash_algorithm=None):
        self.conn = getattr(ibis, backend).connect(**connection_params)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def _write_metadata_impl(self, name, frame):
        self.conn.insert(name, obj=frame)

    def read_metadata_in_store(self, name):
        return nw.from_native(self.conn.table(name), eager_only=False)


def opened(url):
    if url.startswith("sqlite"):
        arguments = {"backend": "sqlite", "connection_params": {"database": url.removeprefix("sqlite:///")}}
    else:
        from psycopg.conninfo import conninfo_to_dict

        words = conninfo_to_dict(url)
        words["database"] = words.pop("dbname")
        arguments = {"backend": "postgres", "connection_params": words}
    if IbisMetadataStore is None:
        return IbisCalls(**arguments)
    from metaxy.data_versioning.hash_algorithms import HashAlgorithm

    return IbisMetadataStore(hash_algorithm=HashAlgorithm.MD5, **arguments)


def rows(store, key):
    frame = store.read_metadata_in_store(key).collect().to_polars()
    return [{name: plain(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]


def plain(value):
    if not isinstance(value, datetime):
        return value
    value = value.astimezone(timezone.utc) if value.tzinfo else value
    return value.strftime("%Y-%m-%d %H:%M:%S.%f")


def reconstructed(store, snapshot):
    """Whether Metaxy can reconstruct a snapshot; without Metaxy, by its rule of splitting class paths.

    That a class cannot be imported does not matter: Metaxy then compares versions alone.
    """
    found = [row for row in rows(store, FEATURE_VERSIONS_KEY) if row["snapshot_version"] == snapshot]
    try:
        if IbisMetadataStore is None:
            for row in found:
                _, _ = row["feature_class_path"].rsplit(".", 1)
        else:
            # Metaxy validates specs by a class that takes no other ID column.
            FeatureGraph.from_snapshot({
                row["feature_key"]: row | {"feature_spec": json.loads(row["feature_spec"]) | {"id_columns": ["sample_uid"]}}
                for row in found})
    except ImportError:
        return True
    except ValueError:  # which Metaxy takes for a snapshot that does not exist
        return False
    return True


def events(project):
    yield "started", "", 0, ""
    yield "feature_started", "forms/stored", 0, ""
    yield "feature_completed", "forms/stored", 2**63 - 1, ""
    yield "feature_completed", "forms/stored", 2**31, "it's \"full\"\n\té \U0001F4BE \\ %s " + "x" * 100_000
    yield "failed", "", 0, "null"
    yield "completed", "", 0, ""


def write(store, project, spec):
    # Metaxy truncates no time, and passes one of UTC without its zone.
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    record = {
        "project": project, "feature_key": "forms/stored", "feature_version": "v" * 64, "feature_spec_version": "s",
        "feature_tracking_version": "", "recorded_at": now, "feature_spec": spec,
        "feature_class_path": "forms.features.StoredForms", "snapshot_version": "python"}
    store._write_metadata_impl(FEATURE_VERSIONS_KEY, pl.DataFrame([record], schema=FEATURE_VERSIONS_SCHEMA))
    for type, key, count, error in events(project):
        if IbisMetadataStore is not None:
            SystemTableStorage(store).write_event("m1", type, project, key, count, error)
            continue
        row = {
            "project": [project], "migration_id": ["m1"], "event_type": [type], "timestamp": [datetime.now(timezone.utc)],
            "feature_key": [key], "rows_affected": [count], "error_message": [error]}
        store._write_metadata_impl(MIGRATION_EVENTS_KEY, pl.DataFrame(row, schema=MIGRATION_EVENTS_SCHEMA))
    return {"recorded_at": plain(now)}


job, url, *arguments = sys.argv[1:]
with opened(url) as store:
    if job == "write":
        answer = write(store, *arguments)
    else:
        features = rows(store, FEATURE_VERSIONS_KEY)
        snapshots = {row["snapshot_version"] for row in features}
        answer = {
            "metaxy": IbisMetadataStore is not None, "features": features, "events": rows(store, MIGRATION_EVENTS_KEY),
            "snapshots": {name: reconstructed(store, name) for name in snapshots}}
print(json.dumps(answer))
