"""Metaxy has no store for SQLite: this is its store for PostgreSQL on Ibis' connection to SQLite, good for pushes."""

import ibis
from metaxy.ext.postgresql import PostgreSQLMetadataStore


class SQLiteMetadataStore(PostgreSQLMetadataStore):
    def _open(self, mode):
        self._conn = ibis.connect(self.connection_string)

    def _insert_feature_rows(self, table_name, pl_df, target_schema):
        # Ibis hands SQLite times that are missing in a form that it does not take.
        names, marks = ", ".join(pl_df.columns), ", ".join("?" for _ in pl_df.columns)
        with self.conn.begin() as cursor:
            cursor.executemany(f"INSERT INTO {table_name} ({names}) VALUES ({marks})", pl_df.rows())
