import MetaxyFeatures

extension Schema {
  /// Returns the schema with a table renamed, and with the foreign keys of others following it.
  func renaming(_ old: TableName, to new: TableName) -> Schema {
    Schema(
      sorted.map { table in
        var table = table
        if table.name == old { table.name = new }
        for index in table.foreignKeys.indices where table.foreignKeys[index].table == old {
          table.foreignKeys[index].table = new
        }
        return table
      })
  }

  /// Returns the schema with a column renamed, and with all that mentions it following.
  func renaming(
    _ old: String, to new: String, of name: TableName, in expressions: ExpressionRenaming
  ) -> Schema {
    func rename(_ column: String) -> String { column.folded == old.folded ? new : column }
    return Schema(
      sorted.map { table in
        var table = table
        for index in table.foreignKeys.indices where table.foreignKeys[index].table == name {
          table.foreignKeys[index].referencedColumns = table.foreignKeys[index].referencedColumns.map(rename)
        }
        if table.name == name { table.rename(rename) { expressions($0, old, new) } }
        return table
      })
  }
}

extension Table {
  /// Gives the columns other names, everywhere in the table.
  fileprivate mutating func rename(_ column: (String) -> String, _ expression: (SQLExpression) -> SQLExpression) {
    columns = columns.map { old in
      var new = old
      new.name = column(old.name)
      new.generated = old.generated.map { GeneratedValue(expression: expression($0.expression), isStored: $0.isStored) }
      return new
    }
    func renamed(_ elements: [IndexElement]) -> [IndexElement] {
      elements.map { element in
        var element = element
        switch element.term {
        case .column(let name): element.term = .column(column(name))
        case .expression(let text): element.term = .expression(expression(text))
        }
        return element
      }
    }
    if let key = primaryKey { primaryKey?.elements = renamed(key.elements) }
    for index in uniques.indices { uniques[index].elements = renamed(uniques[index].elements) }
    checks = checks.map {
      CheckConstraint(name: $0.name, expression: expression($0.expression), column: $0.column.map(column))
    }
    for index in foreignKeys.indices {
      foreignKeys[index].columns = foreignKeys[index].columns.map(column)
      foreignKeys[index].column = foreignKeys[index].column.map(column)
    }
    for index in indexes.indices {
      indexes[index].elements = renamed(indexes[index].elements)
      indexes[index].predicate = indexes[index].predicate.map(expression)
    }
    triggers = triggers.map { Trigger(name: $0.name, sql: expression(SQLExpression($0.sql)).text) }
  }
}
