"""The versions that Python's Metaxy computes for a graph that `metaxy graph export` wrote: metaxy_versions.py FILE

Prints `{feature key: {"feature_version", "fields": {field key: version}}}`.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # about a configuration that is not read from a file

from metaxy import BaseFeature, FeatureDep, FeatureSpec
from metaxy.config import MetaxyConfig
from metaxy.models.feature import FeatureGraph


def register(key, specs):
    """Registers a feature, after those that it is computed from."""
    spec = specs.pop(key, None)
    if spec is None:
        return
    parents = [dependency["feature"] for dependency in spec["deps"] or []]
    for parent in parents:
        register("/".join(parent), specs)
    # The columns of a dependency are spelt otherwise in this release of Metaxy, and enter no version.
    spec = FeatureSpec(
        key=spec["key"], id_columns=spec["id_columns"], fields=spec["fields"],
        deps=[FeatureDep(feature=parent) for parent in parents])
    members = {"__module__": __name__, "__annotations__": {name: str for name in spec.id_columns}}
    type(BaseFeature)(f"Feature{len(specs)}", (BaseFeature,), members, spec=spec)


exported = json.load(open(sys.argv[1]))
length = exported["hash_truncation_length"] or 64
MetaxyConfig.set(MetaxyConfig(project=exported["project"], hash_truncation_length=length))
graph = FeatureGraph()
with graph.use():
    specs = {"/".join(feature["spec"]["key"]): feature["spec"] for feature in exported["features"]}
    for key in list(specs):
        register(key, specs)
keys = graph.feature_definitions_by_key
answer = {
    str(key): {"feature_version": graph.get_feature_version(key), "fields": graph.get_feature_version_by_field(key)}
    for key in keys
}
print(json.dumps(answer))
