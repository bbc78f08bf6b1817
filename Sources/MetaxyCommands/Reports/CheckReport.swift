package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
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
    /// Whether the database has drifted, rather than the definitions changed.
    var isDrift = false
    /// The dialect whose sections lack the operation; nil for the store's own.
    var dialect: String?

    init(_ operation: MigrationOperation, source: SourceLocation?, isDrift: Bool = false, dialect: String? = nil) {
      self.operation = operation.description
      self.isDrift = isDrift
      self.dialect = dialect
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
        .init("cause", .string(isDrift ? "drift" : "definitions")), .init("dialect", JSONValue(dialect)),
      ])
    }

    fileprivate var text: String {
      let change = [database, definition].compactMap { $0 }.joined(separator: " -> ")
      let place = source.map { "  \($0.file):\($0.line)" } ?? ""
      let remark = isDrift ? "  (drift)" : dialect.map { "  (\($0))" } ?? ""
      return "  \(operation)\(change.isEmpty ? "" : ": \(change)")\(place)\(remark)"
    }
  }

  /// A change of the database that no revision made.
  package struct Drift: Sendable {
    /// The operation that would have made it: `add_column video.note`.
    package var operation: String
    package var table: String
    package var object: String?
    /// The definition of the revisions; nil if there is none.
    package var revisions: String?
    /// The live definition; nil if there is none.
    package var database: String?
    /// Whether the definitions agree with it, so that no difference lists it.
    package var isAccepted: Bool

    init(_ operation: MigrationOperation, isAccepted: Bool) {
      self.operation = operation.description
      table = operation.table.reportText
      object = operation.object
      revisions = operation.before
      database = operation.after
      self.isAccepted = isAccepted
    }

    fileprivate var json: JSONValue {
      .object([
        .init("operation", .string(operation)), .init("table", .string(table)), .init("object", JSONValue(object)),
        .init("revisions", JSONValue(revisions)), .init("database", JSONValue(database)),
      ])
    }

    fileprivate var text: String {
      let change = [revisions, database].compactMap { $0 }.joined(separator: " -> ")
      return "  \(operation)\(change.isEmpty ? "" : ": \(change)")"
    }
  }

  /// The revisions that are partially applied.
  package var halfApplied: [HalfAppliedItem] = []
  /// The rows of the version table without a revision file.
  package var unknown: [UnknownVersion] = []
  package var differences: [Difference] = []
  package var drift: [Drift] = []
  package var pendingRevisions: [String] = []
  /// The pending revisions that the database has already passed.
  package var inserted: [InsertedItem] = []
  package var heads: [String] = []
  /// The heads that no revision joins, although their branches are not meant to stay apart.
  package var unmergedHeads: [String] = []
  /// The revisions without a proof of their present statements.
  package var unverified: [String] = []
  /// Whether these count as a difference.
  var requiresVerified = false
  var mergeHints: [Hint] = []

  /// Adds the differences of an environment.
  mutating func add(_ found: SchemaDifferences) {
    let resolving = found.resolvingDrift
    differences += found.operations.map {
      Difference($0, source: found.desired.source(of: $0), isDrift: resolving.contains(OperationTarget($0)))
    }
    for other in found.onlyForOthers {
      differences += other.operations.map {
        Difference($0, source: found.desired.source(of: $0), dialect: other.dialect.name)
      }
    }
    let accepted = Set(found.acceptedDrift)
    drift += found.drift.map { Drift($0, isAccepted: accepted.contains($0)) }
  }

  package var isInSync: Bool {
    differences.isEmpty && pendingRevisions.isEmpty && unmergedHeads.isEmpty && halfApplied.isEmpty && unknown.isEmpty
  }
  package var differs: Bool { !isInSync || (requiresVerified && !unverified.isEmpty) }

  package var json: JSONValue {
    .object([
      .init("in_sync", .boolean(isInSync)), .init("differences", .array(differences.map(\.json))),
      .init("drift", .array(drift.map(\.json))), .init("pending_revisions", .texts(pendingRevisions)),
      .init("out_of_order", .array(inserted.map(\.json))),
      .init("heads", .texts(heads)), .init("unmerged_heads", .texts(unmergedHeads)),
      .init("half_applied", .array(halfApplied.map(\.json))), .init("unknown", .array(unknown.map(\.json))),
      .init("unverified", .texts(unverified)),
    ])
  }

  package var text: String {
    guard !isInSync else {
      return (["in sync: the database is what the definitions ask for"] + driftLines).joined(separator: "\n")
    }
    var lines = halfApplied.map(\.line) + unknown.map(\.line)
    if !pendingRevisions.isEmpty {
      lines.append("not applied: \(pendingRevisions.joined(separator: ", "))")
    }
    lines += inserted.lines
    if !unmergedHeads.isEmpty {
      lines.append("not merged: \(unmergedHeads.joined(separator: ", "))")
    }
    if !differences.isEmpty {
      lines.append("\(Wording.count(differences.count, "difference")):")
      lines += differences.map(\.text)
    }
    lines += driftLines
    if !differences.isEmpty {
      lines += differences.compactMap(\.hint).map { "\nhint: \($0)" }
    }
    lines += mergeHints.map { "\nhint: \($0)" }
    lines += unknown.flatMap(\.hints).map { "\nhint: \($0)" }
    return lines.joined(separator: "\n")
  }

  package var line: String {
    var parts = halfApplied.map { "half-applied: \($0.revision)" } + unknown.map { "unknown: \($0.revision)" }
    if !pendingRevisions.isEmpty { parts.append("not applied: \(pendingRevisions.joined(separator: ", "))") }
    if !unmergedHeads.isEmpty { parts.append("not merged: \(unmergedHeads.joined(separator: ", "))") }
    if !differences.isEmpty { parts.append(Wording.count(differences.count, "difference")) }
    let accepted = drift.count(where: \.isAccepted)
    if accepted > 0 { parts.append("drift: \(Wording.count(accepted, "change"))") }
    return ((isInSync ? ["in sync"] : []) + parts).joined(separator: "; ")
  }

  /// The drift that no difference lists.
  private var driftLines: [String] {
    let accepted = drift.filter(\.isAccepted)
    guard !accepted.isEmpty else { return [] }
    let more = accepted.count > 20 ? ["  and \(accepted.count - 20) more"] : []
    return ["drift: \(Wording.count(accepted.count, "change")) of the database in no revision:"]
      + accepted.prefix(20).map(\.text) + more
  }
}
