internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySchema

/// What can be done about changes of a database that no revision made.
struct DriftWaysOut: Sendable {
  /// Starts the history with the tables; nil if there is a revision.
  private let start: SuggestedCommand?
  /// Writes a revision that makes the same changes elsewhere.
  private let adopt: SuggestedCommand
  /// Writes a revision that undoes the changes; nil if the definitions agree with them.
  private let repair: SuggestedCommand?
  /// The setting that leaves the changed objects out of comparisons, existing patterns included; nil if none of them can be
  /// left out.
  private let ignore: String?
  private let patterns: [String]

  /// - Parameters:
  ///   - drift: the operations that made the changes.
  ///   - startsHistory: whether the environment has no revision.
  ///   - repairs: whether the definitions disagree with some of them.
  ///   - other: the ways out of another environment, which are joined.
  ///   - existing: the patterns of the configuration.
  init(
    _ drift: [MigrationOperation], startsHistory: Bool, repairs: Bool, joining other: DriftWaysOut?,
    _ existing: [String], _ invocation: Invocation
  ) {
    start =
      other?.start ?? (startsHistory ? SuggestedCommand.initialiseFromDatabase().completed(for: invocation) : nil)
    adopt = other?.adopt ?? SuggestedCommand.adopt().completed(for: invocation)
    repair = other?.repair ?? (repairs ? SuggestedCommand.autogenerate().completed(for: invocation) : nil)
    // A table is left out with its indexes.
    let whole = drift.createdTables.union(drift.droppedTables)
    let parts = drift.filter { $0.createsOrDropsTable || !whole.contains($0.table) }
    patterns = ((other?.patterns ?? []) + parts.compactMap(Self.pattern)).uniqued
    let lists = (existing + patterns).uniqued.map(Self.quoted).joined(separator: ", ")
    ignore = patterns.isEmpty ? nil : "ignore = [\(lists)]"
  }

  /// The pattern for the object of an operation; nil for an object that has none, such as a constraint.
  private static func pattern(of operation: MigrationOperation) -> String? {
    let table = operation.table.reportText
    switch operation {
    case .createTable, .dropTable: return escaped(table)
    case .addColumn, .dropColumn, .changeColumn: return operation.columnName.map { escaped("\(table).\($0)") }
    case .createIndex(let creation): return escaped(creation.index.name.text)
    case .dropIndex(let removal): return escaped(removal.index.name.text)
    default: return nil
    }
  }

  /// Returns a name as a pattern that matches only it.
  private static func escaped(_ name: String) -> String {
    name.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// Returns a text as a string of TOML.
  private static func quoted(_ text: String) -> String {
    // Its escapes are those of JSON.
    JSONValue.string(text).text(indented: false)
  }

  var lines: [String] {
    [""]
      + (start.map { ["hint: \($0.asHint) starts the history with these tables"] } ?? [])
      + ["hint: \(adopt.asHint) writes a revision that makes the drift everywhere; the definitions must have it too"]
      + (repair.map { ["hint: \($0.asHint) writes a revision that undoes the drift"] } ?? [])
      + (ignore.map { ["hint: `\($0)` in [ext.migrations] leaves it out of every comparison"] } ?? [])
  }

  var json: JSONValue {
    .object([
      .init("adopt", .string(adopt.description)), .init("repair", JSONValue(repair?.description)),
      .init("ignore", JSONValue(ignore)),
    ])
  }
}

extension SuggestedCommand {
  fileprivate var asHint: String { "`\(self)`" }
}
