internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// The column types before and after the operations, by the names that `format_type` prints.
struct ColumnTypes {
  private var types: [PostgreSQLPlan.ColumnKey: Set<String>] = [:]

  /// Collects the types that the columns have before and after the operations.
  init(_ operations: [MigrationOperation], on start: Schema) {
    let changed = Set(
      operations.filter { $0.kind == .enumType }.map { PostgreSQLTypes.canonicalName(of: $0.table) })
    guard !changed.isEmpty else { return }
    for table in start.sorted { for column in table.columns { note(column, of: table.name, changed) } }
    for operation in operations {
      switch operation {
      case .createTable(let creation):
        for column in creation.definition.columns { note(column, of: creation.table, changed) }
      case .addColumn(let addition): note(addition.column, of: addition.table, changed)
      case .changeColumn(let change): note(change.new, of: change.table, changed)
      default: continue
      }
    }
  }

  private mutating func note(_ column: Column, of table: TableName, _ changed: Set<String>) {
    let type = PostgreSQLTypeShape(column.type).name
    guard changed.contains(type) else { return }
    types[.init(table: table, column: column.name), default: []].insert(type)
  }

  func of(_ column: String, in table: TableName) -> [String] {
    (types[.init(table: table, column: column)] ?? []).sorted()
  }
}
