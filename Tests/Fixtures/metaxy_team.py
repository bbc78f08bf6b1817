"""A team's project in Python, with Metaxy, SQLModel and Alembic, and its database.

The working directory has the package `shop`, with `features.py`, and a `metaxy.toml`.

    metaxy_team.py make URL         writes two Alembic environments with their revisions, runs them, and adds rows
    metaxy_team.py rows URL         a digest of the rows of each table
    metaxy_team.py differences URL  what Alembic finds between the database and the tables of the models and of Metaxy
    metaxy_team.py note URL ID      writes a row with Metaxy's store, and reads all of them: {"ids": […]}
"""

import contextlib
import datetime
import decimal
import enum
import hashlib
import json
import os
import sys
import uuid
import warnings

warnings.simplefilter("ignore")  # an index of expressions is not compared on SQLite, says Alembic
sys.path.insert(0, ".")

from metaxy.config import MetaxyConfig

MetaxyConfig.set(MetaxyConfig.load("metaxy.toml"))

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from metaxy.ext.sqlalchemy.plugin import _get_system_metadata
from shop import features
from sqlalchemy_engine import address, engine

SYSTEM = ".metaxy/alembic-system"
MODELS = """from shop.features import SQLModel, named

target_metadata = [SQLModel.metadata, named]
chosen = config.attributes.get("tables")


def is_ours(thing, name, kind, reflected, other):
    return kind != "table" or (name in chosen if chosen else not name.startswith("metaxy_system__"))
"""
SYSTEM_MODELS = """from metaxy.ext.sqlalchemy.plugin import _get_system_metadata

target_metadata = _get_system_metadata()


def is_ours(thing, name, kind, reflected, other):
    return kind != "table" or name.startswith("metaxy_system__")
"""

# Revision, parent, message, and the tables that Alembic looks at; none for what a person writes.
REVISIONS = [
    ("r01", "base", "raw videos", ["video__raw"]),
    ("r02", "r01", "notes", ["note"]),
    ("r03", "r02", "cameras", []),
    ("r04", "r03", "sold cameras", ["camera"]),
    ("r05", "r04", "crops and faces", ["video__crop", "video__faces"]),
    ("r06", "r04", "counted and tagged", ["counted", "tagged"]),
    ("r07", "r06", "places", ["places"]),
    ("r08", ("r05", "r07"), "join both branches", []),
    ("r09", "r08", "speech and summaries", ["video__speech", "video__summary"]),
    ("r10", "r09", "visits", ["visits"]),
]
CAMERAS = (
    """op.create_table("camera", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), server_default="100%", nullable=False), sa.PrimaryKeyConstraint("id"))""",
    'op.drop_table("camera")')
END = "    # ### end Alembic commands ###"


def environment(directory, ini, url, models, version_table):
    os.makedirs(directory, exist_ok=True)
    config = Config(ini)
    command.init(config, directory)
    edit(ini, "sqlalchemy.url = driver://user:pass@localhost/dbname", f"sqlalchemy.url = {address(url).replace('%', '%%')}")
    edit(f"{directory}/env.py", "target_metadata = None\n", models)
    # The tables of both environments are in one database.
    edit(
        f"{directory}/env.py", "target_metadata=target_metadata",
        f"target_metadata=target_metadata, include_object=is_ours, version_table=\"{version_table}\"")
    edit(f"{directory}/script.py.mako", "import sqlalchemy as sa\n", "import sqlalchemy as sa\nimport sqlmodel\n")
    return Config(ini)


def edit(path, old, new, last=False):
    with open(path) as file:
        text = file.read()
    if old not in text:
        sys.exit(f"no `{old}` in {path}")
    head, _, tail = text.rpartition(old) if last else ("", "", "")
    with open(path, "w") as file:
        file.write(f"{head}{new}{tail}" if last else text.replace(old, new))


def make(url):
    config = environment("alembic", "alembic.ini", url, MODELS, "alembic_version")
    for revision, parent, message, tables in REVISIONS:
        if isinstance(parent, tuple):
            command.merge(config, parent, message, rev_id=revision)
        else:
            config.attributes["tables"] = tables
            script = command.revision(
                config, message, autogenerate=bool(tables), rev_id=revision, head=parent, splice=True)
            by_hand(revision, script.path, url.startswith("postgresql"))
        command.upgrade(config, "heads")
    system = environment(SYSTEM, f"{SYSTEM}/alembic.ini", url, SYSTEM_MODELS, "alembic_version_system")
    command.revision(system, "system tables", autogenerate=True, rev_id="s1")
    command.upgrade(system, "head")
    fill(url)
    return {}


def by_hand(revision, path, has_types):
    """What a person changes in what Alembic wrote."""
    if revision == "r03":
        edit(path, '"""Upgrade schema."""\n    pass', CAMERAS[0])
        edit(path, '"""Downgrade schema."""\n    pass', CAMERAS[1])
    if revision == "r05":
        edit(path, "import sqlmodel\n", "import sqlmodel\nfrom sqlalchemy import Integer, Text\n")
    if revision == "r10":
        edit(path, END, f"    op.execute(\"UPDATE camera SET name = 'none' WHERE name = ''\")\n{END}", last=True)
    if revision == "r07":
        # Alembic writes no check of a column, and on SQLite no index of an expression.
        edit(path, "    sa.PrimaryKeyConstraint('id'", "    sa.CheckConstraint('area >= 0', name='ck_places_area_positive'),\n"
             "    sa.PrimaryKeyConstraint('id'")
        if not has_types:
            edit(path, f"{END}\n\n\ndef downgrade", "    op.create_index('ix_places_lower', 'places', [sa.text('lower(code)')])\n"
                 f"{END}\n\n\ndef downgrade")
    if has_types and revision == "r09":
        edit(path, "sa.Enum('red', 'green', name='color')",
             "postgresql.ENUM('red', 'green', name='color', create_type=False)")
        edit(path, "import sqlmodel\n", "import sqlmodel\nfrom sqlalchemy.dialects import postgresql\n")
    if has_types and revision in ("r01", "r07"):
        kind = "color" if revision == "r01" else "place_kind"
        edit(path, END, f"    op.execute('DROP TYPE {kind}')\n{END}", last=True)


def fill(url):
    with engine(url).begin() as connection:
        for table in [*features.SQLModel.metadata.sorted_tables, *features.named.sorted_tables]:
            for number in range(2):
                row = {column.name: value(column, number) for column in table.columns if is_given(column)}
                connection.execute(table.insert().values(**row))


def is_given(column):
    is_numbered = column.identity is not None or column is column.table._autoincrement_column
    return not (is_numbered or column.computed is not None or column.name in ("place_id", "metaxy_deleted_at"))


def value(column, number):
    for key in column.foreign_keys:
        return value(key.column, number)
    if isinstance(column.type, sa.Enum):
        return column.type.enum_class.red if column.type.enum_class else column.type.enums[number]
    zone = datetime.timezone.utc if getattr(column.type, "timezone", False) else None
    values = {
        str: f"{column.name}-{number}", int: number + 20, float: 0.1, bool: number == 1, bytes: b"\x00%'",
        decimal.Decimal: decimal.Decimal("12.345"), uuid.UUID: uuid.UUID(int=number), datetime.date: datetime.date(2024, 2, 29),
        datetime.time: datetime.time(1, 2, 3, 456789), datetime.timedelta: datetime.timedelta(days=1, microseconds=5),
        datetime.datetime: datetime.datetime(2024, 2, 29, 23, 59, 58, 123456, zone)}
    if isinstance(column.type, sa.JSON):
        return [1, 2] if column.name == "sides" else {"a%": "\u00e9"}
    return values.get(column.type.python_type, values[str])  # SQLModel's type of texts names no type of Python


def rows(url):
    with engine(url).connect() as connection:
        inspector = sa.inspect(connection)
        names = [name for name in inspector.get_table_names() if not name.startswith("alembic_")]
        return {name: digest(connection, name, inspector.get_columns(name)) for name in names}


def digest(connection, name, columns):
    listed = ", ".join(f'"{column}"' for column in sorted(column["name"] for column in columns))
    found = sorted(repr(tuple(row)) for row in connection.execute(sa.text(f'SELECT {listed} FROM "{name}"')))
    return f"{len(found)} rows, {hashlib.sha256(repr(found).encode()).hexdigest()}"


def differences(url):
    metadata = [features.SQLModel.metadata, features.named, _get_system_metadata()]
    with engine(url).connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("alembic_")}
        context = MigrationContext.configure(connection, opts=options)
        return {"differences": [repr(difference)[:300] for difference in compare_metadata(context, metadata)]}


def note(url, identifier):
    import polars
    store = MetaxyConfig.get().get_store("dev")
    with store.open("w"):
        store.write(features.Note, polars.DataFrame({
            "id": [identifier], "text": [f"text of {identifier}"], "data": [json.dumps({"a%": "\u00e9"})],
            "metaxy_provenance_by_field": [{"default": "p"}]}))
        return {"ids": sorted(store.read(features.Note).collect().to_polars()["id"])}


job, *arguments = sys.argv[1:]
with contextlib.redirect_stdout(sys.stderr):
    answer = {"make": make, "rows": rows, "differences": differences, "note": note}[job](*arguments)
print(json.dumps(answer))
