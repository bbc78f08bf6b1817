import MetaxyFeatures
import MetaxyNames
import MetaxyRuntime
import MetaxySchema

private let (sqlite, postgresql) = ("sqlite", "postgresql")
private let outside = "-- metaxy:upgrade postgresql transaction:false\n"
private let inside = "-- metaxy:upgrade postgresql\n"

extension LintCase {
  static let all = losses + failures + locks + rewrites + indexes + names + transactions + rebuilds + suppressions

  static let losses =
    [sqlite, postgresql].flatMap { dialect in
      [
        LintCase(
          "DS102", dialect, ["DROP TABLE clip;"],
          silent: [
            "CREATE TABLE t (a INT);\nDROP TABLE t;", "CREATE TEMP TABLE IF NOT EXISTS t (a INT);\nDROP TABLE t;",
            "DROP INDEX ix_video_path;",
          ]),
        LintCase(
          "DS103", dialect, ["ALTER TABLE video DROP COLUMN path;"],
          silent: [
            "ALTER TABLE video ADD COLUMN a INT;\nALTER TABLE video DROP COLUMN a;",
            "ALTER TABLE video DROP COLUMN half;",
            "CREATE TABLE t (a INT, b INT);\nALTER TABLE t DROP COLUMN a;",
          ]),
        LintCase(
          "DS105", dialect,
          [
            "DELETE FROM clip;", "UPDATE video SET path = 'x';", "UPDATE video SET path = coalesce(path, 'x') || 'y';",
            "UPDATE video SET path = coalesce(state, path);", "DELETE FROM clip WHERE true;",
            "UPDATE video SET path = 'x' WHERE (1 = 1);", "UPDATE video SET path = coalesce(path, 'x'), state = 'x';",
          ],
          silent: [
            "UPDATE video SET path = coalesce(path, 'x'), state = coalesce(state, 'x');",
            "DELETE FROM clip WHERE 1 = 2;", "DELETE FROM clip WHERE 0;",
            "ALTER TABLE video ADD COLUMN a INT;\nUPDATE video SET a = 1 WHERE true;",
            "DELETE FROM clip WHERE id = 1;", "UPDATE video SET path = 'x' WHERE path IS NULL;",
            "ALTER TABLE video ADD COLUMN a INT;\nUPDATE video SET a = 1;",
            "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (1);\nDELETE FROM t;",
          ]),
      ]
    } + [
      LintCase("DS105", postgresql, ["TRUNCATE clip;"], silent: ["CREATE TABLE t (a INT);\nTRUNCATE t;"]),
      LintCase(
        "DS102", postgresql, ["DROP SCHEMA old CASCADE;"], silent: ["DROP SCHEMA old;"]),
      LintCase(
        "DS104", postgresql,
        [
          "ALTER TABLE video ALTER COLUMN price TYPE NUMERIC(10, 1);", "ALTER TABLE video ALTER COLUMN made TYPE DATE;",
          "ALTER TABLE video ALTER price SET DATA TYPE INTEGER;", "ALTER TABLE video ALTER list TYPE REAL[];",
        ],
        silent: [
          "ALTER TABLE video ALTER list TYPE BIGINT[];", "ALTER TABLE video ALTER list TYPE NUMERIC[];",
          "ALTER TABLE video ALTER bits TYPE BIT VARYING(8);",
          "ALTER TABLE video ALTER COLUMN price TYPE NUMERIC(12, 2);",
          "ALTER TABLE video ALTER COLUMN size TYPE BIGINT;",
          "ALTER TABLE video ALTER COLUMN path TYPE VARCHAR(65);",
        ]),
      // A value of an enum type is its text, and any other text fails.
      LintCase(
        "DS104", postgresql, fires: [],
        isSilent: [
          .recorded("CREATE TYPE way AS ENUM ('a');\nALTER TABLE video ALTER path TYPE way USING path::way;") {
            $0.enums["way"] = EnumType(name: "way", values: ["a"])
            $0.change("path") { $0.type = .raw("way") }
          }
        ]),
      LintCase(
        "MF106", postgresql,
        fires: [
          .recorded("CREATE TYPE way AS ENUM ('a');\nALTER TABLE video ALTER path TYPE way USING path::way;") {
            $0.enums["way"] = EnumType(name: "way", values: ["a"])
            $0.change("path") { $0.type = .raw("way") }
          }
        ], isSilent: []),
      LintCase(
        "DS104", sqlite, fires: [.rendered { $0.change("price") { $0.type = .integer } }],
        isSilent: [
          .rendered { $0.change("size") { $0.type = .bigint } },
          .rendered { $0.change("path") { $0.type = .varchar(65) } },
        ]),
      LintCase(
        "DS106", postgresql,
        [
          "DROP TABLE clip CASCADE;", "ALTER TABLE video DROP COLUMN path CASCADE;", "DROP TYPE mood CASCADE;",
          "TRUNCATE video CASCADE;",
        ],
        silent: [
          "DROP TABLE clip;", "DROP TABLE clip RESTRICT;",
          "ALTER TABLE clip ADD FOREIGN KEY (video_id) REFERENCES video (id) ON DELETE CASCADE NOT VALID;",
        ]),
      LintCase(
        "DS107", postgresql,
        fires: [
          .recorded(
            "ALTER TYPE mood RENAME TO old_mood;\nCREATE TYPE mood AS ENUM ('ok');\nDROP TYPE old_mood;"
          ) { $0.enums["mood"]?.values = ["ok"] }
        ],
        isSilent: [.recorded("ALTER TYPE mood ADD VALUE 'glad';") { $0.enums["mood"]?.values = ["sad", "ok", "glad"] }]),
      LintCase(
        "DS103", sqlite,
        fires: [
          .rendered { schema in
            schema.video.columns.removeAll { $0.name == "path" }
            schema.video.indexes = []
            schema.change("size") { $0.isNullable = true }
          }
        ],
        isSilent: [.rendered { $0.change("size") { $0.isNullable = true } }]),
    ]

  static let failures =
    [sqlite, postgresql].flatMap { dialect in
      [
        LintCase(
          "MF101", dialect,
          ["CREATE UNIQUE INDEX u ON video (path);", "CREATE UNIQUE INDEX u ON video (lower(path));"],
          silent: [
            "CREATE INDEX u ON video (path);", "CREATE UNIQUE INDEX u ON video (id, path);",
            "CREATE UNIQUE INDEX u ON video (made, path);",
            "ALTER TABLE video ADD COLUMN a INT;\nCREATE UNIQUE INDEX u ON video (a);",
            "CREATE TABLE t (a INT);\nCREATE UNIQUE INDEX u ON t (a);",
          ]),
        LintCase(
          "MF103", dialect, ["ALTER TABLE video ADD COLUMN a INT NOT NULL;"],
          silent: [
            "ALTER TABLE video ADD COLUMN a INT;", "ALTER TABLE video ADD COLUMN a INT NOT NULL DEFAULT 0;",
            "CREATE TABLE t (b INT);\nALTER TABLE t ADD COLUMN a INT NOT NULL;",
          ]),
      ]
    } + [
      LintCase(
        "MF101", postgresql,
        [
          "ALTER TABLE video ADD UNIQUE (path);", "ALTER TABLE video ADD CONSTRAINT k PRIMARY KEY (path);",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT 1 UNIQUE;",
        ],
        silent: [
          "ALTER TABLE video ADD CONSTRAINT u UNIQUE USING INDEX ux;",
          "ALTER TABLE video ADD COLUMN a BIGSERIAL UNIQUE;",
          "ALTER TABLE video ADD COLUMN a INT UNIQUE;",
        ]),
      LintCase(
        "MF101", sqlite,
        fires: [.rendered { $0.video.uniques.append(UniqueConstraint(name: .given("u"), columns: ["path"])) }],
        isSilent: [
          .rendered { $0.video.uniques.append(UniqueConstraint(name: .given("u"), columns: ["id", "path"])) },
          // SQLite numbers the rows.
          .rendered { schema in
            schema.video.columns.append(Column(name: "number", type: .integer, isNullable: false))
            schema.video.primaryKey = PrimaryKey(columns: ["number"])
          },
        ]),
      LintCase(
        "MF103", postgresql, [],
        silent: ["ALTER TABLE video ADD COLUMN a BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL;"]),
      LintCase(
        "MF104", postgresql,
        [
          "ALTER TABLE video ALTER COLUMN path SET NOT NULL;",
          "UPDATE video SET path = 'x' WHERE size = 1;\nALTER TABLE video ALTER path SET NOT NULL;",
          "ALTER TABLE video ADD CONSTRAINT n CHECK (path IS NOT NULL) NOT VALID;\n" + outside
            + "ALTER TABLE video VALIDATE CONSTRAINT n;", "ALTER TABLE video ADD PRIMARY KEY (size, path);",
        ],
        silent: [
          "ALTER TABLE video ADD PRIMARY KEY (size, state);", "ALTER TABLE video ADD PRIMARY KEY USING INDEX u;",
          "ALTER TABLE video ALTER COLUMN size SET NOT NULL;",
          "UPDATE video SET path = 'x' WHERE path IS NULL;\nALTER TABLE video ALTER path SET NOT NULL;",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT 1;\nALTER TABLE video ALTER a SET NOT NULL;",
          "ALTER TABLE video ADD CONSTRAINT n CHECK (path IS NOT NULL) NOT VALID;",
          "ALTER TABLE video ADD CONSTRAINT n CHECK (size IS NOT NULL);",
        ]),
      LintCase(
        "MF104", sqlite, fires: [.rendered { $0.change("path") { $0.isNullable = false } }],
        isSilent: [
          .rendered {
            $0.change("path") {
              $0.isNullable = true; $0.type = .varchar(70)
            }
          }
        ]),
      LintCase(
        "MF105", postgresql,
        [
          "ALTER TABLE video ADD CONSTRAINT c CHECK (price > 0);",
          "ALTER TABLE video ADD CHECK (state IN ('new', 'gone'));",
          "ALTER TABLE clip ADD FOREIGN KEY (id) REFERENCES video (id);",
          "ALTER TABLE video ADD EXCLUDE USING gist (path WITH =);",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT 0 CHECK (a > 0);",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT -1 CHECK (a > 0);",
        ],
        silent: [
          "ALTER TABLE video ADD CONSTRAINT c CHECK (price > 0) NOT VALID;",
          // Widened.
          "ALTER TABLE video DROP CONSTRAINT ck_video_state;\n"
            + "ALTER TABLE video ADD CONSTRAINT ck_video_state CHECK (state IN ('new', 'done', 'gone'));",
          "ALTER TABLE video ADD CHECK (size >= 0);", "ALTER TABLE video ADD CHECK ((size > 0) AND (size > -1));",
          "ALTER TABLE video ADD CHECK (((state)::text = ANY ((ARRAY['new'::character varying, 'done'::character varying,"
            + " 'x'::character varying])::text[])));",
          // All rows have NULL.
          "ALTER TABLE clip ADD COLUMN a BIGINT;\nALTER TABLE clip ADD FOREIGN KEY (a) REFERENCES video (id);",
          "ALTER TABLE clip ADD COLUMN a BIGINT REFERENCES video (id);",
          "ALTER TABLE video ADD COLUMN a INT;\nALTER TABLE video ADD CHECK (a > 0 AND a < size);",
          "ALTER TABLE video ADD COLUMN a VARCHAR(3) DEFAULT 'mp4' CHECK (a IN ('mp4', 'mov'));",
          "ALTER TABLE video ADD COLUMN a FLOAT DEFAULT '0.5'::double precision CHECK (a > 0);",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT -1 CHECK (a < 0);",
          "CREATE TABLE t (a INT);\nALTER TABLE t ADD CHECK (a > 0);",
        ]),
      LintCase(
        "MF105", sqlite,
        fires: [
          .rendered { $0.video.checks.append(CheckConstraint(name: .given("c"), expression: "price > 0")) },
          .rendered {
            $0.video.foreignKeys.append(ForeignKey(columns: ["owner"], table: "clip", referencedColumns: ["id"]))
          },
        ],
        isSilent: [
          .rendered { $0.video.checks[0].expression = "state IN ('new', 'done', 'gone')" },
          .rendered {
            $0.video.columns.append(Column(name: "clip", type: .bigint))
            $0.video.foreignKeys.append(ForeignKey(columns: ["clip"], table: "clip", referencedColumns: ["id"]))
          },
        ]),
      LintCase(
        "MF106", postgresql,
        [
          "ALTER TABLE video ALTER path TYPE VARCHAR(63);",
          "ALTER TABLE video ALTER path TYPE INTEGER USING path::integer;",
          "ALTER TABLE video ALTER bits TYPE BIT VARYING(3);", "ALTER TABLE video ALTER bits TYPE BIT(4);",
          "ALTER TABLE video ALTER list TYPE SMALLINT[];",
        ],
        silent: [
          "ALTER TABLE video ALTER list TYPE BIGINT[];", "ALTER TABLE video ALTER bits TYPE BIT VARYING(4);",
          "ALTER TABLE video ALTER bits TYPE BIT VARYING;", "ALTER TABLE video ALTER bits TYPE BIT VARYING(8);",
          "ALTER TABLE video ALTER path TYPE VARCHAR(65);", "ALTER TABLE video ALTER path TYPE TEXT;",
        ]),
      LintCase(
        "MF106", sqlite, fires: [.rendered { $0.change("path") { $0.type = .integer } }],
        isSilent: [.rendered { $0.change("path") { $0.type = .varchar(65) } }]),
      LintCase(
        "MF107", sqlite,
        [
          "ALTER TABLE video ADD COLUMN a INT UNIQUE;", "ALTER TABLE video ADD COLUMN a INT DEFAULT CURRENT_TIMESTAMP;",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT (1 + 1);",
          "ALTER TABLE video ADD COLUMN a INT GENERATED ALWAYS AS (size) STORED;",
        ],
        silent: [
          "ALTER TABLE video ADD COLUMN a INT DEFAULT 1;", "ALTER TABLE video ADD COLUMN a INT AS (size) VIRTUAL;",
          "ALTER TABLE video ADD COLUMN a INT DEFAULT (1);", "ALTER TABLE video ADD COLUMN a INT DEFAULT (-(2.5));",
          "ALTER TABLE video ADD COLUMN a TEXT DEFAULT ('x');", "ALTER TABLE video ADD COLUMN a INT DEFAULT (NULL);",
        ]),
    ]

  /// `lint-measured.script` measures the same on a server.
  private static let lockingCode = "DO $$ BEGIN EXECUTE 'LOCK TABLE video'; END $$;"

  static let locks = [
    LintCase(
      "PG311", postgresql,
      fires: [.measured(lockingCode, [0: StatementMeasurement(locked: ["video"])])],
      isSilent: [
        .measured(lockingCode, [0: StatementMeasurement()]), .sql(lockingCode),
        // The text shows this lock.
        .measured("ALTER TABLE video ADD COLUMN a INT;", [0: StatementMeasurement(locked: ["video"])]),
      ]),
    LintCase(
      "PG101", postgresql, ["CREATE INDEX i ON video (size);", "CREATE UNIQUE INDEX i ON public.video (size);"],
      silent: [
        outside + "CREATE INDEX CONCURRENTLY i ON video (size);", "CREATE TABLE t (a INT);\nCREATE INDEX i ON t (a);",
        "CREATE TABLE \"T\" (a INT);\nCREATE INDEX i ON public.\"T\" (a);", "CREATE INDEX i ON ONLY video (size);",
      ]),
    LintCase(
      "PG102", postgresql, ["DROP INDEX ix_video_path;"],
      silent: [
        outside + "DROP INDEX CONCURRENTLY ix_video_path;", "DROP INDEX ix_video_path;\nDROP TABLE video;",
        "DROP INDEX ix_video_path;\nALTER INDEX other RENAME TO ix_video_path;",
      ]),
    LintCase(
      "PG104", postgresql, ["ALTER TABLE video ADD PRIMARY KEY (path);"],
      silent: [
        "ALTER TABLE video ADD PRIMARY KEY USING INDEX u;",
        "CREATE TABLE t (a INT);\nALTER TABLE t ADD PRIMARY KEY (a);",
      ]),
    LintCase(
      "PG105", postgresql,
      ["ALTER TABLE video ADD CONSTRAINT u UNIQUE (path);", "ALTER TABLE video ADD COLUMN a INT UNIQUE;"],
      silent: ["ALTER TABLE video ADD CONSTRAINT u UNIQUE USING INDEX u;"]),
    LintCase(
      "PG106", postgresql, ["ALTER TABLE video ADD CONSTRAINT e EXCLUDE USING gist (path WITH =);"],
      silent: ["CREATE TABLE t (a INT);\nALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH =);"]),
    LintCase(
      "PG303", postgresql,
      ["ALTER TABLE video ALTER path SET NOT NULL;", "ALTER TABLE video ADD CONSTRAINT n NOT NULL path;"],
      silent: [
        "ALTER TABLE video ALTER size SET NOT NULL;", "ALTER TABLE video ADD CONSTRAINT n NOT NULL path NOT VALID;",
        "ALTER TABLE video ADD CONSTRAINT n CHECK (path IS NOT NULL) NOT VALID;\n" + outside
          + "ALTER TABLE video VALIDATE CONSTRAINT n;\n" + inside + "ALTER TABLE video ALTER path SET NOT NULL;",
      ]),
    LintCase(
      "PG305", postgresql,
      ["ALTER TABLE video ADD CHECK (price > 0);", "ALTER TABLE video ADD COLUMN a INT CHECK (a > 0);"],
      silent: [
        "ALTER TABLE video ADD CHECK (price > 0) NOT VALID;",
        "CREATE TABLE t (a INT);\nALTER TABLE t ADD CHECK (a > 0);",
      ]),
    LintCase(
      "PG306", postgresql, ["ALTER TABLE clip ADD FOREIGN KEY (id) REFERENCES video (id);"],
      silent: [
        "ALTER TABLE clip ADD FOREIGN KEY (id) REFERENCES video (id) NOT VALID;",
        "ALTER TABLE clip ADD COLUMN a BIGINT REFERENCES video (id);",
        "CREATE TABLE t (a BIGINT);\nALTER TABLE t ADD FOREIGN KEY (a) REFERENCES video (id);",
      ]),
    LintCase(
      "PG307", postgresql,
      ["ALTER TABLE video ADD CONSTRAINT c CHECK (price > 0) NOT VALID;\nALTER TABLE video VALIDATE CONSTRAINT c;"],
      silent: [
        "ALTER TABLE video ADD CONSTRAINT c CHECK (price > 0) NOT VALID;\n" + outside
          + "ALTER TABLE video VALIDATE CONSTRAINT c;",
        "ALTER TABLE video VALIDATE CONSTRAINT c;",
      ]),
    LintCase(
      "PG309", postgresql, ["ALTER TABLE video ADD COLUMN a INT;\nUPDATE video SET a = 1 WHERE a IS NULL;"],
      silent: [
        "ALTER TABLE video ADD COLUMN a INT;\n" + inside + "UPDATE video SET a = 1 WHERE a IS NULL;",
        "UPDATE video SET path = 'x' WHERE path IS NULL;\nALTER TABLE video ADD COLUMN a INT;",
        "ALTER TABLE clip ADD COLUMN a INT;\nINSERT INTO clip VALUES (1, NULL, 2);",
        "CREATE TABLE t (a INT);\nALTER TABLE t ADD COLUMN b INT;\nINSERT INTO t VALUES (1, 2);",
      ]),
    LintCase(
      "PG313", postgresql, ["CLUSTER video USING pk_video;", "ALTER TABLE video DETACH PARTITION clip;"],
      silent: [outside + "VACUUM video;", outside + "REINDEX TABLE CONCURRENTLY video;", "ANALYZE video;"]),
  ]

  static let rewrites = [
    LintCase(
      "PG301", postgresql,
      [
        "ALTER TABLE video ALTER size TYPE BIGINT;", "ALTER TABLE video ALTER path TYPE VARCHAR(10);",
        "ALTER TABLE video ALTER price TYPE NUMERIC(12, 3);", "ALTER TABLE video ALTER made TYPE TIMESTAMP;",
        "ALTER TABLE unknown ALTER a TYPE BIGINT;",
        inside + "ALTER TABLE unknown ALTER a TYPE BIGINT;\n-- metaxy:downgrade\nALTER TABLE unknown ALTER a TYPE INT;",
      ],
      silent: [
        "ALTER TABLE video ALTER path TYPE VARCHAR(65);", "ALTER TABLE video ALTER path TYPE TEXT;",
        "ALTER TABLE video ALTER path TYPE VARCHAR;", "ALTER TABLE video ALTER price TYPE NUMERIC(12, 2);",
        "ALTER TABLE video ALTER price TYPE NUMERIC;", "ALTER TABLE video ALTER size TYPE INT4;",
        "CREATE TABLE t (a INT);\nALTER TABLE t ALTER a TYPE BIGINT;",
        inside
          + "ALTER TABLE unknown ALTER a TYPE TEXT;\n-- metaxy:downgrade\nALTER TABLE unknown ALTER a TYPE VARCHAR(3);",
      ]),
    LintCase(
      "PG302", postgresql, ["ALTER TABLE video ADD COLUMN a UUID DEFAULT gen_random_uuid();"],
      silent: [
        "ALTER TABLE video ADD COLUMN a TIMESTAMPTZ DEFAULT now();", "ALTER TABLE video ADD COLUMN a INT DEFAULT 1;",
        "ALTER TABLE video ALTER COLUMN path SET DEFAULT gen_random_uuid();",
        "CREATE TABLE t (b INT);\nALTER TABLE t ADD COLUMN a UUID DEFAULT gen_random_uuid();",
      ]),
    LintCase(
      "PG308", postgresql,
      [
        "ALTER TABLE video ADD COLUMN a BIGSERIAL;", "ALTER TABLE video ADD COLUMN a INT GENERATED ALWAYS AS IDENTITY;",
        "ALTER TABLE video ADD COLUMN a INT GENERATED ALWAYS AS (size * 2) STORED;",
      ],
      silent: ["ALTER TABLE video ADD COLUMN a INT;", "CREATE TABLE t (a BIGSERIAL);"]),
    LintCase(
      "PG310", postgresql, ["ALTER TABLE video SET TABLESPACE fast;", "ALTER TABLE video SET UNLOGGED;"],
      silent: ["ALTER TABLE video SET (fillfactor = 70);", "CREATE TABLE t (a INT);\nALTER TABLE t SET UNLOGGED;"]),
  ]

  static let indexes =
    [
      LintCase(
        "IX101", postgresql,
        [
          outside + "DROP INDEX CONCURRENTLY ix_video_path;\nCREATE INDEX CONCURRENTLY i ON video (path, size);",
          "ALTER TABLE video DROP CONSTRAINT uq_video_made;\n" + outside
            + "CREATE UNIQUE INDEX CONCURRENTLY u ON video (made);",
        ],
        silent: [
          outside + "CREATE INDEX CONCURRENTLY i ON video (path, size);\nDROP INDEX CONCURRENTLY ix_video_path;",
          outside + "DROP INDEX CONCURRENTLY ix_video_path;\nCREATE INDEX CONCURRENTLY i ON video (size);",
          "DROP INDEX ix_video_path;\nCREATE INDEX i ON video (path, size);",
        ])
    ]
    + [sqlite, postgresql].flatMap { dialect in
      [
        LintCase(
          "IX102", dialect, ["CREATE TABLE t (a BIGINT REFERENCES video (id));"],
          silent: [
            "CREATE TABLE t (a BIGINT REFERENCES video (id));\nCREATE INDEX i ON t (a);",
            "CREATE TABLE t (a BIGINT PRIMARY KEY REFERENCES video (id));",
            "ALTER TABLE clip ADD CONSTRAINT f FOREIGN KEY (video_id) REFERENCES video (id);",
            "CREATE TABLE t (a BIGINT, b INT, PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES video (id));",
          ]),
        LintCase(
          "IX103", dialect,
          fires: [
            .recorded("CREATE INDEX again ON video (path);") {
              $0.video.indexes.append(Index(name: .given("again"), elements: [IndexElement(.column("path"))]))
            }
          ],
          isSilent: [
            .recorded("CREATE INDEX again ON video (path, size);") {
              $0.video.indexes.append(
                Index(name: .given("again"), elements: [IndexElement(.column("path")), IndexElement(.column("size"))]))
            },
            .recorded("CREATE INDEX again ON video (path) WHERE size > 1;") {
              $0.video.indexes.append(
                Index(name: .given("again"), elements: [IndexElement(.column("path"))], predicate: "size > 1"))
            },
          ]),
      ]
    }

  static let names =
    [sqlite, postgresql].flatMap { dialect in
      [
        LintCase(
          "BC101", dialect, ["ALTER TABLE clip RENAME TO cut;"],
          silent: [
            "ALTER TABLE clip RENAME TO cut;\nCREATE VIEW clip AS SELECT * FROM cut;",
            "CREATE TABLE t (a INT);\nALTER TABLE t RENAME TO u;",
            "ALTER TABLE clip RENAME TO other;\nALTER TABLE other RENAME TO clip;",
          ]),
        LintCase(
          "BC102", dialect,
          ["ALTER TABLE video RENAME COLUMN path TO file;", "ALTER TABLE video RENAME path TO file;"],
          silent: ["ALTER TABLE video RENAME COLUMN path TO file;\nALTER TABLE video ADD COLUMN path VARCHAR;"]),
        LintCase(
          "BC103", dialect,
          fires: [.rendered { $0.change("size") { $0.isNullable = true } }],
          isSilent: [.rendered { $0.change("path") { $0.isNullable = false } }]),
        LintCase(
          "CD101", dialect, fires: [.rendered { $0["clip"]?.foreignKeys = [] }],
          isSilent: [
            .rendered { $0["clip"]?.foreignKeys[0].onDelete = .cascade },
            .rendered { schema in
              schema["clip"]?.columns.append(Column(name: "made", type: .timestamp))
              schema["clip"]?.foreignKeys[0].columns = ["made", "video_id"]
              schema["clip"]?.foreignKeys[0].referencedColumns = ["made", "id"]
              schema.video.uniques.append(UniqueConstraint(name: .given("u"), columns: ["made", "id"]))
            },
            .rendered { $0["clip"] = nil },
          ]),
        LintCase(
          "CD102", dialect, fires: [.rendered { $0.video.uniques = [] }],
          isSilent: [
            .rendered {
              $0.video.uniques = [UniqueConstraint(name: .given("uq_video_made"), columns: ["made", "path"])]
              $0.video.uniques.append(UniqueConstraint(name: .given("uq_new"), columns: ["made"]))
            },
            .rendered { schema in
              schema.video.uniques = []
              schema.video.columns.removeAll { $0.name == "made" }
            },
          ]),
      ]
    } + [
      LintCase(
        "BC103", postgresql, ["ALTER TABLE video ALTER size DROP NOT NULL;"],
        silent: [
          "ALTER TABLE video ALTER path DROP NOT NULL;",
          "ALTER TABLE video ALTER size DROP NOT NULL;\nALTER TABLE video ALTER size SET NOT NULL;",
        ]),
      LintCase(
        "BC104", postgresql, ["ALTER TYPE mood RENAME VALUE 'sad' TO 'low';", "ALTER TYPE mood RENAME TO feeling;"],
        silent: [
          "ALTER TYPE mood RENAME TO old_mood;\nCREATE TYPE mood AS ENUM ('ok');", "ALTER TYPE mood ADD VALUE 'glad';",
        ]),
      LintCase(
        "PG316", postgresql, ["CREATE TABLE t (a CHAR(3));", "ALTER TABLE video ADD COLUMN a TIMESTAMP;"],
        silent: [
          "CREATE TABLE t (a CHARACTER VARYING(3), b VARCHAR, c TIMESTAMPTZ, d TIMESTAMP(3) WITH TIME ZONE, e \"char\");"
        ]),
      LintCase(
        "PG317", postgresql,
        [
          "CREATE INDEX CONCURRENTLY \(String(repeating: "i", count: 64)) ON video (size);",
          "CREATE TABLE \(String(repeating: "ü", count: 32)) (a INT);",
        ],
        silent: ["CREATE TABLE \(String(repeating: "i", count: 63)) (a INT);"]),
    ]

  static let transactions =
    [
      LintCase(
        "PG103", postgresql,
        ["CREATE INDEX CONCURRENTLY i ON video (size);", "DROP INDEX CONCURRENTLY ix_video_path;", "VACUUM video;"],
        silent: [outside + "CREATE INDEX CONCURRENTLY i ON video (size);", "CREATE INDEX i ON video (size);"]),
      LintCase(
        "PG314", postgresql, ["ALTER TYPE mood ADD VALUE 'glad';\nINSERT INTO clip VALUES ('glad');"],
        silent: [
          "ALTER TYPE mood ADD VALUE 'glad';\n" + inside + "INSERT INTO clip VALUES ('glad');",
          "ALTER TYPE mood ADD VALUE 'glad';\nINSERT INTO clip VALUES ('sad');",
          "CREATE TYPE m AS ENUM ('a');\nALTER TYPE m ADD VALUE 'b';\nINSERT INTO clip VALUES ('b');",
        ]),
    ]
    + [sqlite, postgresql].map { dialect in
      LintCase(
        "TX102", dialect, ["CREATE TABLE IF NOT EXISTS t (a INT);", "CREATE INDEX IF NOT EXISTS i ON video (size);"],
        silent: ["CREATE TABLE t (a INT);", "DROP TABLE IF EXISTS clip;"])
    }

  private static let copied =
    "CREATE TABLE n (id BIGINT PRIMARY KEY, path VARCHAR);\nINSERT INTO n SELECT id, path FROM video;\nDROP TABLE video;\n"
    + "ALTER TABLE n RENAME TO video;\n"
  private static let off = "-- metaxy:upgrade sqlite foreign_keys:off\n"

  static let rebuilds = [
    LintCase(
      "LT201", sqlite, [off + copied],
      silent: [
        off + copied + "CREATE INDEX ix_video_path ON video (path);", off + "DROP INDEX ix_video_path;\n" + copied,
      ]),
    LintCase(
      "LT202", sqlite,
      fires: [.recorded(off + copied) { $0.video.primaryKey?.isAutoincrement = true }],
      isSilent: [
        .recorded(off + copied.replacing("BIGINT PRIMARY KEY", with: "INTEGER PRIMARY KEY AUTOINCREMENT")) {
          $0.video.primaryKey?.isAutoincrement = true
        }, .sql(off + copied),
      ]),
    LintCase("LT203", sqlite, [copied], silent: [off + copied, copied.replacing("video", with: "clip")]),
  ]

  static let suppressions =
    [sqlite, postgresql].flatMap { dialect in
      [
        LintCase(
          "AL101", dialect,
          [
            "-- metaxy:allow DS103 gone\nALTER TABLE video ADD COLUMN a INT;",
            "-- metaxy:allow MF103 no rows\nALTER TABLE video ADD COLUMN a INT;",
          ],
          silent: [
            "-- metaxy:allow DS103 gone\nALTER TABLE video DROP COLUMN path;",
            "-- metaxy:allow MF103 no rows\nALTER TABLE video ADD COLUMN a INT NOT NULL;",
            // Whether rows are lost, only the run shows.
            "-- metaxy:allow DS105 seen\nDELETE FROM clip WHERE id = 1;",
          ]),
        LintCase(
          "AL102", dialect, ["-- metaxy:allow DS1O3 gone\nALTER TABLE video DROP COLUMN path;"],
          silent: ["-- metaxy:allow ds103 gone\nALTER TABLE video DROP COLUMN path;"]),
      ]
    }
}
