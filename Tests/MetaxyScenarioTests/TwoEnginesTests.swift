import Foundation
import MetaxyTestSupport
import Testing

/// A revision that is written on one engine upgrades the other, and `check` is content there, too (SP-017).
@Suite(.timed) struct TwoEnginesTests {
  private static let engines = TwoEngineProject.engines

  /// The example project's features under changes that both engines see, and that only one of them does.
  private static let edits: [(what: String, old: String, new: String)] = [
    ("a column comes", "  public var height: Int32", "  public var height: Int32\n  public var score: Double?"),
    ("a column becomes nullable, and another wider", "public var left: Int32", "public var left: Int64?"),
    ("a comment, which SQLite does not keep", "so that a crop that came out the same is not embedded again", "always"),
    ("an index goes", "indexes: [.index(on: [\"sha256\"])],", ""),
    (
      "a column is renamed, with a check that names it", "  public var width: Int32",
      "  @Column(renamedFrom: \"width\") public var breadth: Int32"
    ),
  ]

  @Test(arguments: engines)
  func aHistoryWrittenOnOneEngineRunsOnTheOther(_ writer: String) throws {
    let project = try TwoEngineProject.example()
    let reader = try #require(Self.engines.first { $0 != writer })
    _ = try project.autogenerate(on: writer)
    try project.requireBothInSync()
    for edit in Self.edits {
      let text = try project.text(of: "VideoCrop.swift")
      try #require(text.contains(edit.old), "\(edit.what)")
      let edited = text.replacingOccurrences(of: edit.old, with: edit.new)
      try project.write(
        edited.replacingOccurrences(of: "width > 0", with: edit.what.contains("renamed") ? "breadth > 0" : "width > 0"),
        to: "VideoCrop.swift")
      #expect(try project.autogenerate(on: writer) != nil, "\(edit.what)")
      try project.requireBothInSync()
      #expect(try project.autogenerate(on: reader) == nil, "\(edit.what)")
    }
    for engine in Self.engines { try project.downgrade(engine) }
    for engine in Self.engines { try project.upgrade(engine) }
    try project.requireBothInSync()
  }

  @Test func filesThatKnowOneEngineGetTheOther() throws {
    let project = try TwoEngineProject.example(dialects: ["sqlite"])
    _ = try project.autogenerate(on: "sqlite")
    try project.upgrade("sqlite")
    let before = try project.status("sqlite")
    #expect(try project.render("postgresql").count == 1)
    #expect(try project.render("postgresql") == [])
    #expect(try project.status("sqlite") == before)
    // The added sections have no proof.
    #expect(project.warnings.filter { !$0.contains("is not verified") } == [])
    try project.requireBothInSync()
  }
}
