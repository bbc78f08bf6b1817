import MetaxyTestSupport

/// An entrypoint that tries to reach something outside its scratch database.
///
/// `{name}` stands for a name that only this attack uses: that of a database that exists, of a role or database that does
/// not, of a file in the directory of the server, and of a replication slot. `{effect}` is a call that creates the slot.
struct SandboxAttack: Sendable, CustomStringConvertible {
  enum Outcome: Sendable {
    /// Refused before anything runs, with this name of the statement.
    case refused(String)
    /// Refused when it is reached, or by the engine, with this text in the message.
    case fails(String)
    /// It runs, or is left out, and reaches nothing.
    case harmless
  }

  var sql: String
  var outcome: Outcome
  /// Whether the same file has its effect when `psql` runs it, which creates the file or slot `{name}`.
  var works = false

  var description: String { String(sql.prefix(70)) }

  init(_ sql: String, _ outcome: Outcome, works: Bool = false) {
    self.sql = sql
    self.outcome = outcome
    self.works = works
  }
}

extension SandboxAttack {
  /// Statements that act on a server, run code, or end what the scratch database relies on.
  static let postgresql: [SandboxAttack] = [
    .init("DROP DATABASE IF EXISTS {name};", .refused("DROP DATABASE")),
    .init("drop /* a comment */ DataBase {name};", .refused("DROP DATABASE")),
    .init("CREATE DATABASE {name}_pwned;", .refused("CREATE DATABASE")),
    .init("ALTER DATABASE {name} SET work_mem = '1MB';", .refused("ALTER DATABASE")),
    .init("ALTER DATABASE {name} OWNER TO metaxy;", .refused("ALTER DATABASE")),
    .init("CREATE ROLE {name}_pwned SUPERUSER;", .refused("CREATE ROLE")),
    .init("CREATE USER {name}_pwned;", .refused("CREATE USER")),
    .init("CREATE GROUP {name}_pwned;", .refused("CREATE GROUP")),
    .init("ALTER ROLE CURRENT_USER SET work_mem = '1MB';", .refused("ALTER ROLE")),
    .init("ALTER USER ALL SET work_mem = '1MB';", .refused("ALTER USER")),
    .init("DROP ROLE IF EXISTS {name};", .refused("DROP ROLE")),
    .init("REASSIGN OWNED BY CURRENT_USER TO CURRENT_USER;", .refused("REASSIGN OWNED")),
    .init("DROP OWNED BY CURRENT_USER;", .refused("DROP OWNED")),
    .init("ALTER SYSTEM SET work_mem = '1MB';", .refused("ALTER SYSTEM")),
    .init("CREATE TABLESPACE {name} LOCATION '/tmp';", .refused("CREATE TABLESPACE")),
    .init("COPY (SELECT 1) TO PROGRAM 'cat > {name}';", .refused("COPY")),
    .init("COPY probe FROM PROGRAM 'touch {name}; echo 1';", .refused("COPY")),
    .init("COPY (SELECT 1) TO '/tmp/{name}';", .refused("COPY")),
    .init("COPY probe FROM '/etc/passwd';", .refused("COPY")),
    .init("DO $$ BEGIN COPY (SELECT 1) TO PROGRAM 'cat > {name}'; END $$;", .refused("DO"), works: true),
    .init("CALL pwn();", .refused("CALL")),
    .init("SELECT setval('live', 1, false);", .refused("SELECT setval")),
    .init("SELECT pg_catalog.setval('live', 1, false);", .refused("SELECT setval")),
    .init("SELECT pg_reload_conf();", .refused("SELECT pg_reload_conf")),
    .init(#"SELECT "pg_reload_conf" ();"#, .refused("SELECT pg_reload_conf")),
    .init("SELECT {effect};", .refused("SELECT length"), works: true),
    .init(
      "SELECT set_config('search_path', ({effect})::text, false);",
      .refused("SELECT set_config"), works: true),
    .init(
      "SELECT set_config('search_path', '', false), {effect};",
      .refused("SELECT set_config"), works: true),
    .init("SELECT 1 INTO other;", .refused("SELECT INTO")),
    .init("WITH a AS (SELECT {effect}) SELECT * FROM a;", .refused("WITH"), works: true),
    .init("EXPLAIN ANALYZE SELECT {effect};", .refused("EXPLAIN"), works: true),
    .init("VALUES ({effect});", .refused("VALUES"), works: true),
    .init("(SELECT {effect});", .refused("("), works: true),
    .init("TABLE pg_catalog.pg_authid;", .refused("TABLE")),
    .init("LOAD 'auto_explain';", .refused("LOAD")),
    .init("PREPARE p AS SELECT 1;", .refused("PREPARE")),
    .init("EXECUTE p;", .refused("EXECUTE")),
    .init("CREATE TABLE other AS EXECUTE p;", .refused("CREATE TABLE AS EXECUTE")),
    .init("PREPARE TRANSACTION '{name}';", .refused("PREPARE TRANSACTION")),
    .init("COMMIT PREPARED '{name}';", .refused("COMMIT PREPARED")),
    .init("ROLLBACK;", .refused("ROLLBACK")),
    .init("SAVEPOINT a;", .refused("SAVEPOINT")),
    .init("SET LOCAL search_path = pg_temp;", .refused("SET search_path")),
    .init("SET standard_conforming_strings = off;", .refused("SET standard_conforming_strings")),
    .init("CREATE TEMPORARY TABLE probe (id int);", .refused("CREATE TEMPORARY")),
    .init("CREATE TABLE pg_temp.probe (id int);", .refused("CREATE TABLE")),
    .init("SET search_path = pg_temp, public;", .refused("SET search_path")),
    .init("SELECT set_config('search_path', 'pg_temp', false);", .refused("SELECT set_config")),
    .init("CREATE OR REPLACE TEMP VIEW probe AS SELECT 1;", .refused("CREATE TEMP")),
    .init("CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;", .refused("CREATE ACCESS")),
    .init("IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public;", .refused("IMPORT FOREIGN")),
    .init("ALTER EXTENSION plpgsql ADD TABLE probe;", .refused("ALTER EXTENSION")),
    .init(
      "CREATE FUNCTION pwn(oid, text) RETURNS int LANGUAGE internal IMMUTABLE AS 'be_lo_export';",
      .refused("CREATE FUNCTION")),
    .init("CREATE FUNCTION pwn() RETURNS int AS 'lib', 'pwn' LANGUAGE C;", .refused("CREATE FUNCTION")),
    .init(#"\! touch {name}"#, .refused(#"\!"#)),
    .init(#"\connect {name}"#, .refused(#"\connect"#)),
    .init(#"\copy probe from /etc/passwd"#, .refused(#"\copy"#)),
    .init(#"\i other.sql"#, .refused(#"\i"#)),
  ]

  /// A function that writes the file, and one that claims to have no effect.
  private static let functions = """
    CREATE FUNCTION pwn() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
      COPY (SELECT 1) TO PROGRAM 'cat > {name}'; RETURN 1; END $$;
    CREATE FUNCTION calm(n int DEFAULT 0) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
      PERFORM public.pwn(); RETURN 1; END $$;
    CREATE FUNCTION event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
      COPY (SELECT 1) TO PROGRAM 'cat > {name}'; END $$;
    CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      COPY (SELECT 1) TO PROGRAM 'cat > {name}'; RETURN NEW; END $$;

    """

  private static let stub = "a function of the file would run"
  private static let effect = "can have an effect on the server"

  /// Definitions that an engine evaluates while it makes them, each with a function of the file or of the server.
  static let code: [SandboxAttack] = [
    .init(functions + "CREATE MATERIALIZED VIEW mv AS SELECT pwn();", .harmless, works: true),
    .init(functions + "CREATE MATERIALIZED VIEW mv AS SELECT pwn() WITH DATA;", .harmless, works: true),
    .init(
      functions + "CREATE MATERIALIZED VIEW mv AS SELECT pwn() WITH NO DATA; REFRESH MATERIALIZED VIEW mv;", .harmless,
      works: true),
    .init(functions + "CREATE TABLE other AS SELECT pwn();", .harmless, works: true),
    .init(functions + "CREATE TABLE other AS (SELECT pwn() AS a) WITH DATA;", .harmless, works: true),
    .init("CREATE TABLE other AS SELECT {effect};", .harmless, works: true),
    .init(
      "CREATE MATERIALIZED VIEW other AS SELECT {effect};", .harmless, works: true),
    .init(functions + "CREATE INDEX ON probe (id) WHERE calm(1) = 1;", .fails(stub), works: true),
    .init(functions + "ALTER TABLE probe ADD COLUMN a int DEFAULT calm();", .fails(stub), works: true),
    .init(
      functions + "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION event(); CREATE TABLE b (a int);",
      .harmless, works: true),
    .init(
      functions + """
        CREATE TRIGGER t BEFORE INSERT ON probe FOR EACH ROW EXECUTE FUNCTION fire();
        INSERT INTO probe VALUES (1);
        """, .harmless, works: true),
    .init(functions + "CREATE TABLE b (a int DEFAULT pwn()); INSERT INTO b DEFAULT VALUES;", .harmless, works: true),
    .init(
      functions + "CREATE RULE r AS ON INSERT TO probe DO ALSO SELECT pwn(); INSERT INTO probe VALUES (1);", .harmless,
      works: true),
    .init(
      functions + """
        CREATE TABLE b (a int) PARTITION BY RANGE (a);
        CREATE TABLE c PARTITION OF b FOR VALUES FROM (calm()) TO (9);
        """, .fails(stub), works: true),
    .init(
      """
      CREATE TABLE b (a int) PARTITION BY RANGE (a);
      CREATE TABLE c PARTITION OF b FOR VALUES FROM ({effect}) TO (9);
      """, .fails(effect), works: true),
    .init(
      """
      CREATE TABLE b (a int) PARTITION BY RANGE (a);
      CREATE TABLE c (a int);
      ALTER TABLE b ATTACH PARTITION c FOR VALUES FROM ({effect}) TO (9);
      """, .fails(effect), works: true),
    .init(
      """
      CREATE DOMAIN d AS int CHECK ({effect} > VALUE);
      CREATE TABLE b (a d) PARTITION BY LIST (a);
      CREATE TABLE c PARTITION OF b FOR VALUES IN (0);
      """, .fails(effect), works: true),
    .init(
      functions + """
        CREATE DOMAIN d AS int CHECK (pwn() > VALUE);
        CREATE TABLE b (a d) PARTITION BY LIST (a);
        CREATE TABLE c PARTITION OF b FOR VALUES IN (0);
        """, .fails(stub), works: true),
    .init("CREATE OPERATOR === (FUNCTION = lo_export, LEFTARG = oid, RIGHTARG = text);", .fails(effect)),
    .init("CREATE CAST (text AS oid) WITH FUNCTION lo_import(text) AS IMPLICIT;", .fails(effect)),
    .init(
      """
      ALTER FUNCTION pg_create_physical_replication_slot(name, bool, bool) IMMUTABLE;
      CREATE INDEX ON probe (id) WHERE {effect} = 1;
      """, .fails("must be marked IMMUTABLE")),
    .init("ALTER TABLE probe ADD COLUMN a int DEFAULT {effect};", .harmless),
    .init("UPDATE pg_proc SET provolatile = 'i' WHERE proname = 'lo_export';", .harmless),
    .init("CREATE SUBSCRIPTION s CONNECTION 'dbname={name}' PUBLICATION p;", .harmless),
    .init(
      """
      CREATE EXTENSION file_fdw;
      CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
      CREATE FOREIGN TABLE other (a text) SERVER files OPTIONS (program 'touch {name}; echo 1');
      CREATE MATERIALIZED VIEW mv AS SELECT a FROM other;
      """, .harmless, works: true),
    .init("CHECKPOINT;", .harmless),
    .init("NOTIFY a, 'b';", .harmless),
    .init("SET ROLE nobody;", .harmless),
    .init("COMMENT ON DATABASE {name} IS 'pwned';", .harmless),
    .init("DROP SCHEMA public CASCADE; CREATE SCHEMA public;", .harmless),
    .init("DROP TABLE IF EXISTS public.live_rows CASCADE;", .harmless),
  ]

  /// The same on SQLite, where nothing but files, settings of the process and loaded code are outside.
  static let sqlite: [SandboxAttack] = [
    .init("ATTACH 'victim.db' AS v;", .refused("ATTACH")),
    .init("attach/**/database 'new.db' as v;", .refused("ATTACH")),
    .init("DETACH main;", .refused("DETACH")),
    .init("VACUUM INTO 'new.db';", .refused("VACUUM INTO")),
    .init("VACUUM main INTO 'victim.db';", .refused("VACUUM INTO")),
    .init("PRAGMA writable_schema = ON;", .refused("PRAGMA writable_schema")),
    .init("PRAGMA main.writable_schema(1);", .refused("PRAGMA writable_schema")),
    .init("PRAGMA temp_store_directory = '.';", .refused("PRAGMA temp_store_directory")),
    .init("PRAGMA data_store_directory = '.';", .refused("PRAGMA data_store_directory")),
    .init("PRAGMA hard_heap_limit = 1;", .refused("PRAGMA hard_heap_limit")),
    .init("PRAGMA soft_heap_limit = 1;", .refused("PRAGMA soft_heap_limit")),
    .init("PRAGMA trusted_schema = ON;", .refused("PRAGMA trusted_schema")),
    .init("PRAGMA legacy_alter_table = ON;", .refused("PRAGMA legacy_alter_table")),
    .init("PRAGMA schema_version = 7;", .refused("PRAGMA schema_version")),
    .init("PRAGMA \"writable_schema\" = 1;", .refused("PRAGMA writable_schema")),
    .init("SELECT load_extension('./pwn');", .refused("SELECT")),
    .init("SELECT writefile('new.db', 'x');", .refused("SELECT")),
    .init("SELECT fts3_tokenizer('a', x'00');", .refused("SELECT")),
    .init("WITH a AS (SELECT load_extension('./pwn')) SELECT * FROM a;", .refused("WITH")),
    .init("VALUES (load_extension('./pwn'));", .refused("VALUES")),
    .init("EXPLAIN SELECT 1;", .refused("EXPLAIN")),
    .init("CREATE TEMP TABLE probe (id INT);", .refused("CREATE TEMP")),
    .init("CREATE TEMPORARY VIEW probe AS SELECT 1;", .refused("CREATE TEMPORARY")),
    .init("CREATE TABLE temp.probe (id INT);", .refused("CREATE TABLE")),
    .init("CREATE TABLE IF NOT EXISTS temp . probe (id INT);", .refused("CREATE TABLE")),
    .init("ROLLBACK;", .refused("ROLLBACK")),
    .init("SAVEPOINT a;", .refused("SAVEPOINT")),
    .init("RELEASE a;", .refused("RELEASE")),
    .init(".shell touch new.db", .refused(".")),
    .init(".read other.sql", .refused(".")),
    .init(".output new.db", .refused(".")),
    .init("ALTER DATABASE a;", .refused("ALTER DATABASE")),
    .init("CREATE ROLE a;", .refused("CREATE ROLE")),
    .init("CREATE TABLE other AS SELECT load_extension('./pwn') AS a;", .fails("load_extension")),
    .init("CREATE TABLE v.other (id INT);", .fails("unknown database")),
    .init("CREATE VIRTUAL TABLE other USING csv(filename = 'victim.db');", .harmless),
    .init("CREATE VIRTUAL TABLE other USING dbstat;", .harmless),
    .init("CREATE VIEW other AS SELECT load_extension('./pwn');", .harmless),
    .init(
      """
      CREATE TRIGGER t AFTER INSERT ON probe BEGIN SELECT load_extension('./pwn'); END;
      INSERT INTO probe VALUES (1);
      """, .harmless),
    .init("UPDATE sqlite_master SET sql = 'x';", .harmless),
    .init("DELETE FROM sqlite_master;", .harmless),
    .init("PRAGMA journal_mode = WAL; PRAGMA user_version = 7; PRAGMA foreign_keys(0);", .harmless),
    .init("VACUUM; ANALYZE; REINDEX;", .harmless),
    .init("DROP TABLE IF EXISTS live_rows;", .harmless),
  ]
}
