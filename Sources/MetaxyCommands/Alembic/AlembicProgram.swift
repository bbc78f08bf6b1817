/// The Python program that has Alembic read and render an environment.
///
/// Its arguments are the path of the answer, the root of the project, the path of the environment, and the dialects. `env.py` runs
/// offline, as for `alembic upgrade --sql`, so that its naming conventions and settings apply; the statements of each revision
/// are taken where Alembic would print them. A step that needs a result of the database, or that Alembic refuses offline, is
/// an entry with the reason.
enum AlembicProgram {
  static let text = #"""
    import datetime, json, logging, os, re, sys, traceback

    answer, root, path, dialects = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]


    def finish(value):
        with open(answer, "w", encoding="utf-8") as file:
            json.dump(value, file)
        sys.exit(0)


    try:
        import alembic
        from alembic.config import Config
        from alembic.operations import Operations
        from alembic.runtime.environment import EnvironmentContext
        from alembic.script import ScriptDirectory
        from sqlalchemy import text
        from sqlalchemy.schema import DDLElement
    except ImportError as error:
        finish({"failure": f"Alembic cannot be imported: {error}"})


    class NeedsConnection(Exception):
        pass


    class Result:
        """What a statement returns offline: nothing can be read from it."""

        def refuse(self, *arguments, **members):
            raise NeedsConnection("a step reads rows of the database")

        __getattr__ = __iter__ = __bool__ = __len__ = __getitem__ = __next__ = refuse


    def location(config, bases):
        """Returns the directory of a configuration, and the directory that its path is relative to."""
        found = config.get_main_option("script_location")
        for base in bases if found else []:
            directory = os.path.join(base, found)
            if os.path.isfile(os.path.join(directory, "env.py")):
                return os.path.realpath(directory), base
        return None, None


    def configuration():
        files = [path]
        if os.path.isdir(path):
            folders = [path, os.path.dirname(path), root]
            files = [os.path.join(folder, "alembic.ini") for folder in folders]
        for file in filter(os.path.isfile, files):
            config = Config(file)
            directory, base = location(config, [os.path.dirname(file), root])
            if directory and (not os.path.isdir(path) or directory == os.path.realpath(path)
                              or os.path.dirname(file) == path):
                config.set_main_option("script_location", directory.replace("%", "%%"))
                return config, base
        if not os.path.isfile(os.path.join(path, "env.py")):
            finish({"failure": f"`{path}` is not an Alembic environment: it has neither env.py nor alembic.ini"})
        config = Config()
        config.set_main_option("script_location", path.replace("%", "%%"))
        return config, root


    class Rendering:
        """What env.py configures and runs, for one dialect."""

        def __init__(self, config, script, dialect):
            self.script, self.dialect, self.settings, self.steps = script, dialect, {}, None
            # The module `alembic.context` hands calls only to this very class.
            self.environment = EnvironmentContext(
                config, script, fn=lambda heads, context: [], as_sql=True, destination_rev="heads")
            self.original = self.environment.configure
            self.environment.configure = self.configure
            self.environment.run_migrations = self.run_migrations

        def run(self):
            with self.environment:
                self.script.run_env()

        def configure(self, *positional, **members):
            self.settings = {name: members.get(name) for name in ("version_table", "version_table_schema")}
            for name in ("connection", "url", "dialect_name", "dialect_opts", "output_buffer", "literal_binds"):
                members.pop(name, None)
            self.original(
                dialect_name=self.dialect, dialect_opts={"paramstyle": "named"}, literal_binds=True,
                output_buffer=open(os.devnull, "w"), **members)

        def run_migrations(self, **members):
            context = self.environment.get_context()
            self.steps = {}
            with Operations.context(context):
                for revision in self.script.walk_revisions("base", "heads"):
                    for direction in ("upgrade", "downgrade"):
                        self.steps[revision.revision, direction] = render(context, revision, direction, members)


    def render(context, revision, direction, members):
        groups = [{"transaction": True, "statements": []}]

        def execute(construct, execution_options=None, multiparams=None, params=None, **others):
            if multiparams or params:
                raise NeedsConnection("a statement has parameters")
            if isinstance(construct, str):
                construct = text(construct)
            options = {} if isinstance(construct, DDLElement) else {"compile_kwargs": {"literal_binds": True}}
            groups[-1]["statements"].append(str(construct.compile(dialect=context.impl.dialect, **options)).strip())

        def dump(construct, *parameters, **others):
            if any(parameters) or others:
                raise NeedsConnection("a statement has parameters")
            execute(construct)
            return Result()

        def output(printed):
            word = printed.strip().rstrip(";").upper()
            if word in ("BEGIN", "COMMIT"):
                groups.append({"transaction": word == "BEGIN", "statements": []})
            else:
                groups[-1]["statements"].append(printed.strip())

        context.impl._exec, context.impl.static_output = execute, output
        context.connection = type(context.connection)(context.dialect, dump)
        context.impl.connection = context.connection
        try:
            getattr(revision.module, direction)(**members)
        except Exception as error:
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)
                     if os.path.realpath(frame.filename) == os.path.realpath(revision.path)]
            reason = str(error) if isinstance(error, NeedsConnection) else f"{type(error).__name__}: {error}"
            return {"reason": " ".join(reason.split()), "line": lines[-1] if lines else 1}
        return {"groups": [group for group in groups if group["statements"]]}


    def names(value):
        if value is None:
            return []
        return [value] if isinstance(value, str) else [name for name in value if name]


    def created(revision):
        found = re.search(r"Create Date:\s*(\S.*)", revision.module.__doc__ or "")
        try:
            time = datetime.datetime.fromisoformat(found.group(1).strip())
        except (AttributeError, ValueError):
            return None
        if time.tzinfo is not None:
            time = time.astimezone(datetime.timezone.utc)
        return time.strftime("%Y-%m-%dT%H:%M:%SZ")


    def main():
        logging.disable(logging.CRITICAL)
        config, base = configuration()
        os.chdir(base)
        sys.path.insert(0, base)
        script = ScriptDirectory.from_config(config)
        rendered = {}
        for dialect in dialects:
            rendering = Rendering(config, script, dialect)
            rendering.run()
            if rendering.steps is None:
                finish({"failure": f"`{script.dir}/env.py` runs no migrations offline"})
            for key, step in rendering.steps.items():
                rendered.setdefault(key, {})[dialect] = step
        revisions = []
        for revision in reversed(list(script.walk_revisions("base", "heads"))):
            module = revision.module
            revisions.append({
                "revision": revision.revision, "parents": names(revision.down_revision),
                "labels": names(getattr(module, "branch_labels", None)),
                "depends": names(getattr(module, "depends_on", None)), "message": revision.doc or "",
                "created": created(revision), "path": os.path.realpath(revision.path),
                "upgrade": rendered[revision.revision, "upgrade"],
                "downgrade": rendered[revision.revision, "downgrade"]})
        finish({
            "version_table": rendering.settings["version_table"] or "alembic_version",
            "version_table_schema": rendering.settings["version_table_schema"], "revisions": revisions})


    try:
        main()
    except Exception:
        finish({"failure": traceback.format_exc().strip()})
    """#
}
