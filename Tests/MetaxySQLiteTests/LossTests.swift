import MetaxyFeatures
import MetaxyNames
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct LossTests {
  private func losses(_ sql: String) throws -> [PotentialLoss] {
    SQLiteDialect().losses(of: [try SQLTokenizer.tokens(of: sql, lexicon: .sqlite)]).map(\.loss)
  }

  @Test(arguments: [
    ("DROP TABLE video", PotentialLoss.table("video")),
    ("drop table if exists \"main\".[Video]", .table("Video")),
    ("DROP /* a */ TABLE 'video'", .table("video")),
    ("ALTER TABLE video DROP COLUMN size", .column("size", of: "video", isDropped: true)),
    ("ALTER TABLE main.\"video\" DROP \"si\"\"ze\"", .column("si\"ze", of: "video", isDropped: true)),
    ("DELETE FROM video", .rows(of: "video")),
    ("WITH a AS (SELECT 1 WHERE 1) DELETE FROM main.video RETURNING id", .rows(of: "video")),
    ("UPDATE video SET size = 0", .column("size", of: "video", isDropped: false)),
    ("UPDATE OR IGNORE video SET size = (SELECT 1 WHERE 1)", .column("size", of: "video", isDropped: false)),
  ])
  func theseLose(_ sql: String, loss: PotentialLoss) throws {
    #expect(try losses(sql) == [loss])
  }

  @Test func everyColumnOfAnUpdateIsNamed() throws {
    let sql = "UPDATE video AS v SET a = f(1, 2), (b, \"c\") = (SELECT 1, 2), d = v.d || ',' FROM other"
    #expect(
      try losses(sql) == ["a", "b", "c", "d"].map { PotentialLoss.column($0, of: "video", isDropped: false) })
  }

  @Test(arguments: [
    "DROP INDEX i", "DROP VIEW v", "DROP TRIGGER t", "CREATE TABLE a (b INT)", "ALTER TABLE a ADD COLUMN b INT",
    "ALTER TABLE a RENAME TO b", "ALTER TABLE a RENAME COLUMN b TO c", "DELETE FROM a WHERE b = 1",
    "UPDATE a SET b = 1 WHERE c", "INSERT INTO a VALUES (1)", "INSERT INTO a SELECT 1 ON CONFLICT DO UPDATE SET b = 1",
    "SELECT 1", "REINDEX", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END",
  ])
  func theseLoseNothingThatIsLookedFor(_ sql: String) throws {
    #expect(try losses(sql) == [])
  }

  private func losses(_ statements: [String]) throws -> [PotentialLoss] {
    let tokens = try statements.map { try SQLTokenizer.tokens(of: $0, lexicon: .sqlite) }
    return SQLiteDialect().losses(of: tokens).map(\.loss)
  }

  @Test func aTableThatIsMadeAnewLosesTheColumnsItDoesNotKeep() throws {
    let section = [
      "CREATE TABLE new_video (id TEXT, \"path\" TEXT, CHECK (id > ''))",
      "INSERT INTO new_video SELECT id, path FROM video",
      "DROP TABLE Video", "ALTER TABLE new_video RENAME TO video",
    ]
    #expect(try losses(section) == [.replacement(of: "Video", keeping: ["id", "path"])])
    for missing in [0, 1, 3] {
      var broken = section
      broken.remove(at: missing)
      #expect(try losses(broken) == [.table("Video")], "without \(section[missing])")
    }
    var filtered = section
    filtered[1] += " WHERE id = 'a'"
    #expect(try losses(filtered) == [.table("Video")])
  }

  @Test func aTableThatTheSectionItselfMakesLosesNothing() throws {
    #expect(try losses(["CREATE TEMP TABLE a (b INT)", "DROP TABLE temp.a"]) == [])
    #expect(try losses(["CREATE TABLE IF NOT EXISTS a (b INT)", "DROP TABLE a"]) == [.table("a")])
  }

  @Test func rulesAreThoseOfTheSafetyRules() {
    #expect(PotentialLoss.table("a").rule == "DS102")
    #expect(PotentialLoss.column("b", of: "a", isDropped: true).rule == "DS103")
    #expect(PotentialLoss.column("b", of: "a", isDropped: false).rule == "DS105")
    #expect(PotentialLoss.rows(of: "a").rule == "DS105")
  }
}
