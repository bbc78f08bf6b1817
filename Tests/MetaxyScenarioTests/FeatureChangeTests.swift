import MetaxyTestSupport
import Testing

/// Every kind of change that features can express, in tables with rows: written on one engine, run on both, and undone.
@Suite(.timed) struct FeatureChangeTests {
  private static let engines = TwoEngineProject.engines

  @Test(arguments: engines, FeatureChange.all.keys.sorted())
  func aChangeWrittenOnOneEngineRunsOnTheOther(_ writer: String, _ subject: String) throws {
    let project = try TwoEngineProject()
    // A collation that both engines know.
    _ = try project.rows("CREATE COLLATION \"NOCASE\" FROM \"C\"", on: "postgresql")
    try project.write(FeatureChange.source, to: "Clips.swift")
    _ = try project.autogenerate(on: writer)
    try project.requireBothInSync()
    for engine in Self.engines { _ = try project.rows(FeatureChange.rows, on: engine) }
    let rows = try Self.engines.map { try project.rows(FeatureChange.keptRows, on: $0) }
    for change in try #require(FeatureChange.all[subject]) { try requireRoundTrip(of: change, project, writer) }
    for engine in Self.engines { try project.downgrade(engine, to: "-\(FeatureChange.all[subject]?.count ?? 0)") }
    #expect(try Self.engines.map { try project.rows(FeatureChange.keptRows, on: $0) } == rows)
  }

  private func requireRoundTrip(of change: FeatureChange, _ project: TwoEngineProject, _ writer: String) throws {
    let before = try Self.engines.map { try project.catalog($0) }
    var text = try project.text(of: "Clips.swift")
    for edit in change.edits {
      try #require(text.contains(edit.old), "\(change.what): \(edit.old)")
      text = text.replacing(edit.old, with: edit.new)
    }
    try project.write(text, to: "Clips.swift")
    let operations = try #require(try project.autogenerate(on: writer), "\(change.what)")
    #expect(change.isMade(of: operations), "\(change.what): \(operations)")
    try project.requireBothInSync("\(change.what)")
    for engine in Self.engines { try project.downgrade(engine, to: "-1") }
    for (engine, lines) in zip(Self.engines, before) {
      let differences = try Set(lines).symmetricDifference(project.catalog(engine)).sorted()
      #expect(differences == [], "\(change.what), undone on \(engine)")
    }
    for engine in Self.engines { try project.upgrade(engine) }
  }
}
