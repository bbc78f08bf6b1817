import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// What a section loses, whichever way: counted by SQLite, and refused without consent.
@Suite(.timed) struct LossMeterTests {
  static let start = """
    CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INT);
    INSERT INTO video VALUES (1, 'a', 10), (2, 'b', NULL), (3, 'c', NULL);
    CREATE TABLE crop (id INTEGER PRIMARY KEY, video INT REFERENCES video ON DELETE CASCADE, note TEXT);
    INSERT INTO crop VALUES (1, 1, 'x'), (2, 2, 'y');
    CREATE TABLE tag (name TEXT PRIMARY KEY, uses INT) WITHOUT ROWID;
    INSERT INTO tag VALUES ('red', 1), ('blue', 2);
    CREATE TABLE mark (video INT REFERENCES video ON DELETE SET NULL);
    INSERT INTO mark VALUES (1), (3);
    CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (parent INT REFERENCES parent ON DELETE CASCADE, name TEXT);
    INSERT INTO child VALUES (NULL, 'kept');
    CREATE TABLE strictly (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, v TEXT);
    INSERT INTO strictly VALUES (1, 'one');
    CREATE TABLE pair (a INT, b TEXT);
    INSERT INTO pair VALUES (1, 'x'), (2, 'y');
    CREATE TABLE node (id INTEGER PRIMARY KEY, up INT REFERENCES node ON DELETE CASCADE);
    INSERT INTO node VALUES (1, NULL), (2, 1), (3, 2);
    CREATE TABLE made (a INT, b INT AS (a * 2) STORED);
    INSERT INTO made VALUES (1);
    CREATE VIEW seen AS SELECT * FROM video;
    """

  /// Runs a section, and returns its error; without consent nothing may be lost, and whatever was is rolled back.
  private func failure(_ statements: String, attributes: String = "", allowsLoss: Bool = false) throws -> MetaxyError? {
    let store = try ScratchStore(Self.start)
    let before = try rows(store)
    try store.revision("aa", "-- metaxy:upgrade sqlite\(attributes)\n\(statements)\n-- metaxy:downgrade sqlite")
    let error = store.failure { try store.upgrade(allowsLoss: allowsLoss) }
    if error != nil { #expect(try rows(store) == before) }
    #expect(try store.versions() == (error == nil ? ["aa"] : []))
    return error
  }

  private func rows(_ store: ScratchStore) throws -> [[String?]] {
    try ["video", "crop", "tag", "mark", "parent", "child", "strictly", "pair", "node", "made"].flatMap {
      try store.rows("SELECT * FROM \($0) ORDER BY 1")
    }
  }

  /// A rebuild by hand, as the documentation of SQLite has it, with these columns and this copy.
  private static func rebuild(
    _ columns: String = "id INTEGER PRIMARY KEY, path TEXT, size INT", _ copy: String = "SELECT * FROM video"
  ) -> String {
    """
    CREATE TABLE new_video (\(columns));
    INSERT INTO new_video \(copy);
    DROP TABLE video;
    ALTER TABLE new_video RENAME TO video;
    """
  }

  @Test(
    arguments: [
      // Rows.
      ("DELETE FROM video WHERE 1 = 1;", "3 rows of `video`"),
      ("DELETE FROM video WHERE id = 1;", "1 row of `video`"),
      ("DELETE FROM video WHERE id = 1;", "1 row of `crop`"),
      ("DELETE FROM video WHERE id = 1;", "values in 1 row of `mark`"),
      ("WITH all_ids AS (SELECT id FROM video) DELETE FROM video WHERE id IN all_ids;", "3 rows of `video`"),
      ("DELETE FROM tag WHERE uses > 0;", "2 rows of `tag`"),
      ("DELETE FROM video WHERE id = 3 RETURNING id;", "1 row of `video`"),
      ("UPDATE video SET path = NULL WHERE true;", "values in 3 rows of `video`"),
      ("UPDATE video SET path = 'A' WHERE path = 'a';", "values in 1 row of `video`"),
      ("UPDATE strictly SET oid = 5;", "values in 1 row of `strictly`"),
      ("UPDATE tag SET uses = uses + 1 WHERE 1;", "values in 2 rows of `tag`"),
      ("UPDATE video SET path = upper(path) FROM tag WHERE tag.uses = video.id;", "values in 2 rows of `video`"),
      ("REPLACE INTO video VALUES (1, 'a', 10);", "1 row of `video`"),
      ("REPLACE INTO video VALUES (1, 'a', 10);", "1 row of `crop`"),
      ("INSERT OR REPLACE INTO tag VALUES ('red', 9), ('green', 9);", "1 row of `tag`"),
      ("INSERT INTO strictly VALUES (1, 'two');", "1 row of `strictly`"),
      ("UPDATE OR REPLACE tag SET name = 'blue' WHERE name = 'red';", "1 row of `tag`"),
      ("INSERT INTO tag VALUES ('red', 9) ON CONFLICT DO UPDATE SET uses = 9;", "values in 1 row of `tag`"),
      ("INSERT INTO video (id, path) VALUES (9, 'z'); DELETE FROM video WHERE id = 9;", "1 row of `video`"),
      ("DELETE FROM node WHERE id = 1;", "3 rows of `node`"),
      ("UPDATE OR IGNORE video SET size = 7;", "values of `video.size`"),
      ("UPDATE video SET (path, size) = (SELECT name, uses FROM tag LIMIT 1) WHERE 1;", "values in 3 rows of `video`"),
      ("UPDATE made SET a = 9 WHERE 1;", "values in 1 row of `made`"),
      ("UPDATE video SET path = x'61' WHERE id = 1;", "values in 1 row of `video`"),
      ("UPDATE video SET size = '10x' WHERE id = 1;", "values in 1 row of `video`"),
      ("REPLACE INTO tag SELECT name, 9 FROM tag;", "2 rows of `tag`"),
      ("DELETE FROM video AS v WHERE v.id = 2;", "1 row of `video`"),
      ("DELETE FROM video WHERE id IN (SELECT id FROM video ORDER BY id LIMIT 1);", "1 row of `video`"),
      (
        "INSERT INTO tag SELECT 'red', 5 WHERE 1 ON CONFLICT (name) DO UPDATE SET uses = excluded.uses;",
        "values in 1 row of `tag`"
      ),
      (
        "CREATE TEMP TABLE keep AS SELECT * FROM tag; DELETE FROM tag; INSERT INTO tag SELECT name, 0 FROM keep;",
        "all rows of `tag`"
      ),
      // Through views and triggers.
      (
        """
        CREATE TRIGGER t AFTER UPDATE ON tag BEGIN DELETE FROM video WHERE id = 1; END;
        ALTER TABLE tag ADD COLUMN n INT; UPDATE tag SET n = 1;
        """, "1 row of `video`"
      ),
      (
        """
        CREATE TRIGGER t INSTEAD OF UPDATE ON seen BEGIN UPDATE video SET path = NULL; END;
        UPDATE seen SET size = 1;
        """, "values in 3 rows of `video`"
      ),
      (
        """
        ALTER TABLE video RENAME COLUMN path TO p; ALTER TABLE video ADD COLUMN path TEXT; ALTER TABLE video DROP COLUMN p;
        """, "the column `video.p` with its 3 values"
      ),
      (
        """
        CREATE TRIGGER t INSTEAD OF DELETE ON seen BEGIN DELETE FROM video WHERE id = OLD.id; END;
        DELETE FROM seen WHERE id = 2;
        """, "1 row of `video`"
      ),
      (
        "CREATE TRIGGER t AFTER INSERT ON tag BEGIN DELETE FROM video; END; INSERT INTO tag VALUES ('new', 1);",
        "3 rows of `video`"
      ),
      (
        """
        CREATE TEMP TRIGGER t AFTER INSERT ON tag BEGIN UPDATE video SET path = '' WHERE id = 1; END;
        INSERT INTO tag VALUES ('new', 1);
        """, "values in 1 row of `video`"
      ),
      (
        """
        CREATE TABLE fresh (n INT);
        CREATE TRIGGER t AFTER INSERT ON fresh BEGIN REPLACE INTO tag VALUES ('red', NEW.n); END;
        INSERT INTO fresh VALUES (1);
        """, "1 row of `tag`"
      ),
      // Names that hide others.
      ("CREATE TEMP TABLE video (x); DROP TABLE temp.video; DROP TABLE video;", "the table `video` with its 3 rows"),
      ("CREATE TEMP TABLE video (x); DROP TABLE video; DROP TABLE video;", "the table `video` with its 3 rows"),
      ("CREATE TEMP TABLE video (x); DELETE FROM main.video;", "3 rows of `video`"),
      ("ALTER TABLE video RENAME TO clip; DELETE FROM clip WHERE id = 3;", "1 row of `video`"),
      ("ALTER TABLE tag RENAME TO gone; DROP TABLE gone;", "the table `tag` with its 2 rows"),
      (
        "ALTER TABLE tag RENAME TO old; CREATE TABLE tag (name TEXT, uses INT); DROP TABLE old;", "2 rows of `tag`"
      ),
      (
        "CREATE TABLE note (n INT); DROP TABLE note; ALTER TABLE tag RENAME TO note; DROP TABLE note;",
        "the table `tag` with its 2 rows"
      ),
      ("CREATE VIEW temp.tag AS SELECT 1; DROP VIEW temp.tag; DROP TABLE tag;", "the table `tag` with its rows"),
      // Columns.
      ("ALTER TABLE video DROP COLUMN path;", "the values of `video.path`"),
      (
        "ALTER TABLE video RENAME COLUMN path TO place; ALTER TABLE video DROP COLUMN place;",
        "`video.place` with its 3"
      ),
      (
        "ALTER TABLE video RENAME COLUMN size TO bytes; UPDATE video SET bytes = 0 WHERE bytes > 0;",
        "in 1 row of `video`"
      ),
      ("ALTER TABLE tag RENAME TO t; ALTER TABLE t DROP COLUMN uses;", "the column `tag.uses` with its 2 values"),
      // Rebuilds by hand.
      ("DROP VIEW seen;\n" + rebuild(), "2 rows of `crop`"),
      ("DROP VIEW seen;\n" + rebuild(), "values in 2 rows of `mark`"),
    ])
  func whatIsLostIsCountedAndRolledBack(_ statements: String, _ loss: String) throws {
    let error = try #require(try failure(statements), "\(statements)")
    #expect(error.code == .wouldLoseData, "\(error.message)")
    #expect(error.message.contains(loss), "\(error.message)")
    #expect(try failure(statements, allowsLoss: true) == nil)
  }

  @Test(
    arguments: [
      (
        rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "(id, path) SELECT id, path FROM video"),
        "1 value of `video.size`"
      ),
      (
        rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT id, '', size FROM video"),
        "3 values of `video.path`"
      ),
      (
        rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT id, upper(path), size FROM video"),
        "3 values of `video.path`"
      ),
      (
        rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT id, path, NULL FROM video"),
        "1 value of `video.size`"
      ),
      (rebuild("id INTEGER PRIMARY KEY, path TEXT", "SELECT id, path FROM video"), "`video.size`"),
      (rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT * FROM video WHERE id < 3"), "`video` with its"),
      (
        """
        ALTER TABLE video RENAME TO old_video;
        CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INT);
        INSERT INTO video SELECT * FROM old_video WHERE id < 3;
        DROP TABLE old_video;
        """, "1 row of `video`"
      ),
      (
        """
        CREATE TABLE new_tag (name TEXT PRIMARY KEY, uses INT) WITHOUT ROWID;
        INSERT INTO new_tag SELECT name, 7 FROM tag;
        DROP TABLE tag;
        ALTER TABLE new_tag RENAME TO tag;
        """, "2 values of `tag.uses`"
      ),
      (
        """
        CREATE TABLE new_tag (name TEXT PRIMARY KEY, uses INT AS (1));
        INSERT INTO new_tag (name) SELECT name FROM tag;
        DROP TABLE tag;
        ALTER TABLE new_tag RENAME TO tag;
        """, "1 value of `tag.uses`"
      ),
      // Values exchanged between rows.
      (
        rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT id, char(100 - id), size FROM video"),
        "2 values of `video.path`"
      ),
      (
        """
        CREATE TABLE new_tag (name TEXT PRIMARY KEY, uses INT) WITHOUT ROWID;
        INSERT INTO new_tag SELECT name, 3 - uses FROM tag;
        DROP TABLE tag;
        ALTER TABLE new_tag RENAME TO tag;
        """, "2 values of `tag.uses`"
      ),
      (
        """
        CREATE TABLE new_pair (a INT, b TEXT);
        INSERT INTO new_pair SELECT a, CASE b WHEN 'x' THEN 'y' ELSE 'x' END FROM pair ORDER BY a DESC;
        DROP TABLE pair;
        ALTER TABLE new_pair RENAME TO pair;
        """, "values in 2 rows of `pair`"
      ),
      // A value that becomes the same as another one.
      (
        """
        CREATE TABLE new_video (id INTEGER PRIMARY KEY, path TEXT, size INT);
        INSERT INTO new_video (id, path, size) SELECT id, CASE path WHEN 'a' THEN 'b' ELSE path END, size FROM video;
        DROP TABLE video;
        ALTER TABLE new_video RENAME TO video;
        """, "1 value of `video.path`"
      ),
      // Overwritten in a column that gets another type.
      (
        """
        CREATE TABLE new_tag (name TEXT PRIMARY KEY, uses TEXT) WITHOUT ROWID;
        INSERT INTO new_tag SELECT name, uses + 1 FROM tag;
        DROP TABLE tag;
        ALTER TABLE new_tag RENAME TO tag;
        """, "2 values of `tag.uses`"
      ),
      (
        rebuild("id INTEGER PRIMARY KEY, path DATE, size INT", "SELECT id, path || '!', size FROM video"),
        "3 values of `video.path`"
      ),
    ])
  func aRebuildThatLosesIsRefused(_ statements: String, _ loss: String) throws {
    let error = try #require(try failure(statements, attributes: " foreign_keys:off"), "\(statements)")
    #expect(error.code == .wouldLoseData, "\(error.message)")
    #expect(error.message.contains(loss), "\(error.message)")
  }

  @Test(
    arguments: [
      rebuild(), rebuild("size INT, id INTEGER PRIMARY KEY, path TEXT", "SELECT size, id, path FROM video"),
      // A value with another spelling, which no row had.
      """
      CREATE TABLE new_video (id INTEGER PRIMARY KEY, path TEXT, size INT);
      INSERT INTO new_video (id, path, size) SELECT id, CASE path WHEN 'a' THEN 'it''s z' ELSE path END, size FROM video;
      DROP TABLE video;
      ALTER TABLE new_video RENAME TO video;
      """,
      """
      CREATE TABLE new_pair (a INT, b TEXT);
      INSERT INTO new_pair (a, b) SELECT a, CASE b WHEN 'x' THEN 'z' ELSE b END FROM pair ORDER BY a DESC;
      DROP TABLE pair;
      ALTER TABLE new_pair RENAME TO pair;
      """,
      rebuild("id INTEGER PRIMARY KEY, path TEXT, size INT", "SELECT id + 100, path, size FROM video")
        .replacing("SELECT id + 100", with: "SELECT id"),
      rebuild("id INTEGER PRIMARY KEY, path TEXT, size TEXT NOT NULL", "SELECT id, path, coalesce(size, 0) FROM video"),
      """
      ALTER TABLE video RENAME TO old_video;
      CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INT);
      INSERT INTO video SELECT * FROM old_video;
      DROP TABLE old_video;
      """,
      """
      CREATE TABLE new_tag (name TEXT, uses INT);
      INSERT INTO new_tag SELECT * FROM tag ORDER BY uses DESC;
      DROP TABLE tag;
      ALTER TABLE new_tag RENAME TO tag;
      """,
      """
      CREATE TABLE new_pair (b VARCHAR, a REAL);
      INSERT INTO new_pair SELECT b, a FROM pair ORDER BY a DESC;
      DROP TABLE pair;
      ALTER TABLE new_pair RENAME TO pair;
      """,
      """
      CREATE TABLE new_pair (a INT, b TEXT);
      INSERT INTO new_pair SELECT * FROM pair ORDER BY a DESC;
      DROP TABLE pair;
      ALTER TABLE new_pair RENAME TO pair;
      """,
    ])
  func aRebuildThatKeepsEverythingRuns(_ statements: String) throws {
    let error = try failure(statements, attributes: " foreign_keys:off")
    #expect(error == nil, "\(error?.message ?? "")")
  }

  @Test(
    arguments: [
      "DROP TABLE parent;", "DELETE FROM parent;", "UPDATE video SET size = 5 WHERE size IS NULL;",
      "ALTER TABLE video ADD COLUMN fps INT; UPDATE video SET fps = 25; UPDATE video SET fps = fps + 1;",
      "UPDATE video SET path = path WHERE 1;",
      "INSERT INTO video VALUES (7, 'g', 1); INSERT INTO tag VALUES ('new', 1);",
      "INSERT OR REPLACE INTO tag VALUES ('new', 9);", "INSERT OR IGNORE INTO tag VALUES ('red', 9);",
      "CREATE TABLE mine (n INT); INSERT INTO mine VALUES (1); UPDATE mine SET n = 2; DELETE FROM mine; DROP TABLE mine;",
      "CREATE TEMP TABLE work AS SELECT * FROM video; DELETE FROM work; DROP TABLE temp.work;",
      "CREATE TEMP TABLE tag (x); INSERT INTO tag VALUES (1); DELETE FROM tag; DROP TABLE tag;",
      "-- metaxy:allow DS105 moved away\nDELETE FROM tag WHERE 1;",
      "-- metaxy:allow DS102 moved away\nDROP TABLE tag;",
      "ALTER TABLE child DROP COLUMN parent;",
    ])
  func whatLosesNothingRuns(_ statements: String) throws {
    let error = try failure(statements)
    #expect(error == nil, "\(error?.message ?? "")")
  }

  @Test func theErrorNamesSectionStatementAndWayOut() throws {
    let store = try ScratchStore(Self.start)
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TABLE first (n INT);
      -- metaxy:upgrade
      CREATE TABLE second (n INT);
      DELETE FROM tag WHERE 1;
      -- metaxy:downgrade
      """)
    let error = try #require(store.failure { try store.upgrade() })
    #expect(
      error.message == """
        section 2 of the upgrade of revision `aa` would lose data, so it was rolled back:
          2 rows of `tag` (versions/aa.sql:10, rule DS105)
        """)
    #expect(error.hints.contains { $0.description.contains("metaxy:allow DS105 ") })
    #expect(try store.tables().contains("first") && !store.tables().contains("second"))
    #expect(try store.log("section, error IS NOT NULL") == [["1", "1"]])
  }

  @Test func temporaryObjectsEndWithTheirSectionAndShadowNothing() throws {
    let store = try ScratchStore(Self.start)
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TEMP TABLE alembic_version (version_num TEXT);
      INSERT INTO alembic_version VALUES ('zz');
      CREATE TEMP TABLE alembic_version_log (id INT);
      CREATE TEMP TABLE mark (x INT);
      CREATE TEMP VIEW look AS SELECT 1;
      CREATE TEMP TRIGGER later AFTER INSERT ON tag BEGIN SELECT RAISE(FAIL, 'still there'); END;
      -- metaxy:upgrade
      INSERT INTO tag VALUES ('green', 3);
      INSERT INTO mark VALUES (2);
      CREATE TABLE look (n INT);
      -- metaxy:downgrade
      """)
    try store.revision("bb", "-- metaxy:upgrade\nINSERT INTO look VALUES (1);\n-- metaxy:downgrade")
    try store.upgrade()
    #expect(try store.versions() == ["bb"])
    #expect(try store.rows("SELECT count(*) FROM look") == [["1"]])
    #expect(try store.rows("SELECT count(*) FROM mark") == [["3"]])
    #expect(try store.log("revision, finished_at IS NOT NULL") == [["aa", "1"], ["bb", "1"]])
  }

  @Test func aTemporaryTriggerOnATableOfOthersIsRefused() throws {
    let store = try ScratchStore(Self.start)
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TEMP TRIGGER t AFTER INSERT ON alembic_version BEGIN DELETE FROM tag; END;
      -- metaxy:downgrade
      """)
    store.policy = .init { $0.name.hasPrefix("alembic_version") ? "it is kept" : nil }
    #expect((store.failure { try store.upgrade() }?.cause as? MetaxyError)?.code == .tableRefused)
  }
}
