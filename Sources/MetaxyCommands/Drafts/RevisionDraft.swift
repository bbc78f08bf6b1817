internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The content of a new revision.
struct RevisionDraft {
  var sections: [RevisionSection]
  var record: RevisionRecord?
  /// The version of the feature graph that matches the tables after it; nil if it involves no features.
  var snapshot: String?
  var operations: [String]
  /// The generated message.
  var message: String
  /// Warnings for the author.
  var warnings: [String]

  /// Sections to be written by hand, for every dialect.
  static let empty = RevisionDraft(
    sections: [RevisionSection(.upgrade), RevisionSection(.downgrade)], record: nil, operations: [],
    message: "empty message", warnings: [])
}

extension RevisionDraft {
  /// Renders the operations from the database to the desired schema, and, for other dialects, from the tables in the
  /// records of earlier revisions.
  ///
  /// - Parameters:
  ///   - operations: the operations on `live`, the tables of the database.
  ///   - history: the ancestors of the new revision.
  /// - Returns: nil if there are no operations on any dialect.
  /// - Throws: errors for operations that a dialect does not support, in either direction; `rows_in_the_way` for rows
  ///   of the live database that violate the new schema.
  init?(
    _ operations: [MigrationOperation], on live: RenamedSchema, _ comparison: EnvironmentComparison,
    _ history: RevisionRecords, _ connection: any Connection
  ) throws(MetaxyError) {
    let live = try DialectDraft(operations, comparison.environment.dialect, on: live)
    let others = try history.drafts(to: comparison)
    guard !operations.isEmpty || others.contains(where: { !$0.operations.isEmpty }) else { return nil }
    try Self.requireNoRows(live.upgrade.flatMap(\.statements), live.dialect, connection)

    let drafts = [live] + others
    var sections: [RevisionSection] = []
    var warnings: [String] = []
    for draft in drafts {
      sections += try draft.sections()
      warnings += try draft.warnings()
    }
    let versions = comparison.features.flatMap { features in
      features.graph.features.isEmpty ? nil : features.versions(comparison.environment.session.context)
    }
    var record = Self.record(of: drafts, desired: comparison.desired.schema)
    if let versions {
      record.features = FeatureVersionChange.changes(from: history.featureVersions, to: versions.featureVersions)
    }
    let named = operations.isEmpty ? others.flatMap(\.operations) : operations
    self.init(
      sections: sections, record: record, snapshot: versions?.snapshot,
      operations: Self.distinct(drafts.flatMap(\.operations).map(\.description)), message: Self.message(for: named),
      warnings: Self.distinct(warnings)
        + (others.isEmpty ? [] : history.drift(of: operations, to: comparison.desired)))
  }

  /// Returns the record of the desired tables; a dialect with other SQL files has its own part.
  private static func record(of drafts: [DialectDraft], desired: Schema) -> RevisionRecord {
    let alike = drafts.filter { $0.ownTables == nil }
    var common = RevisionRecord()
    for draft in alike { common.take(draft.operations, desired: desired, rules: draft.dialect) }
    var record = common
    for draft in drafts {
      guard let tables = draft.ownTables else { continue }
      let part = RevisionRecord(of: draft.operations, desired: tables, rules: draft.dialect)
      if part != common { record.dialects[draft.dialect.name] = part }
    }
    return record
  }

  /// Returns each text once, at its first position: dialects often share notes.
  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private static func requireNoRows(
    _ statements: [RenderedStatement], _ dialect: any Dialect, _ connection: any Connection
  ) throws(MetaxyError) {
    var violations: [String] = []
    var remedies: [String] = []
    for statement in statements {
      for condition in statement.preconditions {
        let count = try count(condition, connection)
        guard count > 0 else { continue }
        violations.append("\(condition.message), in \(count) \(count == 1 ? "row" : "rows")")
        remedies += [condition.remedy].compactMap(\.self)
      }
      guard let table = statement.emptyTable else { continue }
      let rows = try connection.query("SELECT 1 FROM \(SQLWriter(dialect).name(table)) LIMIT 1")
      guard !rows.isEmpty else { continue }
      violations += statement.notes
      remedies.append(RowCondition.valueRemedy)
    }
    guard violations.isEmpty else { throw .rowsInTheWay(distinct(violations), distinct(remedies)) }
  }

  private static func count(_ condition: RowCondition, _ connection: any Connection) throws(MetaxyError) -> Int64 {
    do {
      return try connection.query("SELECT \(condition.count)").first?.first?.integer ?? 0
    } catch {
      throw .cannotLookAtRows(condition.message, cause: error)
    }
  }

  /// `add video, video__crop`, `add video.fps`, `change video`, `change 3 tables`.
  private static func message(for operations: [MigrationOperation]) -> String {
    // What belongs to a table or a column comes and goes with it.
    let changed = operations.createdTables.union(operations.droppedTables)
    let tables = operations.filter(\.createsOrDropsTable)
    let columns = operations.filter { $0.columnName != nil && !changed.contains($0.table) }
    let named = tables + columns
    guard !named.isEmpty, named.count <= 4 else {
      let names = Set(operations.map(\.table)).map(\.description)
      return names.count == 1 ? "change \(names[0])" : "change \(names.count) tables"
    }
    let phrases = Dictionary(grouping: named) { $0.verb.prefix { $0 != "_" } }
    return ["rename", "add", "modify", "remove"].compactMap { verb in
      phrases[verb[...]].map { group in
        "\(verb) \(distinct(group.map(\.subject)).joined(separator: ", "))"
      }
    }.joined(separator: ", ")
  }
}
