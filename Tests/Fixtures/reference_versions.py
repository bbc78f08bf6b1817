"""Metaxy's versions, recomputed from the rules: python3 reference_versions.py GRAPHS ANSWERS

GRAPHS holds a list of `{"project", "hash_truncation_length", "features": [{"spec"}]}`, ANSWERS becomes the list of their
versions. Nothing here knows how metaxy computes them.
"""

import hashlib
import json
import sys

EVERYTHING = "__METAXY_ALL_DEP__"


def sha(*parts):
    return hashlib.sha256("".join(parts).encode("utf-8")).hexdigest()


def versions(graph):
    length = graph["hash_truncation_length"]
    cut = lambda text: text if length is None else text[:length]
    specs = {tuple(f["spec"]["key"]): f["spec"] for f in graph["features"]}
    field_versions = {}
    waiting = list(specs)
    while waiting:
        later = []
        for key in waiting:
            deps = [tuple(d["feature"]) for d in specs[key]["deps"] or []]
            if all(d in field_versions for d in deps):
                field_versions[key] = fields_of(specs, field_versions, key, deps, cut)
            else:
                later.append(key)
        assert len(later) < len(waiting), "a circle"
        waiting = later
    features = {}
    for key, spec in specs.items():
        ordered = sorted(spec["fields"], key=lambda f: "/".join(f["key"]))
        full = sha(json.dumps(spec, sort_keys=True))
        features["/".join(key)] = {
            "feature_spec_version": full,
            "code_version": cut(sha(*("/".join(f["key"]) + f["code_version"] for f in ordered))),
            "fields": ["/".join(k) + "=" + v for k, v in field_versions[key].items()],
            "feature_version": cut(
                sha(*("/".join(f["key"]) + field_versions[key][tuple(f["key"])] for f in ordered))),
            "feature_tracking_version": cut(sha(full, graph["project"])),
        }
    snapshot = "empty"
    if specs:
        snapshot = cut(sha(*(t for k in sorted(specs) for t in ("/".join(k), features["/".join(k)]["feature_version"]))))
    return {"snapshot_version": snapshot, "features": features}


def fields_of(specs, known, key, deps, cut):
    found = {}
    for field in specs[key]["fields"]:
        parents = []
        if field["deps"] == EVERYTHING:
            parents = [(d, k) for d in deps for k in known[d]]
        else:
            for dep in field["deps"]:
                feature = tuple(dep["feature"])
                keys = known[feature] if dep["fields"] == EVERYTHING else [tuple(k) for k in dep["fields"]]
                parents += [(feature, k) for k in keys]
        parents = list(dict.fromkeys(parents))
        parents.sort(key=lambda p: "/".join(p[0]) + "." + "/".join(p[1]))
        found[tuple(field["key"])] = cut(
            sha("/".join(key), ".", "/".join(field["key"]), field["code_version"], *(known[f][k] for f, k in parents)))
    return found


with open(sys.argv[1], encoding="utf-8") as file:
    graphs = json.load(file)
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump([versions(graph) for graph in graphs], file, ensure_ascii=False)
