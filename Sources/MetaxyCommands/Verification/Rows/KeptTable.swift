internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// A table before and after a revision, with the columns whose values stay.
struct KeptTable {
  let old: TableName
  let new: TableName
  /// The table after the revision.
  let after: Table
  /// The kept columns, in the same order under both names.
  private(set) var oldColumns: [String] = []
  private(set) var newColumns: [String] = []
  /// Those of another type after the revision, under their old names.
  private(set) var converted: Set<String> = []
  /// The values that fit the new types of these, and those of an enum that changes.
  private(set) var conversions: [String: ColumnCandidates] = [:]
  /// The values that get another spelling, by the old names of their columns.
  private(set) var renamedValues: [String: [RenamedValue]] = [:]
  private(set) var becomesNotNull: Set<String> = []
  /// The dropped columns.
  private(set) var dropped: [String] = []

  /// Returns the tables that a revision keeps.
  static func all(
    in tables: RevisionNeighbourhood, _ record: RevisionRecord, _ dialect: any Dialect
  ) throws(MetaxyError) -> [KeptTable] {
    // A new table can have the former name of another one.
    let renamed = Set(record.renames.tables.map { dialect.folded(TableName($1, schema: $0.schema)) })
    var kept: [KeptTable] = []
    for after in tables.after.sorted {
      let former = record.renames.tables[after.name].map { TableName($0, schema: after.name.schema) }
      guard former != nil || !renamed.contains(dialect.folded(after.name)),
        let before = former.flatMap({ dialect.table($0, in: tables.before) })
          ?? dialect.table(after.name, in: tables.before)
      else { continue }
      kept.append(try KeptTable(before, after, record.renames, in: tables, dialect))
    }
    return kept
  }

  private init(
    _ before: Table, _ after: Table, _ renames: Renames, in tables: RevisionNeighbourhood, _ dialect: any Dialect
  ) throws(MetaxyError) {
    old = before.name
    new = after.name
    self.after = after
    let formerNames = renames.columns[after.name] ?? [:]
    let renamed = Set(formerNames.values.map { dialect.folded($0) })
    var names: Set<String> = []
    for column in after.columns where formerNames[column.name] != nil || !renamed.contains(dialect.folded(column.name))
    {
      let former = formerNames[column.name] ?? column.name
      guard let known = before.columns.first(where: { dialect.folded($0.name) == dialect.folded(former) }) else {
        continue
      }
      names.insert(known.name)
      guard known.generated == column.generated else { continue }
      oldColumns.append(known.name)
      newColumns.append(column.name)
      let types = try [
        dialect.typeName(of: known.type, in: before.options), dialect.typeName(of: column.type, in: after.options),
      ]
      let fitting = try ColumnCandidates(column, of: after, in: tables.after, dialect)
      var values = renames.values[after.name]?[column.name] ?? [:]
      for (name, labels) in renames.enumValues where tables.after.enums[name]?.isType(of: column) == true {
        values.merge(labels) { first, _ in first }
      }
      if !values.isEmpty { renamedValues[known.name] = values.map { RenamedValue($1, to: $0) } }
      if types[0].lowercased() != types[1].lowercased() {
        converted.insert(known.name)
        conversions[known.name] = fitting
      } else if try fitting.special != ColumnCandidates(known, of: before, in: tables.before, dialect).special {
        conversions[known.name] = fitting
      }
      if known.isNullable, !column.isNullable { becomesNotNull.insert(known.name) }
    }
    dropped = before.columns.map(\.name).filter { !names.contains($0) }
  }
  /// The name that a column has after the revision; nil for a column whose values do not stay.
  func newName(of column: String) -> String? { oldColumns.firstIndex(of: column).map { newColumns[$0] } }

  /// The foreign keys after the revision, under the names before it; without those that need a new column or table.
  func foreignKeys(among kept: [KeptTable], _ dialect: any Dialect) -> [ForeignKey] {
    after.foreignKeys.compactMap { key in
      guard let target = kept.first(where: { dialect.folded($0.new) == dialect.folded(key.table) }) else { return nil }
      let columns = key.columns.compactMap { oldName(of: $0, dialect) }
      let referenced = key.referencedColumns.compactMap { target.oldName(of: $0, dialect) }
      guard columns.count == key.columns.count, referenced.count == key.referencedColumns.count else { return nil }
      return ForeignKey(columns: columns, table: target.old, referencedColumns: referenced)
    }
  }

  private func oldName(of column: String, _ dialect: any Dialect) -> String? {
    newColumns.firstIndex { dialect.folded($0) == dialect.folded(column) }.map { oldColumns[$0] }
  }
}
