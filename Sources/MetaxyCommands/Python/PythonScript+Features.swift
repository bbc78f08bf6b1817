extension PythonScript {
  /// The registered features, in the form of exported graphs.
  static let features = #"""
    class Places:
        """Where classes and their members are written."""

        def __init__(self, inputs):
            self.inputs, self.trees, self.feature_tables = inputs, {}, set()

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

        def of_module(self, class_path):
            path = self.file(class_path.rpartition(".")[0])
            return self.place(path, 1) if path else None

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


    def load_lock(config):
        """Loads the definitions of other projects' features, as `metaxy.init` does."""
        try:
            from metaxy.utils.lock_file import load_lock_file
        except ModuleNotFoundError:
            return  # its first releases have no such file
        load_lock_file(config)


    def features(config, places, prefix):
        from metaxy.models.feature import FeatureGraph
        registered = FeatureGraph.get_active()
        project = getattr(config, "project", None)
        found, warnings = [], []
        graph = {"hash_truncation_length": getattr(config, "hash_truncation_length", None)}
        if prefix:
            graph["table_prefix"] = prefix
        if hasattr(registered, "feature_definitions_by_key"):
            graph["generation"] = "0.1"
            for definition in registered.feature_definitions_by_key.values():
                found.append((
                    definition.spec.model_dump(mode="json"), definition.feature_class_path, definition.project,
                    class_of(definition), details(definition)))
        else:
            for kind in registered.features_by_key.values():
                path = f"{kind.__module__}.{kind.__name__}"
                spec = kind.spec().model_dump(mode="json")
                found.append((spec, path, getattr(kind, "project", None), kind, {}))
        listed = []
        for spec, path, owner, kind, more in found:
            feature = {"spec": spec, "class_path": path, "table": False, **more}
            if owner and owner != project:
                feature["project"] = owner
            source = places.of(kind) if kind else None
            if source:
                feature["source"] = source
            table = getattr(kind, "__table__", None)
            if table is not None:
                places.feature_tables.add(id(table))
                feature["table"] = {"declared": True, "name": prefix + table.name, "schema": table.schema}
                warnings += made_by_server(spec, table, source)
            elif "external" not in more:
                warnings += without_table(spec, kind, source or places.of_module(path))
            listed.append(feature)
        graph["features"] = listed
        if project:
            graph["project"] = project
        return graph, warnings


    def details(definition):
        """What only features since Metaxy 0.1 have."""
        if not definition.is_external:
            return {
                "definition_version": definition.feature_definition_version, "feature_schema": definition.feature_schema}
        return {"external": True, "field_versions": dict(definition.provenance_by_field_override) if definition.has_provenance_override else {}}


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


    def without_table(spec, kind, source):
        """What is wrong with a class that should have a table."""
        models = getattr(sys.modules.get("sqlmodel"), "SQLModel", None)
        reason = (
            "its class cannot be found in its module" if kind is None
            else "its class lacks `table=True`" if models and issubclass(kind, models) else None)
        if reason and source:
            yield {"message": f"`{key_of(spec)}` has no table: {reason}", "source": source}


    def key_of(spec):
        return spec["key"] if isinstance(spec["key"], str) else "/".join(spec["key"])


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
                yield {
                    "message": f"the ID column `{column.name}` of `{key_of(spec)}` is filled by the database: {reason}",
                    "source": source}


    def is_computed(column):
        return column.computed is not None
    """#
}
