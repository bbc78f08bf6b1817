"""The Python libraries that measurements compare with."""
import subprocess
import sys


def install(place, name, *packages):
    """Installs packages from PyPI into an environment in `place`; returns its interpreter, or prints the reason and returns None."""
    python = place / "venv" / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", place / "venv"],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
    ):
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            print(f"{name} is not to be had: {(run.stderr or run.stdout).strip().splitlines()[-1]}")
            return None
    return python


def url(store_url):
    """Returns SQLAlchemy's URL for a store's database."""
    # The environment variables name the server: SQLAlchemy does not accept a socket's directory as host.
    return store_url if store_url.startswith("sqlite:") else f"postgresql+psycopg:///{store_url.rpartition('/')[2]}"


def versions(python, *packages):
    """Returns the versions of installed packages by name."""
    code = "import importlib.metadata, sys; print(*[importlib.metadata.version(name) for name in sys.argv[1:]])"
    run = subprocess.run([python, "-c", code, *packages], capture_output=True, text=True, check=True)
    return dict(zip(packages, run.stdout.split()))


def client(engine, database, script):
    """Returns the command that runs a script in the engine's own client."""
    if engine.name == "sqlite":
        return ["sqlite3", "-bail", database, f".read {script}"]
    return ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", database, "-o", "/dev/null", "-f", script]


# Queries that read the columns and indexes of all tables.
CATALOG = {
    "sqlite": """\
.output /dev/null
SELECT m.name, m.sql, x.* FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS x WHERE m.type = 'table';
SELECT m.name, i.*, x.* FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS i JOIN pragma_index_xinfo(i.name) AS x
  WHERE m.type = 'table';
""",
    "postgres": """\
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0;
SELECT indrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class AS c ON c.oid = indrelid
  WHERE c.relnamespace = 'public'::regnamespace;
SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace;
""",
}
