"""What Metaxy and SQLAlchemy think of the project in the working directory, whose module is `shop.features`.

    sqlalchemy_tables.py create URL        creates its tables with SQLAlchemy
    sqlalchemy_tables.py differences URL   what Alembic finds between them and a database: {"plain": […], "defaults": […]}
    sqlalchemy_tables.py versions          the versions of its features: {key: {"feature_version", "fields": {…}}}
    sqlalchemy_tables.py recorded          what Metaxy's store records of them: {key: [version, …, spec, schema]}
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # an index of expressions is not compared on SQLite, says Alembic
sys.path.insert(0, ".")

from metaxy.config import MetaxyConfig

MetaxyConfig.set(MetaxyConfig.load("metaxy.toml"))

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from shop import features
from sqlalchemy_engine import engine


def is_own(name, kind, _):
    return kind != "table" or not name.startswith(("alembic_version", "metaxy-system__", "metaxy_system__"))


def differences(url, **options):
    with engine(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_own, "include_schemas": True, **options})
        return [repr(step)[:300] for step in compare_metadata(context, METADATA)]


def versions():
    from metaxy.models.feature import FeatureGraph
    graph = FeatureGraph.get_active()
    return {
        str(key): {
            "feature_version": graph.get_feature_version(key), "fields": graph.get_feature_version_by_field(key)}
        for key in graph.feature_definitions_by_key}


def recorded():
    from metaxy.models.feature import FeatureGraph
    graph = FeatureGraph.get_active()
    return {
        key: [
            row["metaxy_feature_version"], row["metaxy_definition_version"], graph.get_project_version("shop"),
            row["feature_class_path"], json.dumps(row["feature_spec"]), json.dumps(row["feature_schema"])]
        for key, row in graph.to_snapshot(project="shop").items()}


METADATA = getattr(features, "METADATA", [features.SQLModel.metadata, features.named])
job, *rest = sys.argv[1:]
if job == "create":
    for metadata in METADATA:
        metadata.create_all(engine(rest[0]))
    answer = {}
elif job == "differences":
    # The defaults of the server are compared only where they are asked for.
    answer = {"plain": differences(*rest), "defaults": differences(*rest, compare_server_default=True)}
elif job == "recorded":
    answer = recorded()
else:
    answer = versions()
print(json.dumps(answer))
