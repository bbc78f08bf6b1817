extension PythonScript {
  /// The tables of SQLAlchemy's metadata, as the statements that `create_all` runs on each engine.
  static let tables = #"""
    def tables(imported, places, prefix):
        found = metadatas(imported, places)
        if not found:
            return []
        dialects = {"postgresql": postgresql(), "sqlite": sqlite()}  # SQLite takes any order
        classes = mapped_classes(places)
        listed, known = [], {}
        for metadata in found:
            chosen = [table for table in metadata.tables.values() if not is_system(table, prefix)]
            sources = {table: table for table in chosen}
            if prefix:
                metadata, sources = with_prefix(metadata, chosen, places.feature_tables, prefix)
                chosen = list(sources)
            for dialect, engine in dialects.items():
                for table, texts, refusal in statements(metadata, chosen, engine, dialect == "postgresql"):
                    source = sources[table]
                    entry = known.get(id(source))
                    if entry is None:
                        entry = known[id(source)] = described(source, classes.get(id(source)), places)
                        entry["name"] = table.name
                        listed.append(entry)
                    if refusal is None:
                        entry["statements"][dialect] = texts
                    else:
                        entry.setdefault("refused", {})[dialect] = refusal
        return listed


    def is_system(table, prefix):
        return table.name.removeprefix(prefix).startswith(("metaxy-system__", "metaxy_system__"))


    def with_prefix(metadata, chosen, features, prefix):
        """Copies of the tables, as Metaxy makes them for a store with a prefix, each with the one that it is a copy of.

        Metaxy copies the tables of features without the naming convention, and references still lead to the old names.
        """
        from sqlalchemy import MetaData
        copy, copies = MetaData(), {}
        without_convention = copy.naming_convention
        for table in chosen:
            is_feature = id(table) in features
            copy.naming_convention = without_convention if is_feature else metadata.naming_convention
            copies[table.key] = table, table.to_metadata(copy, name=prefix + table.name if is_feature else table.name)
        copy.naming_convention = without_convention
        for _, table in copies.values():
            for constraint in list(table.foreign_key_constraints):
                lead_to_copy(constraint, table, copies)
        return copy, {table: source for source, table in copies.values()}


    def lead_to_copy(constraint, table, copies):
        """Replaces a foreign key by one to the copy of the other table; one to the table itself leads there already."""
        from sqlalchemy import ForeignKeyConstraint
        places = [key.target_fullname.rpartition(".") for key in constraint.elements]
        if any(place[0] not in copies for place in places):
            return
        for key in constraint.elements:
            key.parent.foreign_keys.discard(key)
            table.foreign_keys.discard(key)
        table.constraints.discard(constraint)
        options = {
            name: getattr(constraint, name)
            for name in ("name", "onupdate", "ondelete", "deferrable", "initially", "use_alter", "match", "comment")}
        table.append_constraint(ForeignKeyConstraint(
            [key.parent for key in constraint.elements], [copies[place[0]][1].c[place[2]] for place in places],
            **options, **constraint.dialect_kwargs))


    def sqlite():
        from sqlalchemy.dialects.sqlite.base import SQLiteDialect
        return SQLiteDialect(paramstyle="named")


    def postgresql():
        from sqlalchemy.dialects.postgresql.base import PGDialect
        return PGDialect(paramstyle="named")


    def metadatas(imported, places):
        from sqlalchemy import MetaData, Table
        found = []

        def add(value):
            if isinstance(value, MetaData) and all(value is not known for known in found):
                found.append(value)

        if "sqlmodel" in sys.modules:
            add(sys.modules["sqlmodel"].SQLModel.metadata)
        for module in imported + list(places.inputs.modules()):
            for value in list(vars(module).values()):
                add(value)
                if isinstance(value, (Table, type)):
                    add(getattr(value, "metadata", None))
        return found


    def mapped_classes(places):
        try:
            from sqlalchemy.orm import mapperlib
            registries = list(mapperlib._all_registries())
        except (ImportError, AttributeError):
            return {}
        found = {}
        for registry in registries:
            for mapper in registry.mappers:
                table = mapper.local_table
                if id(table) not in found or issubclass(found[id(table)].class_, mapper.class_):
                    found[id(table)] = mapper
        return found


    def described(table, mapper, places):
        entry = {"name": table.name, "statements": {}}
        if table.schema is not None:
            entry["schema"] = table.schema
        if mapper is None:
            source, columns = assigned(table, places)
        else:
            entry["class_path"] = f"{mapper.class_.__module__}.{mapper.class_.__qualname__}"
            source, members = places.of(mapper.class_), places.members(mapper.class_)
            columns = {
                column.name: members[name] for name, column in mapper.columns.items()
                if name in members and getattr(column, "table", None) is table}
        if source:
            entry["source"] = source
        if columns:
            entry["columns"] = columns
        return entry


    def assigned(table, places):
        """The place of a call `Table("name", …)`, and of the calls `Column("name", …)` in it."""
        for module in places.inputs.modules():
            path = places.file(module.__name__)
            if not path or not path.endswith(".py"):
                continue
            for node in ast.walk(places.tree(path)):
                if called(node) == ("Table", table.name):
                    columns = [(called(part), part.lineno) for part in ast.walk(node) if part is not node and called(part)]
                    return places.place(path, node.lineno), {
                        call[1]: places.place(path, line) for call, line in columns if call[0] == "Column"}
        return None, {}


    def called(node):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = node.func
            return getattr(function, "attr", getattr(function, "id", None)), node.args[0].value
        return None


    def without_schemas(metadata, chosen):
        """The tables in no schema, each with the one that it is a copy of; and those whose name is taken."""
        from sqlalchemy import BLANK_SCHEMA, MetaData
        copy, originals, taken = MetaData(naming_convention=metadata.naming_convention), {}, []
        for table in chosen:
            if table.name in copy.tables:
                taken.append(table)
            else:
                originals[table.to_metadata(copy, schema=None, referred_schema_fn=lambda *_: BLANK_SCHEMA)] = table
        return copy, originals, taken


    def statements(metadata, chosen, dialect, has_schemas):
        from sqlalchemy import DDL
        from sqlalchemy.engine.mock import MockConnection
        from sqlalchemy.schema import CreateTable
        schemas = {table.schema for table in chosen if table.schema is not None}
        groups, waiting, originals = [], [], {table: table for table in chosen}
        if schemas and not has_schemas:
            metadata, originals, taken = without_schemas(metadata, chosen)
            groups += [[table, [], "a table of another schema has this name, and it has no schemas"] for table in taken]

        def take(element, *arguments, **options):
            if isinstance(element, DDL):
                return  # written by hand for an event: no part of a table
            try:
                text, refusal = str(element.compile(dialect=dialect)).strip(), None
            except Exception as error:
                text, refusal = None, str(error).strip().split("\n")[0]
            if isinstance(element, CreateTable):
                groups.append([originals[element.element], waiting[:], refusal])
                waiting.clear()
            names_what_follows = type(element).__name__ in (
                "CreateEnumType", "CreateDomainType", "CreateSequence", "CreateSchema")
            part = waiting if names_what_follows or not groups else groups[-1][1]
            if text and text not in part and not any(text in group[1] for group in groups):
                part.append(text)
            if refusal and groups and groups[-1][2] is None:
                groups[-1][2] = refusal

        if has_schemas:
            quote = dialect.identifier_preparer.quote_identifier
            waiting += [f"CREATE SCHEMA IF NOT EXISTS {quote(name)}" for name in sorted(schemas - {"public"})]
        metadata.create_all(MockConnection(dialect, take), tables=list(originals), checkfirst=False)
        if waiting and groups:
            groups[-1][1] += waiting
        return groups
    """#
}
