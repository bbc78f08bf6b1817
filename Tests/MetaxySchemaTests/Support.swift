import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySQL
import MetaxySchema

/// Engine-independent rules: different texts are different, except for letter case in expressions and collations.
struct PlainRules: ComparisonRules {
  var knownOptions: Set<TableOption> = [.strict]

  func supportedSubset(of schema: Schema) -> Schema {
    schema.mapTables { table in
      var table = table
      table.options.removeAll { !knownOptions.contains($0) }
      table.comment = nil
      for index in table.columns.indices { table.columns[index].comment = nil }
      return table
    }
  }

  func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool { left == right }
  func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool { left == right }
  func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool {
    left.text.lowercased() == right.text.lowercased()
  }
  func isSame(collation left: String?, _ right: String?) -> Bool {
    (left ?? "binary").lowercased() == (right ?? "binary").lowercased()
  }
  func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }
  func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    SQLExpression(expression.text.replacing(old, with: new))
  }
}

/// The operations from one list of tables to another.
func operations(from live: [Table], to desired: [Table]) -> [MigrationOperation] {
  SchemaComparison(rules: PlainRules()).operations(from: Schema(live), to: Schema(desired))
}

func changes(from live: [Table], to desired: [Table]) -> [String] {
  operations(from: live, to: desired).map(\.description)
}

/// Returns a table `t` with columns `a` and `b`, changed by `change`.
func table(_ name: TableName = "t", _ change: (inout Table) -> Void = { _ in }) -> Table {
  var table = Table(name: name, columns: [Column(name: "a", type: .string), Column(name: "b", type: .bigint)])
  change(&table)
  return table
}

extension FeatureDefinition {
  /// A feature in a file of its own, keyed by `sample_uid`.
  static func feature(
    _ key: String, line: Int = 1, type: String? = nil, _ change: (inout FeatureDefinition) -> Void = { _ in }
  ) -> FeatureDefinition {
    let source = SourceLocation(file: "a.swift", line: line, column: 1)
    var feature = FeatureDefinition(
      key: FeatureKey(key), typeName: type ?? "Feature\(line)", source: source,
      columns: [.column("sample_uid", .string)])
    change(&feature)
    return feature
  }
}

extension ColumnDefinition {
  static func column(
    _ name: String, _ type: ColumnType, _ change: (inout ColumnDefinition) -> Void = { _ in }
  ) -> ColumnDefinition {
    var column = ColumnDefinition(
      property: name, name: name, type: type, source: SourceLocation(file: "a.swift", line: 2, column: 1))
    change(&column)
    return column
  }
}
