import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySorting

/// The order in which columns can be added one by one: the columns that an expression names come before its own column.
enum ColumnOrder {
  /// Sorts columns of `table` so that those named by generated expressions and checks of others come first.
  static func namedFirst(_ columns: [Column], of table: Table) -> [Column] {
    let names = columns.map { $0.name.folded }
    let sort = DependencySort(columns, name: { $0.name.folded }) { column in
      let texts = expressions(of: column, in: table).flatMap { [$0.text] + $0.variants.values }.map { $0.folded }
      // An unnecessary dependency is harmless, so a name inside another name or a string may match.
      return names.filter { name in texts.contains { text in spellings(of: name).contains { text.contains($0) } } }
    }
    return sort.order.map { columns[$0] }
  }

  /// Returns a name unquoted and quoted.
  private static func spellings(of name: String) -> Set<String> {
    let quoted = ["\"", "`"].map { quote in
      name.split(separator: quote, omittingEmptySubsequences: false).joined(separator: quote + quote)
    }
    return Set(quoted + [name])
  }

  private static func expressions(of column: Column, in table: Table) -> [SQLExpression] {
    let checks = table.checks.filter { $0.column?.folded == column.name.folded }
    return checks.map(\.expression) + (column.generated.map { [$0.expression] } ?? [])
  }
}
