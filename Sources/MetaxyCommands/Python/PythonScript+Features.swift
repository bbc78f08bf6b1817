extension PythonScript {
  /// The registered features, in the form of exported graphs.
  static let features = #"""
    class Places:
        """Where classes and their members are written."""

        def __init__(self, inputs):
            self.inputs, self.trees = inputs, {}

        def file(self, module):
            path = getattr(sys.modules.get(module), "__file__", None)
            return os.path.abspath(path) if isinstance(path, str) else None

        def tree(self, path):
            if path not in self.trees:
                try:
                    with open(path, "rb") as file:
                        self.trees[path] = ast.parse(file.read())
                except (OSError, SyntaxError, ValueError):
                    self.trees[path] = ast.Module(body=[], type_ignores=[])
            return self.trees[path]

        def node(self, kind):
            path = self.file(kind.__module__)
            if path is None or not path.endswith(".py"):
                return None, None
            body, found = self.tree(path).body, None
            for name in kind.__qualname__.split("."):
                if name == "<locals>":
                    continue
                named = [node for node in inner(body) if getattr(node, "name", None) == name]
                if not named:
                    return path, None
                found = named[-1]
                body = found.body
            return path, found

        def place(self, path, line):
            return {"file": relative(path, self.inputs.root), "line": line}

        def of(self, kind):
            path, node = self.node(kind)
            return self.place(path, node.lineno if node else 1) if path else None

        def members(self, kind):
            """The place of each member of a class or a base of it that the project declares."""
            found = {}
            for base in reversed(kind.__mro__):
                path, node = self.node(base)
                if node is None or not self.inputs.is_own(path):
                    continue
                for statement in node.body:
                    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
                    for target in targets:
                        if isinstance(target, ast.Name):
                            found[target.id] = self.place(path, statement.lineno)
            return found


    def inner(body):
        """The statements, and those below conditions, which are in the same scope."""
        for statement in body:
            yield statement
            if isinstance(statement, (ast.If, ast.Try, ast.With, ast.For, ast.While)):
                for part in ("body", "orelse", "finalbody"):
                    yield from inner(getattr(statement, part, []))
                for handler in getattr(statement, "handlers", []):
                    yield from inner(handler.body)


    def load_configuration(path):
        from metaxy.config import MetaxyConfig
        config = MetaxyConfig.load(path)
        MetaxyConfig.set(config)
        return config


    def features(config, places):
        from metaxy.models.feature import FeatureGraph
        registered = FeatureGraph.get_active()
        project = getattr(config, "project", None)
        found, warnings = [], []
        if hasattr(registered, "feature_definitions_by_key"):
            for key, definition in registered.feature_definitions_by_key.items():
                spec = resolved(definition.spec, registered.get_feature_plan(key))
                found.append((spec, definition.feature_class_path, definition.project, class_of(definition)))
        else:
            for kind in registered.features_by_key.values():
                path = f"{kind.__module__}.{kind.__name__}"
                found.append((kind.spec().model_dump(mode="json"), path, getattr(kind, "project", None), kind))
        listed = []
        for spec, path, owner, kind in found:
            feature = {"spec": spec, "class_path": path, "table": False}
            if owner and owner != project:
                feature["project"] = owner
            source = places.of(kind) if kind else None
            if source:
                feature["source"] = source
            table = getattr(kind, "__table__", None)
            if table is not None:
                feature["table"] = {"declared": True, "name": table.name, "schema": table.schema}
                warnings += made_by_server(spec, table, source)
            listed.append(feature)
        graph = {"features": listed, "hash_truncation_length": getattr(config, "hash_truncation_length", None)}
        if project:
            graph["project"] = project
        return graph, warnings, later_release(registered)


    def later_release(registered):
        """The version of Metaxy if it has other rules for the versions of specs than its first releases."""
        from importlib.metadata import version
        return version("metaxy") if hasattr(registered, "feature_definitions_by_key") else None


    def class_of(definition):
        module, _, name = definition.feature_class_path.rpartition(".")
        kind = getattr(sys.modules.get(module), name, None)
        return kind if isinstance(kind, type) else next(
            (known for known in subclasses() if f"{known.__module__}.{known.__name__}" == f"{module}.{name}"), None)


    def subclasses():
        from metaxy.models.feature import BaseFeature
        waiting = [BaseFeature]
        while waiting:
            kind = waiting.pop()
            yield kind
            waiting += type.__subclasses__(kind)


    def resolved(spec, plan):
        """A spec of Metaxy 0.1 with the parents that it finds for each field."""
        fields = []
        for field in spec.fields:
            parents = {}
            for parent in plan.get_parent_fields_for_field(field.key) if spec.deps else ():
                parents.setdefault(tuple(parent.feature), []).append(list(parent.field))
            fields.append({
                "key": list(field.key), "code_version": field.code_version,
                "deps": [{"feature": list(key), "fields": names} for key, names in parents.items()]})
        deps = [
            {"feature": list(dep.feature), "columns": list(dep.select) if dep.select is not None else None,
             "rename": dict(dep.rename) if dep.rename is not None else None} for dep in spec.deps or ()]
        return {
            "key": list(spec.key), "id_columns": list(spec.id_columns), "deps": deps or None, "fields": fields,
            "metadata": spec.model_dump(mode="json").get("metadata") or {}}


    def made_by_server(spec, table, source):
        names = spec["id_columns"] or []
        for column in table.columns:
            if column.name not in ([names] if isinstance(names, str) else names):
                continue
            reason = (
                "it has a default" if column.server_default is not None and not is_computed(column)
                else "it is a generated column" if is_computed(column)
                else "it numbers rows itself" if column is table._autoincrement_column else None)
            if reason and source:
                key = "/".join(spec["key"])
                yield {
                    "message": f"the ID column `{column.name}` of `{key}` is filled by the database: {reason}",
                    "source": source}


    def is_computed(column):
        return column.computed is not None
    """#
}
