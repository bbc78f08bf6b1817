internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

extension MetadataStore {
  /// Requires that the database was migrated for the program's graph.
  nonisolated func requireRecordedSnapshot(_ connection: any RowConnection) throws(MetaxyError) {
    guard requiresRecordedSnapshot else { return }
    let recorded = try recordedSnapshot(connection)
    // A program that creates its tables has no recorded snapshot.
    if recorded == nil, createsTables { return }
    guard let recorded else { throw .nothingRecorded(project: registry.project, database.displayName) }
    guard recorded == registry.snapshotVersion else {
      throw .otherSnapshot(
        recorded: recorded, program: registry.snapshotVersion, database.displayName, registry.generation)
    }
  }

  /// Requires that a table exists and has the feature's columns; checks once.
  nonisolated func requireTable(
    _ layout: RowLayout, for purpose: RowPurpose, _ connection: any RowConnection
  ) throws(MetaxyError) {
    let known = KnownTable(feature: layout.feature.key, purpose: purpose)
    guard !knownTables.contains(known) else { return }
    guard let columns = try connection.columns(of: layout.table) else {
      throw .tableMissing(layout, database.displayName)
    }
    let problems = drift(of: columns, from: layout, for: purpose)
    guard problems.isEmpty else { throw .tableDrifted(layout, problems, database.displayName) }
    knownTables.insert(known)
  }

  /// Returns the version of the project's snapshot that was recorded last; nil if there is none.
  private nonisolated func recordedSnapshot(_ connection: any RowConnection) throws(MetaxyError) -> String? {
    try connection.pushedSnapshots(
      of: registry.project, registry.generation, prefix: tablePrefix, placeholder: database.placeholder(1)
    ).first?.version
  }

  /// Returns the differences that prevent rows from being written or read, as far as columns show them; constraints are
  /// left to the database.
  private nonisolated func drift(of live: [StoredColumn], from layout: RowLayout, for purpose: RowPurpose) -> [String] {
    var problems: [String] = []
    // For a feature that another program exported, only the ID columns are known.
    let names = layout.readColumns + layout.feature.idColumns.filter { layout.position(ofColumn: $0) == nil }
    for name in names where column(name, in: live) == nil { problems.append("it has no column `\(name)`") }
    for column in live
    where purpose == .writing && !names.containsExactly(column.name) && !column.isNullable && !column.hasDefault
      && !column.isGenerated
    {
      problems.append("its column `\(column.name)` is NOT NULL, and the feature does not have it")
    }
    for expected in layout.feature.columns {
      guard let column = column(expected.name, in: live) else { continue }
      if expected.isGenerated != column.isGenerated {
        problems.append("its column `\(column.name)` is \(column.isGenerated ? "" : "not ")computed by the database")
      }
      // Raw types are not compared: the engine refuses values that do not fit.
      if case .raw = expected.type { continue }
      if case .raw = column.type { continue }
      let (found, wanted) = (database.typeName(of: column.type), database.typeName(of: expected.type))
      if found != wanted { problems.append("its column `\(column.name)` is \(found), not \(wanted)") }
    }
    return problems
  }

  private nonisolated func column(_ name: String, in columns: [StoredColumn]) -> StoredColumn? {
    columns.first { ScalarString($0.name) == ScalarString(name) } ?? columns.first { $0.name.folded == name.folded }
  }
}

/// A checked table, with the purpose of the check.
struct KnownTable: Hashable {
  let feature: FeatureKey
  let purpose: RowPurpose
}
