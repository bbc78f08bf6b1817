"""A project in Python with SQLModel and Alembic, and its database, which Alembic migrated.

make URL [hard]: writes it into the working directory. `hard` adds a batch operation and a step that reads rows.
rows URL: prints a digest of the rows of each table. compare URL: prints what Alembic's autogenerate finds in the tables of the
models.
"""
import hashlib
import json
import os
import subprocess
import sys
import textwrap
import urllib.parse

import sqlalchemy as sa

job, url, *rest = sys.argv[1:]
if url.startswith("postgresql://"):
    parts = urllib.parse.urlsplit(url.replace("postgresql:", "postgresql+psycopg:", 1))
    user, _, host = parts.netloc.rpartition("@")
    if host.startswith("%2F"):
        # A socket's directory is no host to SQLAlchemy.
        parts = parts._replace(netloc=f"{user}@", query=f"host={host}")
    url = urllib.parse.urlunsplit(parts)
sys.path.insert(0, os.getcwd())

MODELS = '''
    from datetime import datetime
    from typing import Optional

    import sqlalchemy as sa
    from sqlmodel import Field, SQLModel


    class Versions(SQLModel):
        data_version: Optional[dict] = Field(default=None, sa_type=sa.JSON)
        feature_version: Optional[str] = None
        feature_spec_version: Optional[str] = None
        snapshot_version: Optional[str] = None


    class Video(Versions, table=True):
        __tablename__ = "video"
        sample_id: str = Field(primary_key=True)
        path: str = Field(index=True)
        size: Optional[int] = None
        seconds: Optional[float] = None


    class Crop(Versions, table=True):
        __tablename__ = "video__crop"
        sample_id: str = Field(primary_key=True)
        taken_at: datetime = Field(sa_type=sa.DateTime(timezone=True))


    class Site(SQLModel, table=True):
        __tablename__ = "site"
        code: str = Field(primary_key=True, max_length=8)
        visits: Optional[int] = Field(default=None, sa_column_kwargs={"server_default": "0"})
'''

ENV = '''
    import os

    import sqlalchemy as sa
    from alembic import context
    from sqlmodel import SQLModel

    import models

    table = os.environ.get("VERSIONS", "alembic_version")
    if context.is_offline_mode():
        context.configure(
            url=context.config.get_main_option("sqlalchemy.url"), target_metadata=SQLModel.metadata, literal_binds=True,
            version_table=table)
        with context.begin_transaction():
            context.run_migrations()
    else:
        engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url"))
        with engine.connect() as connection:
            context.configure(connection=connection, target_metadata=SQLModel.metadata, version_table=table)
            with context.begin_transaction():
                context.run_migrations()
'''

VERSIONS = '''sa.Column("data_version", sa.JSON()), sa.Column("feature_version", sa.String()),
            sa.Column("feature_spec_version", sa.String()), sa.Column("snapshot_version", sa.String())'''

# Revision, parents, message, upgrade, downgrade: a branch after r2, which r7 joins.
REVISIONS = [
    ("r1", None, "create video", f'''op.create_table("video", {VERSIONS},
            sa.Column("sample_id", sa.String(), nullable=False), sa.Column("path", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("sample_id"))''', 'op.drop_table("video")'),
    ("r2", "r1", "index of paths", 'op.create_index("ix_video_path", "video", ["path"])',
     'op.drop_index("ix_video_path", "video")'),
    ("r3", "r2", "size of videos", 'op.add_column("video", sa.Column("size", sa.Integer()))',
     'op.drop_column("video", "size")'),
    ("r4", "r2", "create site", '''op.create_table("site", sa.Column("code", sa.String(8), nullable=False),
            sa.PrimaryKeyConstraint("code"))''', 'op.drop_table("site")'),
    ("r5", "r4", "visits of sites", 'op.add_column("site", sa.Column("visits", sa.Integer(), server_default="0"))',
     'op.drop_column("site", "visits")'),
    ("r6", "r5", "first site", 'op.bulk_insert(sa.table("site", sa.column("code", sa.String()), '
     'sa.column("visits", sa.Integer())), '
     '[{"code": "a\\t5%:b", "visits": 3}])', 'op.execute("DELETE FROM site")'),
    ("r7", ("r3", "r6"), "join both branches", "pass", "pass"),
    ("r8", "r7", "create crop", f'''op.create_table("video__crop", {VERSIONS},
            sa.Column("sample_id", sa.String(), nullable=False),
            sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False), sa.PrimaryKeyConstraint("sample_id"))''',
     'op.drop_table("video__crop")'),
    ("r9", "r8", "rename length", '''op.add_column("video", sa.Column("length", sa.Float()))
        op.execute("ALTER TABLE video RENAME COLUMN length TO seconds")''', 'op.drop_column("video", "seconds")'),
    ("r10", "r9", "visits of all sites", 'op.execute("UPDATE site SET visits = 0 WHERE visits IS NULL")', "pass"),
]

HARD = {
    "r3": ('''with op.batch_alter_table("video") as batch:
            batch.add_column(sa.Column("size", sa.Integer()))''', '''with op.batch_alter_table("video") as batch:
            batch.drop_column("size")'''),
    "r10": ('''for row in op.get_bind().execute(sa.text("SELECT code FROM site")).fetchall():
            op.get_bind().execute(sa.text("UPDATE site SET visits = 0 WHERE code = :code"), {"code": row.code})''',
            "pass"),
}

SYSTEM = [
    ("s1", None, "create system tables", '''op.create_table("metaxy-system__feature_versions",
            sa.Column("project", sa.String(), primary_key=True),
            sa.Column("feature_key", sa.String(), primary_key=True),
            sa.Column("snapshot_version", sa.String(), primary_key=True),
            *[sa.Column(name, sa.String(), nullable=False) for name in ("feature_version", "feature_spec_version")],
            sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
            *[sa.Column(name, sa.String(), nullable=False) for name in ("feature_spec", "feature_class_path")])
        op.create_table("metaxy-system__migration_events", sa.Column("id", sa.Integer(), primary_key=True),
            *[sa.Column(name, sa.String(), nullable=False) for name in ("project", "migration_id", "event_type")],
            sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
            sa.Column("feature_key", sa.String(), nullable=False),
            sa.Column("rows_affected", sa.Integer(), nullable=False),
            sa.Column("error_message", sa.String(), nullable=False))''',
     'op.drop_table("metaxy-system__migration_events"); op.drop_table("metaxy-system__feature_versions")'),
    ("s2", "s1", "index of snapshots",
     'op.create_index("ix_snapshots", "metaxy-system__feature_versions", ["snapshot_version"])',
     'op.drop_index("ix_snapshots", "metaxy-system__feature_versions")'),
]


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(textwrap.dedent(text).lstrip())


def environment(directory, ini, revisions, changes):
    write(ini, f"[alembic]\nscript_location = {directory}\nsqlalchemy.url = {url.replace('%', '%%')}\n"
          "prepend_sys_path = .\n")
    write(f"{directory}/env.py", ENV)
    for revision, parents, message, upgrade, downgrade in revisions:
        upgrade, downgrade = changes.get(revision, (upgrade, downgrade))
        labels = '("sites",)' if revision == "r4" else "None"
        write(f"{directory}/versions/{revision}.py", f'''"""{message}

Revision ID: {revision}
Create Date: 2025-01-0{len(revision)} 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {parents!r}
branch_labels = {labels}
depends_on = None


def upgrade():
        {upgrade}


def downgrade():
        {downgrade}
''')


def alembic(ini, **variables):
    run = subprocess.run(
        [sys.executable, "-m", "alembic", "-c", ini, "upgrade", "head"], capture_output=True, text=True,
        env={**os.environ, **variables})
    if run.returncode:
        sys.exit(run.stdout + run.stderr)


def make():
    write("models.py", MODELS)
    environment("alembic", "alembic.ini", REVISIONS, HARD if "hard" in rest else {})
    environment(".metaxy/alembic-system", ".metaxy/alembic-system/alembic.ini", SYSTEM, {})
    alembic("alembic.ini")
    # One table for both is what the guide leads to; Alembic itself cannot continue from there.
    alembic(".metaxy/alembic-system/alembic.ini", VERSIONS="other_version")
    statements = [
        "INSERT INTO alembic_version SELECT version_num FROM other_version", "DROP TABLE other_version",
        "INSERT INTO video (sample_id, path, size) VALUES ('s1', 'a%b', 4)",
        "INSERT INTO video__crop (sample_id, taken_at) VALUES ('s1', '2026-11-22 10:07:31.123456')",
        "INSERT INTO \"metaxy-system__feature_versions\" VALUES ('p', 'video', 'one', 'v1', 's1',"
        " '2026-11-22 10:07:31.123456', '{}', 'Video')",
        "INSERT INTO \"metaxy-system__migration_events\" (project, migration_id, event_type, timestamp, feature_key,"
        " rows_affected, error_message) VALUES ('p', 'm1', 'failed', '2026-11-22 10:07:31.123456', 'video', 3, 'full')",
    ]
    with sa.create_engine(url).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%") if "psycopg" in url else statement)
    return {"made": True}


def rows():
    """The tables of the features, and the columns of the system tables that stay."""
    queries = {
        "video": "SELECT * FROM video ORDER BY sample_id", "crop": "SELECT * FROM video__crop ORDER BY sample_id",
        "site": "SELECT * FROM site ORDER BY code",
        "versions": "SELECT project, feature_key, snapshot_version, feature_version, feature_spec_version, recorded_at,"
        ' feature_spec, feature_class_path FROM "metaxy-system__feature_versions"',
        "events": "SELECT project, migration_id, event_type, timestamp, feature_key, rows_affected, error_message"
        ' FROM "metaxy-system__migration_events"',
    }
    with sa.create_engine(url).connect() as connection:
        return {name: hashlib.sha256(repr(connection.execute(sa.text(query)).fetchall()).encode()).hexdigest()
                for name, query in queries.items()}


def compare():
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    import models

    def is_ours(thing, name, kind, reflected, other):
        return kind != "table" or not name.startswith(("alembic_", "metaxy-"))

    with sa.create_engine(url).connect() as connection:
        options = {"include_object": is_ours, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return {"differences": [str(difference) for difference in compare_metadata(context, SQLModel.metadata)]}


print(json.dumps({"make": make, "rows": rows, "compare": compare}[job]()))
