import MetaxyFeatures
package import MetaxyNames

/// The declared former names of tables and columns. Renames are never guessed.
package struct Renames: Sendable, Hashable {
  /// Former names by new name.
  package var tables: [TableName: String]
  /// Former names of columns, by the table's new name and the column's new name.
  package var columns: [TableName: [String: String]]
  /// Former names of enum types by new name.
  package var enums: [TableName: String] = [:]
  /// Former values of columns by new value, by the table's new name and the column's new name.
  package var values: [TableName: [String: [String: String]]] = [:]
  /// Former values of enum types by new value, by the type's new name.
  package var enumValues: [TableName: [String: String]] = [:]
  /// The tables whose names and columns must match in letter case, which otherwise does not count.
  package var caseSensitiveTables: Set<TableName>

  package init(
    tables: [TableName: String] = [:], columns: [TableName: [String: String]] = [:],
    caseSensitiveTables: Set<TableName> = []
  ) {
    self.tables = tables
    self.columns = columns
    self.caseSensitiveTables = caseSensitiveTables
  }
}

extension Renames {
  /// Returns the renames to apply: those whose old name is live and whose new name is not.
  package func operations(
    from live: Schema, to desired: Schema, rules: some ComparisonRules
  ) -> [MigrationOperation] {
    var operations: [MigrationOperation] = []
    var schema = live
    func apply(_ operation: MigrationOperation) {
      operations.append(operation)
      schema = schema.applying([operation])
    }
    for (new, former) in enums.sorted(by: { $0.key < $1.key }) {
      let old = TableName(former, schema: new.schema)
      if schema.enums[old] != nil, schema.enums[new] == nil { apply(.renameEnum(.init(old, to: new))) }
    }
    for (name, values) in enumValues.sorted(by: { $0.key < $1.key }) {
      for value in RenamedValue.list(values) {
        guard let type = schema.enums[name], type.values.contains(value.old), !type.values.contains(value.new) else {
          continue
        }
        apply(.renameEnumValue(.init(value, of: type)))
      }
    }
    for (new, former) in tables.sorted(by: { $0.key < $1.key }) {
      let old = TableName(former, schema: new.schema)
      guard let table = rules.table(old, in: schema) ?? schema.onlyTable(folded: old, besides: desired) else {
        continue
      }
      // A name that differs only in letter case is not taken by the table itself.
      if rules.table(new, in: schema).map({ $0.name == table.name && $0.name != new }) ?? true {
        apply(.renameTable(.init(table.name, to: new)))
      }
    }
    for (name, columns) in columns.sorted(by: { $0.key < $1.key }) {
      for (new, former) in columns.sorted(by: { $0.key < $1.key }) {
        guard let table = rules.table(name, in: schema),
          let column = rules.column(former, of: table)
            ?? table.onlyColumn(folded: former, besides: rules.table(name, in: desired)),
          rules.column(new, of: table).map({ $0.name == column.name && $0.name != new }) ?? true
        else { continue }
        apply(.renameColumn(.init(table: table.name, from: column.name, to: new)))
      }
    }
    for table in desired.sorted where caseSensitiveTables.contains(table.name) {
      guard let old = rules.table(table.name, in: schema) else { continue }
      if old.name != table.name { apply(.renameTable(.init(old.name, to: table.name))) }
      for column in table.columns {
        guard let former = rules.column(column.name, of: old), former.name != column.name else { continue }
        apply(.renameColumn(.init(table: table.name, from: former.name, to: column.name)))
      }
    }
    return operations
  }
}

// A former name without quotes is folded by some engines, although the live name was quoted.
extension Schema {
  fileprivate func onlyTable(folded name: TableName, besides desired: Schema) -> Table? {
    let found = sorted.filter { $0.name.folded == name.folded && desired[$0.name] == nil }
    return found.count == 1 ? found[0] : nil
  }
}

extension Table {
  private func hasName(_ name: String) -> (Column) -> Bool { { $0.name == name } }

  fileprivate func onlyColumn(folded name: String, besides desired: Table?) -> Column? {
    let found = columns.filter {
      $0.name.folded == name.folded && desired?.columns.contains(where: hasName($0.name)) != true
    }
    return found.count == 1 ? found[0] : nil
  }
}

extension Index {
  /// The parts of an index's generated name: its columns, and a hash for each expression.
  var terms: [String] { elements.map(\.nameTerm) }
}

extension IndexElement {
  fileprivate var nameTerm: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): ObjectNames.hash(of: expression.text)
    }
  }
}

extension Schema {
  /// Returns the table with this name, ignoring letter case.
  package func table(folded name: TableName) -> Table? {
    self[name] ?? sorted.first { $0.name.folded == name.folded }
  }
}
