import MetaxyFeatures

extension Schema {
  /// Returns the schema with a table renamed, and with the foreign keys of others following it.
  func renaming(_ old: TableName, to new: TableName) -> Schema {
    Schema(
      sorted.map { table in
        var table = table
        if table.name.folded == old.folded { table.name = new }
        for index in table.foreignKeys.indices where table.foreignKeys[index].table.folded == old.folded {
          table.foreignKeys[index].table = new
        }
        return table
      })
  }

  /// Returns the schema with a column renamed, wherever it is named outside expressions.
  func renaming(_ old: String, to new: String, of name: TableName) -> Schema {
    func rename(_ column: String) -> String { column.lowercased() == old.lowercased() ? new : column }
    return Schema(
      sorted.map { table in
        var table = table
        for index in table.foreignKeys.indices where table.foreignKeys[index].table.folded == name.folded {
          table.foreignKeys[index].referencedColumns = table.foreignKeys[index].referencedColumns.map(rename)
        }
        if table.name.folded == name.folded { table.rename(rename) }
        return table
      })
  }
}

extension Table {
  /// Gives the columns other names.
  fileprivate mutating func rename(_ column: (String) -> String) {
    for index in columns.indices { columns[index].name = column(columns[index].name) }
    func renamed(_ elements: [IndexElement]) -> [IndexElement] {
      elements.map { element in
        var element = element
        if case .column(let name) = element.term { element.term = .column(column(name)) }
        return element
      }
    }
    if let key = primaryKey { primaryKey?.elements = renamed(key.elements) }
    for index in uniques.indices { uniques[index].elements = renamed(uniques[index].elements) }
    for index in checks.indices { checks[index].column = checks[index].column.map(column) }
    for index in foreignKeys.indices {
      foreignKeys[index].columns = foreignKeys[index].columns.map(column)
      foreignKeys[index].column = foreignKeys[index].column.map(column)
    }
    for index in indexes.indices { indexes[index].elements = renamed(indexes[index].elements) }
  }
}
