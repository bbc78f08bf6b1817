import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Renames beside tables that are made anew: what mentions the names follows in SQLite's own words.
///
/// Names that follow stand in quotes, as SQLite writes those that it changes.
@Suite(.timed) struct RenameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var table = "clip"
    var column = "path"
    /// Rebuilds the table itself.
    var size = "INTEGER"
    /// Rebuilds another table, which refers to it and has a trigger that changes it.
    var note = "TEXT"

    var renames: Renames {
      var renames = Renames()
      if table.lowercased() == "clip" {
        renames.caseSensitiveTables = [TableName(table)]
      } else {
        renames.tables[TableName(table)] = "clip"
      }
      if column != "path" { renames.columns[TableName(table)] = [column: "path"] }
      return renames
    }

    var schema: String {
      """
      CREATE TABLE log (id INTEGER, what TEXT);
      CREATE TABLE "\(table)" (
        "id" INTEGER PRIMARY KEY, "\(column)" TEXT COLLATE NOCASE, "size" \(size), "path of old" TEXT,
        "twice" TEXT GENERATED ALWAYS AS ("\(column)" || 'path' || "\(column)") STORED,
        CONSTRAINT "ck" CHECK ("\(column)" <> 'path' AND lower("\(column)") <> '')
      );
      CREATE INDEX "i_lower" ON "\(table)" (lower("\(column)")) WHERE "\(column)" IS NOT NULL;
      CREATE UNIQUE INDEX "i_both" ON "\(table)" ("\(column)" DESC, "size");
      CREATE TABLE "tag" ("id" INTEGER PRIMARY KEY, "path" TEXT, "note" \(note),
        "of" INTEGER REFERENCES "\(table)" ("id") ON DELETE CASCADE);
      CREATE VIEW "recent" AS SELECT "\(table)"."\(column)", 'path' AS "word" FROM "\(table)" WHERE "id" > 1;
      CREATE TRIGGER "seen" INSTEAD OF INSERT ON "recent" BEGIN INSERT INTO "\(table)" ("\(column)") VALUES (NEW."word"); END;
      CREATE TRIGGER "changed" AFTER UPDATE OF "\(column)" ON "\(table)" WHEN NEW."\(column)" <> OLD."\(column)" BEGIN
        INSERT INTO log SELECT NEW."id", "path" || '>' || NEW."\(column)" FROM "tag" WHERE "of" = NEW."id";
      END;
      CREATE TRIGGER "tagged" AFTER INSERT ON "tag" WHEN NEW."path" <> '' BEGIN
        UPDATE "\(table)" SET "\(column)" = NEW."path" WHERE "\(table)"."id" = NEW."of";
      END;
      """
    }
  }

  static let cases: [Case] = [
    Case(testDescription: "a column, its table made anew", column: "location", size: "INTEGER NOT NULL"),
    Case(testDescription: "a column, another table made anew", column: "location", note: "TEXT NOT NULL"),
    Case(testDescription: "a table that is made anew", table: "video", size: "INTEGER NOT NULL"),
    Case(testDescription: "a table, another one made anew", table: "video", note: "TEXT NOT NULL"),
    Case(
      testDescription: "table and column, both tables made anew", table: "video", column: "location",
      size: "INTEGER NOT NULL", note: "TEXT NOT NULL"),
    Case(testDescription: "capitals alone", table: "Clip", size: "INTEGER NOT NULL"),
    Case(testDescription: "nothing made anew", table: "video", column: "location"),
  ]

  @Test(arguments: cases)
  func everythingFollowsAndRowsStay(_ new: Case) throws {
    let old = Case(testDescription: "before")
    let rows = """
      INSERT INTO "clip" ("id", "path", "size") VALUES (1, 'a', 7), (2, 'b', 8);
      INSERT INTO "tag" VALUES (5, '', 'n', 1), (6, '', 'm', 2);
      """
    let rebuild = try Rebuild(from: old.schema + rows, to: new.schema, renames: new.renames)
    #expect(rebuild.operations.contains { $0.verb.hasPrefix("rename_") })
    let catalog = try rebuild.file.catalog()

    try rebuild.upgrade()
    #expect(try rebuild.file.catalog() == rebuild.fresh.catalog())
    #expect(try rebuild.file.leftovers() == [])
    let upgraded = "SELECT \"id\", \"\(new.column)\", \"size\", \"twice\" FROM \"\(new.table)\" ORDER BY 1"
    #expect(try rebuild.file.run(upgraded) == [["1", "a", "7", "apatha"], ["2", "b", "8", "bpathb"]])
    #expect(try rebuild.file.run("SELECT * FROM recent") == [["b", "path"]])

    // The triggers work on each other's tables: the tag's changes the clip, whose own writes the log.
    try rebuild.file.run("INSERT INTO \"tag\" VALUES (7, 'c', 'o', 2)")
    #expect(try rebuild.file.run("SELECT * FROM log ORDER BY 2") == [["2", ">c"], ["2", "c>c"]])

    try rebuild.downgrade()
    #expect(try rebuild.file.catalog() == catalog)
    #expect(try rebuild.file.leftovers() == [])
    let downgraded = try rebuild.file.run("SELECT \"id\", \"path\", \"size\", \"twice\" FROM \"clip\" ORDER BY 1")
    #expect(downgraded == [["1", "a", "7", "apatha"], ["2", "c", "8", "cpathc"]])
    #expect(try rebuild.file.run("PRAGMA foreign_key_check") == [])
  }

  @Test func aRenameThatSQLiteRefusesIsToldBeforeAnythingIsWritten() throws {
    let error = #expect(throws: MetaxyError.self) {
      try Rebuild(
        from: "CREATE TABLE clip (path TEXT); CREATE VIEW broken AS SELECT a FROM nowhere",
        to: "CREATE TABLE video (path TEXT)", renames: Renames(tables: ["video": "clip"]))
    }
    #expect(error?.code == .cannotRename)
    #expect(error?.wholeMessage.contains("rename_table clip") == true)
    #expect(error?.wholeMessage.contains("nowhere") == true)
  }

  @Test func whatOnlyAnotherProgramBringsIsNamed() throws {
    let before =
      "CREATE TABLE clip (path TEXT, CHECK (length(path) > 0)); PRAGMA writable_schema = ON;"
      + "UPDATE sqlite_master SET sql = replace(sql, 'length', 'theirs')"
    let error = #expect(throws: MetaxyError.self) {
      try Rebuild(
        from: before, to: "CREATE TABLE video (path TEXT)", renames: Renames(tables: ["video": "clip"]))
    }
    #expect(error?.code == .cannotCopyDefinition)
    #expect(error?.wholeMessage.contains("`clip`") == true)
    #expect(error?.wholeMessage.contains("theirs") == true)
  }

  @Test func virtualTablesAndTheirContentAreNoObstacle() throws {
    let others = """
      CREATE VIRTUAL TABLE docs USING fts5 (text);
      CREATE VIEW found AS SELECT text, path FROM docs, clip;
      CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT);
      """
    let rebuild = try Rebuild(
      from: "CREATE TABLE clip (path TEXT); \(others) ANALYZE; INSERT INTO clip VALUES ('a'), ('b')",
      to: "CREATE TABLE clip (location TEXT NOT NULL); \(others.replacing("path", with: "location"))",
      renames: Renames(columns: ["clip": ["location": "path"]]))
    try rebuild.upgrade()
    #expect(try rebuild.file.run("SELECT location FROM clip") == [["a"], ["b"]])
    try rebuild.downgrade()
    #expect(try rebuild.file.run("SELECT path FROM clip") == [["a"], ["b"]])
  }

  @Test func rowsAreLookedAtUnderTheirOldNames() throws {
    let before = """
      CREATE TABLE clip (path TEXT, size INTEGER, "of" INTEGER);
      CREATE TABLE maker (id INTEGER PRIMARY KEY);
      INSERT INTO maker VALUES (1);
      INSERT INTO clip VALUES ('a', 1, 1), ('A', NULL, 2), ('b', -5, 3), (NULL, 2, NULL);
      """
    let after = """
      CREATE TABLE video (location TEXT COLLATE NOCASE UNIQUE, bytes INTEGER NOT NULL CHECK (bytes > 0),
        "of" INTEGER REFERENCES author (id));
      CREATE TABLE author (id INTEGER PRIMARY KEY);
      """
    let renames = Renames(
      tables: ["video": "clip", "author": "maker"], columns: ["video": ["location": "path", "bytes": "size"]])
    let rebuild = try Rebuild(from: before, to: after, renames: renames)
    #expect(
      try rebuild.violatingRows() == [
        "video.bytes holds NULL": 1,
        "rows of video violate: unique (location)": 2,
        "rows of video violate: check (bytes > 0)": 1,
        "rows of video violate: foreign key (of) references author (id)": 2,
      ])
  }

  @Test func rowsAreLookedAtInTheFormerTableThoughItsNameGoesToAnother() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE a (n INTEGER); CREATE TABLE c (z INTEGER); INSERT INTO a VALUES (NULL), (1)",
      to: "CREATE TABLE a (m INTEGER); CREATE TABLE b (n INTEGER NOT NULL); CREATE TABLE c (z INTEGER NOT NULL)",
      renames: Renames(tables: ["b": "a"]))
    #expect(rebuild.operations.map(\.description).prefix(2) == ["rename_table a", "add_table a"])
    #expect(try rebuild.violatingRows() == ["b.n holds NULL": 1])
  }

  /// Definitions of other programs have texts in double quotes. https://sqlite.org/quirks.html#dblquote
  @Test func textInDoubleQuotesElsewhereDoesNotStopADeclaredRename() throws {
    let odd = """
      CREATE TABLE odd (a TEXT CHECK (a <> "none")); CREATE INDEX some ON odd (a) WHERE a <> "all";
      CREATE VIEW seen AS SELECT * FROM odd WHERE a <> "x";
      """
    let rebuild = try Rebuild(
      from: "\(odd) CREATE TABLE t (a INT); INSERT INTO t VALUES (1)", to: "\(odd) CREATE TABLE u (b INT)",
      renames: Renames(tables: ["u": "t"], columns: ["u": ["b": "a"]]))
    try rebuild.upgrade()
    #expect(try rebuild.file.run("SELECT b FROM u") == [["1"]])
  }
}
