import Foundation
import Testing

/// Text for people does not become SQL, a name or a key: where statements are written, only notes and messages read it.
@Suite struct DisplayTextTests {
  /// The folders in which statements are written and ordered.
  private static let folders = [
    "MetaxyRuntime/Dialect", "MetaxyPostgreSQL/Dialect", "MetaxyPostgreSQL/Ordering", "MetaxyPostgreSQL/Rendering",
    "MetaxySQLite/Dialect", "MetaxySQLite/Rebuild", "MetaxySQLite/Rendering",
  ]

  /// The lines that read it, each for a note or a message.
  private static let readers: Set<String> = [
    #"plan.mayHoldRows(table) ? ["fails if rows of \(table) violate: \(constraint.displayText)"] : []"#,
    #"message: "rows of \(table) violate: \(constraint.displayText)", count: $0,"#,
    #"let conditions = (column.isNullable ? [] : ["not null"]) + constraints.map(\.displayText)"#,
    #"message: "the value \(value) of \(table).\(column.name) violates: \(constraint.displayText)","#,
    #"+ " \(addition.constraint.displayText)","#,
    #"private func message(of constraint: Constraint) -> String { "rows of \(old.name) violate: \(constraint.displayText)" }"#,
    #"let columns = index.elements.map(\.termText).joined(separator: ", ")"#,
    #""rows of \(old.name) share their (\(index.elements.map(\.termText).joined(separator: ", ")))""#,
  ]

  @Test(arguments: folders)
  func statementsAreWrittenWithoutTextForPeople(folder: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files where !file.lastPathComponent.hasPrefix("MetaxyError") {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let found = lines.filter { $0.contains("displayText") || $0.contains(".description") || $0.contains(".termText") }
      #expect(Set(found).subtracting(Self.readers) == [], "\(file.lastPathComponent)")
    }
  }
}
