internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Converts the tables of features from the other generation of Metaxy to that of the project.
///
/// These system columns get another name and keep their values:
///
/// | `seed` | `0.1` |
/// |---|---|
/// | `data_version` | `metaxy_data_version_by_field` |
/// | `feature_version` | `metaxy_feature_version` |
/// | `snapshot_version` | `metaxy_project_version` |
///
/// The other columns of the project's generation are added, see ``SystemColumnFill``, and the former ones are dropped.
struct GenerationConversion {
  private let features: FeatureSource
  private let dialect: any Dialect

  init(_ features: FeatureSource, _ dialect: any Dialect) {
    self.features = features
    self.dialect = dialect
  }

  private var generation: Generation { features.generation }
  private var former: Generation { generation.other }

  /// A table of the other generation.
  private struct Candidate {
    /// The members of data versions that the generations spell in different ways.
    let members: [MemberName]
    /// The table in the definitions.
    let name: TableName
    /// The table in the database.
    let live: Table
  }

  /// Adds the former names of tables to the definitions: hyphens in keys become underscores in generation 0.1.
  func declareTables(in desired: inout DesiredSchema) {
    for (feature, name) in tables(in: desired) where desired.renames.tables[name] == nil {
      guard name.name == features.prefix + feature.key.tableName(generation) else { continue }
      let formerName = features.prefix + feature.key.tableName(former)
      if formerName != name.name { desired.renames.tables[name] = formerName }
    }
  }

  /// Adds the former names of system columns to the definitions, and the values that existing rows get in the others.
  ///
  /// - Parameter existing: the tables before the conversion.
  /// - Returns: the tables that are converted, as they are named before.
  func declareColumns(in desired: inout DesiredSchema, from existing: Schema) -> [TableName] {
    let found = candidates(desired, in: existing)
    for candidate in found {
      guard var table = desired.schema[candidate.name] else { continue }
      for pair in SystemColumnPair.all where !pair.hasOtherMembers(candidate.members) {
        guard candidate.live.hasColumn(pair.name(former)) else { continue }
        desired.renames.columns[candidate.name, default: [:]][pair.name(generation)] = pair.name(former)
      }
      let fill = SystemColumnFill(of: candidate.members, in: generation)
      for index in table.columns.indices { table.columns[index].fill(from: fill, after: candidate.live) }
      desired.schema[candidate.name] = table
    }
    return found.map(\.live.name)
  }

  /// Returns existing tables whose dropped system columns get values when a downgrade adds them again.
  ///
  /// - Parameter existing: the tables, before or after the renames.
  func fillingOnTheWayBack(_ existing: Schema, _ desired: DesiredSchema) -> Schema {
    var schema = existing
    for (feature, name) in tables(in: desired) {
      guard let live = table(name, desired, in: existing) else { continue }
      let fill = SystemColumnFill(of: feature.renamedMembers, in: former, dataColumn: generation)
      for index in live.columns.indices { schema[live.name]?.columns[index].fill(from: fill, after: nil) }
    }
    return schema
  }

  /// Returns existing tables under the names of the definitions, without the columns that are not adopted.
  func withoutFormerColumns(_ existing: Schema, _ desired: DesiredSchema) -> Schema {
    var schema = existing
    let names = former.systemColumnNames
    for candidate in candidates(desired, in: existing) {
      var table = candidate.live
      table.columns.removeAll { names.contains($0.name.folded) }
      if table.primaryKey?.columns.contains(where: { names.contains($0.folded) }) ?? false { table.primaryKey = nil }
      table.uniques.removeAll { $0.columns.contains { names.contains($0.folded) } }
      table.indexes.removeAll { $0.elements.contains { $0.column.map { names.contains($0.folded) } ?? false } }
      schema[table.name] = nil
      table.name = candidate.name
      schema[table.name] = table
    }
    return schema
  }

  private func tables(in desired: DesiredSchema) -> [(feature: FeatureDefinition, name: TableName)] {
    features.graph.features.compactMap { feature in
      guard !feature.details01.isExternal, let name = features.tableName(of: feature) else { return nil }
      let unqualified = TableName(name.name)
      return [name, unqualified].first { desired.schema[$0] != nil }.map { (feature, $0) }
    }
  }

  /// Returns an existing table by its name in the definitions, or by its former one.
  private func table(_ name: TableName, _ desired: DesiredSchema, in existing: Schema) -> Table? {
    let formerName = desired.renames.tables[name].map { TableName($0, schema: name.schema) }
    return dialect.table(name, in: existing) ?? formerName.flatMap { dialect.table($0, in: existing) }
  }

  /// The tables that have at least two system columns of the other generation, and none of the project's.
  private func candidates(_ desired: DesiredSchema, in existing: Schema) -> [Candidate] {
    tables(in: desired).compactMap { feature, name in
      guard let live = table(name, desired, in: existing),
        generation.systemColumnNames.allSatisfy({ !live.hasColumn($0) }),
        former.systemColumnNames.count(where: live.hasColumn) > 1
      else { return nil }
      return Candidate(members: feature.renamedMembers, name: name, live: live)
    }
  }
}

extension Generation {
  var other: Generation { self == .seed ? .release01 : .seed }
}

extension FeatureDefinition {
  /// The members of data versions that the generations spell in different ways.
  fileprivate var renamedMembers: [MemberName] {
    fields.map { MemberName($0.key) }.filter { $0.seed != $0.release01 }
  }
}

extension Table {
  fileprivate func hasColumn(_ name: String) -> Bool { columns.contains { $0.name.folded == name } }
}

extension IndexElement {
  /// The column; nil for an expression.
  fileprivate var column: String? { if case .column(let name) = term { name } else { nil } }
}

extension Column {
  /// - Parameter live: the table before; nil for a column that is dropped.
  fileprivate mutating func fill(from fill: SystemColumnFill, after live: Table?) {
    guard live.map({ !$0.hasColumn(name) }) ?? true, let value = fill.value(of: name.folded) else { return }
    backfill = .declared(value)
  }
}
