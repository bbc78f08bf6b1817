package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySchema

/// The result of comparing a database with its desired schema.
package struct CheckReport: Report {
  /// One difference between the database and the desired schema.
  package struct Difference: Sendable {
    /// The operation that would remove it: `add_column video.fps`.
    package var operation: String
    /// The table; nil for the registry file.
    package var table: String?
    package var object: String?
    /// The live definition; nil if there is none.
    package var database: String?
    /// The desired definition; nil if there is none.
    package var definition: String?
    package var source: SourceLocation?
    /// How to resolve the difference, if a revision does not.
    var hint: Hint?

    init(_ operation: MigrationOperation, source: SourceLocation?) {
      self.operation = operation.description
      table = operation.table.reportText
      object = operation.object
      database = operation.before
      definition = operation.after
      self.source = source
    }

    /// A file that `metaxy generate` rewrites.
    init(registry path: String, source: SourceLocation?, _ invocation: Invocation) {
      operation = "generate_registry \(path)"
      object = path
      self.source = source
      hint = "\(.generate().completed(for: invocation)) rewrites `\(path)`"
    }

    fileprivate var json: JSONValue {
      .object([
        .init("operation", .string(operation)), .init("table", JSONValue(table)), .init("object", JSONValue(object)),
        .init("database", JSONValue(database)), .init("definition", JSONValue(definition)),
        .init(
          "source",
          source.map { .object([.init("file", .string($0.file)), .init("line", JSONValue($0.line))]) } ?? .null),
      ])
    }

    fileprivate var text: String {
      let change = [database, definition].compactMap { $0 }.joined(separator: " -> ")
      let place = source.map { "  \($0.file):\($0.line)" } ?? ""
      return "  \(operation)\(change.isEmpty ? "" : ": \(change)")\(place)"
    }
  }

  package var differences: [Difference]
  package var pendingRevisions: [String]
  package var heads: [String]
  /// The heads that no revision joins, although their branches are not meant to stay apart.
  package var unmergedHeads: [String] = []
  var mergeHint: Hint?

  package var isInSync: Bool { differences.isEmpty && pendingRevisions.isEmpty && unmergedHeads.isEmpty }
  package var differs: Bool { !isInSync }

  package var json: JSONValue {
    .object([
      .init("in_sync", .boolean(isInSync)), .init("differences", .array(differences.map(\.json))),
      .init("pending_revisions", .texts(pendingRevisions)), .init("heads", .texts(heads)),
      .init("unmerged_heads", .texts(unmergedHeads)),
    ])
  }

  package var text: String {
    guard !isInSync else { return "in sync: the database is what the definitions ask for" }
    var lines: [String] = []
    if !pendingRevisions.isEmpty {
      lines.append("not applied: \(pendingRevisions.joined(separator: ", "))")
    }
    if !unmergedHeads.isEmpty {
      lines.append("not merged: \(unmergedHeads.joined(separator: ", ")) follow the same revision")
    }
    if !differences.isEmpty {
      lines.append("\(Wording.count(differences.count, "difference")):")
      lines += differences.map(\.text)
      lines += differences.compactMap(\.hint).map { "\nhint: \($0)" }
    }
    if let mergeHint { lines.append("\nhint: \(mergeHint)") }
    return lines.joined(separator: "\n")
  }
}
