import MetaxyFeatures
import MetaxyLint
import MetaxyLintRules
import MetaxyNames
import MetaxyRevisions
import MetaxySchema
import Testing

@Suite struct SeverityTests {
  @Test(arguments: [
    (
      "SELECT count(*) FROM video AS v WHERE EXISTS (SELECT 1 FROM video AS w WHERE w.path = v.path AND w.id <> v.id)",
      true
    ),
    // About another column, or another table.
    ("SELECT count(*) FROM video WHERE size IS NULL", false), ("SELECT count(*) FROM clip", false),
    // No row at all.
    ("SELECT count(*) FROM video", true),
  ])
  func whatTheRevisionCountsFirstIsAdvice(query: String, isCounted: Bool) throws {
    let found = try LintedRevision(
      "-- metaxy:requires 'rows share their path' \(query)\nCREATE UNIQUE INDEX u ON video (path);", on: "sqlite")
    #expect(found.codes == ["MF101"])
    #expect(found.findings[0].severity == (isCounted ? .advice : .warning))
  }

  @Test func aFindingHasItsLineAndEngine() throws {
    let found = try LintedRevision("SELECT 1;\n\nDROP TABLE clip;", on: "postgresql")
    #expect(found.findings.map(\.line) == [8])
    #expect(found.findings.map(\.dialect) == ["postgresql"])
    #expect(found.findings[0].message == "drops the table `clip` with its rows")
  }

  /// A section for all dialects has each finding once per engine on which it happens.
  @Test func aSectionForAllIsReadForEachEngine() throws {
    let text = "-- metaxy:upgrade\nCREATE INDEX i ON video (size);\n"
    #expect(
      try LintedRevision(text, on: ["postgresql", "sqlite"]).findings.map { [$0.code, $0.dialect] } == [
        ["PG101", "postgresql"]
      ])
    // An allowance that one engine needs is not stale on the other.
    let allowed = "-- metaxy:upgrade\n-- metaxy:allow PG101 small\nCREATE INDEX i ON video (size);\n"
    #expect(try LintedRevision(allowed, on: ["postgresql", "sqlite"]).codes == [])
    let stale = "-- metaxy:upgrade\n-- metaxy:allow MF101 unique\nCREATE TABLE t (a INT);\n"
    #expect(try LintedRevision(stale, on: ["postgresql", "sqlite"]).codes == ["AL101"])
  }

  /// Whatever a rule's own severity is, and where the rows are counted, the project decides.
  @Test func aProjectChangesTheSeverityOfRules() throws {
    func found(_ sql: String, _ level: LintSettings.Level, _ code: String) throws -> [[String]] {
      var settings = LintSettings()
      settings[try #require(LintRule.named(code))] = level
      return try LintedRevision(sql, on: ["sqlite"], settings: settings).findings.map {
        [$0.code, $0.severity.rawValue]
      }
    }
    #expect(try found("DROP TABLE clip;", .error, "DS102") == [["DS102", "error"]])
    #expect(try found("DROP TABLE clip;", .advice, "ds102") == [["DS102", "advice"]])
    #expect(try found("DROP TABLE clip;", .off, "DS102") == [])
    #expect(try found("DROP TABLE clip;", .off, "DS103") == [["DS102", "warning"]])
    let counted =
      "-- metaxy:requires 'rows' SELECT count(*) FROM video\nCREATE UNIQUE INDEX u ON video (path);"
    #expect(try found(counted, .warning, "MF101") == [["MF101", "warning"]])
    // An allowance is stale or not whatever the project makes of its rule.
    let allowed = "-- metaxy:allow DS102 no rows\nDROP TABLE clip;"
    #expect(try found(allowed, .off, "DS102") == [])
    let stale = "-- metaxy:allow DS102 no rows\nCREATE TABLE t (a INT);"
    #expect(try found(stale, .off, "DS102") == [["AL101", "advice"]])
    #expect(try found(stale, .off, "AL101") == [])
  }

  /// A downgrade drops what the upgrade created, which is its purpose.
  @Test func aDowngradeLosesWhatTheUpgradeCreated() throws {
    func downgrade(_ sql: String, _ change: @escaping (inout Schema) -> Void) throws -> [String] {
      try LintedRevision(sql, on: ["postgresql"], change, .downgrade).codes
    }
    func adds(_ schema: inout Schema) { schema.video.columns.append(Column(name: "fps", type: .double)) }
    #expect(try downgrade("ALTER TABLE video DROP COLUMN fps;", adds) == [])
    // The names and rules of before return.
    let renames = "ALTER TABLE video RENAME COLUMN file TO path;"
    #expect(try downgrade(renames) { $0.change("path") { $0.name = "file" } } == [])
    #expect(try downgrade("ALTER TABLE video DROP COLUMN path;", adds) == ["DS103"])
    #expect(
      try downgrade("DROP TABLE t;") { $0["t"] = Table(name: "t", columns: [Column(name: "a", type: .integer)]) } == [])
  }
}
