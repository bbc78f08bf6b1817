internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// A table before and after a revision, with the columns whose values stay.
struct KeptTable {
  let old: TableName
  let new: TableName
  /// The kept columns, in the same order under both names.
  private(set) var oldColumns: [String] = []
  private(set) var newColumns: [String] = []
  /// Those of another type after the revision, under their old names.
  private(set) var converted: Set<String> = []
  /// The values that fit the new types of these.
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
    var kept: [KeptTable] = []
    for after in tables.after.sorted {
      let former = record.renames.tables[after.name].map { TableName($0, schema: after.name.schema) } ?? after.name
      guard
        let before = dialect.table(former, in: tables.before) ?? dialect.table(after.name, in: tables.before)
      else { continue }
      kept.append(try KeptTable(before, after, record.renames, tables.after, dialect))
    }
    return kept
  }

  private init(
    _ before: Table, _ after: Table, _ renames: Renames, _ schema: Schema, _ dialect: any Dialect
  ) throws(MetaxyError) {
    old = before.name
    new = after.name
    let formerNames = renames.columns[after.name] ?? [:]
    var names: Set<String> = []
    for column in after.columns {
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
      var values = renames.values[after.name]?[column.name] ?? [:]
      for (name, labels) in renames.enumValues where schema.enums[name]?.isType(of: column) == true {
        values.merge(labels) { first, _ in first }
      }
      if !values.isEmpty { renamedValues[known.name] = values.map { RenamedValue($1, to: $0) } }
      if types[0].lowercased() != types[1].lowercased() {
        converted.insert(known.name)
        conversions[known.name] = try ColumnCandidates(column, of: after, in: schema, dialect)
      }
      if known.isNullable, !column.isNullable { becomesNotNull.insert(known.name) }
    }
    dropped = before.columns.map(\.name).filter { !names.contains($0) }
  }
}
