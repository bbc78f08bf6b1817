internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension MetadataStore {
  /// Requires that the database was migrated for the program's graph.
  func requireRecordedSnapshot(_ connection: any RowConnection) throws(MetaxyError) {
    guard requiresRecordedSnapshot else { return }
    let recorded = try PushedGraphs(dialect: database.dialect, connection: connection)
      .latestSnapshot(of: registry.project)
    // For tables that the program created itself, no snapshot is recorded.
    if recorded == nil, createsTables { return }
    guard let recorded else { throw .nothingRecorded(project: registry.project, database.displayName) }
    guard recorded == registry.snapshotVersion else {
      throw .otherSnapshot(recorded: recorded, program: registry.snapshotVersion, database.displayName)
    }
  }

  /// Requires that a table exists and has the feature's columns; checks once.
  func requireTable(
    _ layout: RowLayout, for purpose: RowPurpose, _ connection: any RowConnection
  ) throws(MetaxyError) {
    let known = KnownTable(feature: layout.feature.key, purpose: purpose)
    guard !knownTables.contains(known) else { return }
    let dialect = database.dialect
    let name = dialect.folded(layout.table, defaultSchema: connection.defaultSchema)
    let found = try database.introspect(connection) { dialect.folded($0) != name }
    guard let table = found.definition.sorted.first else { throw .tableMissing(layout, database.displayName) }
    let problems = try drift(of: table, from: layout, for: purpose)
    guard problems.isEmpty else { throw .tableDrifted(layout, problems, database.displayName) }
    knownTables.insert(known)
  }

  /// What keeps rows from being written to a table or read from it, as its columns tell; a constraint tells when it is met.
  private func drift(
    of table: Table, from layout: RowLayout, for purpose: RowPurpose
  ) throws(MetaxyError) -> [String] {
    var problems: [String] = []
    // For a feature that another program exported, only the ID columns are known.
    let names = layout.readColumns + layout.feature.idColumns.filter { layout.position(ofColumn: $0) == nil }
    for name in names where table.column(name) == nil { problems.append("it has no column `\(name)`") }
    for column in table.columns
    where purpose == .writing && !names.containsExactly(column.name) && !column.isNullable && !column.fillsItself {
      problems.append("its column `\(column.name)` is NOT NULL, and the feature has none of that name")
    }
    for column in layout.feature.columns {
      guard let live = table.column(column.name) else { continue }
      if column.isGenerated != (live.generated != nil) {
        problems.append("its column `\(column.name)` is \(live.generated == nil ? "not " : "")computed by the database")
      }
      // The engine compares raw types: it refuses values that do not fit.
      if case .raw = column.type { continue }
      if case .raw = live.type { continue }
      let words = (
        try database.dialect.typeName(of: live.type, in: []), try database.dialect.typeName(of: column.type, in: [])
      )
      if words.0 != words.1 { problems.append("its column `\(column.name)` is \(words.0), not \(words.1)") }
    }
    return problems
  }
}

/// A checked table, with the purpose of the check.
struct KnownTable: Hashable {
  let feature: FeatureKey
  let purpose: RowPurpose
}

extension Column {
  /// Whether a row may leave the column out.
  fileprivate var fillsItself: Bool { defaultValue != nil || generated != nil || identity != nil }
}
