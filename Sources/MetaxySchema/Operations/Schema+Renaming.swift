import MetaxyFeatures
internal import MetaxyNames

extension Schema {
  /// Returns the schema with a table renamed, including the foreign keys of other tables.
  func renaming(_ old: TableName, to new: TableName) -> Schema {
    mapTables { table in
      var table = table
      if table.name.folded == old.folded { table.name = new }
      if table.partition?.parent.folded == old.folded { table.partition?.parent = new }
      for index in table.foreignKeys.indices where table.foreignKeys[index].table.folded == old.folded {
        table.foreignKeys[index].table = new
      }
      table.settings.parents = table.settings.parents.map { $0.folded == old.folded ? new : $0 }
      return table
    }
  }

  /// Returns the schema with a column renamed, including every reference to it.
  func renaming(
    _ old: String, to new: String, of name: TableName, in expressions: ExpressionRenaming
  ) -> Schema {
    let names = Set(self[name]?.columns.map(\.name) ?? [])
    // On a case-sensitive engine, a name that belongs to another column is not this column.
    func rename(_ column: String) -> String {
      column == old || (column.folded == old.folded && !names.contains(column)) ? new : column
    }
    let followers = descendants(of: name)
    return mapTables { table in
      var table = table
      for index in table.foreignKeys.indices where table.foreignKeys[index].table.folded == name.folded {
        table.foreignKeys[index].referencedColumns = table.foreignKeys[index].referencedColumns.map(rename)
      }
      if followers.contains(table.name.folded) { table.rename(rename) { expressions($0, old, new) } }
      return table
    }
  }
}

extension Schema {
  /// Returns the folded names of a table, its partitions and children, and theirs: a column has one name in all of them.
  fileprivate func descendants(of name: TableName) -> Set<TableName> {
    var found: Set<TableName> = [name.folded]
    var isComplete = false
    while !isComplete {
      let next = tables.values.filter { table in
        !found.contains(table.name.folded)
          && (table.settings.parents + (table.partition.map { [$0.parent] } ?? [])).contains {
            found.contains($0.folded)
          }
      }
      found.formUnion(next.map(\.name.folded))
      isComplete = next.isEmpty
    }
    return found
  }
}

extension Table {
  /// Renames the columns everywhere in the table.
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
    partitioning = partitioning.map { expression(SQLExpression($0)).text }
    if let key = primaryKey {
      primaryKey?.elements = renamed(key.elements)
      primaryKey?.includes = key.includes.map(column)
    }
    for index in uniques.indices {
      uniques[index].elements = renamed(uniques[index].elements)
      uniques[index].includes = uniques[index].includes.map(column)
    }
    for index in exclusions.indices {
      let elements = renamed(exclusions[index].elements.map(\.element))
      for place in elements.indices { exclusions[index].elements[place].element = elements[place] }
      exclusions[index].includes = exclusions[index].includes.map(column)
      exclusions[index].predicate = exclusions[index].predicate.map(expression)
    }
    for index in checks.indices {
      checks[index].expression = expression(checks[index].expression)
      checks[index].column = checks[index].column.map(column)
    }
    for index in policies.indices {
      policies[index].using = policies[index].using.map(expression)
      policies[index].check = policies[index].check.map(expression)
    }
    for index in foreignKeys.indices {
      foreignKeys[index].columns = foreignKeys[index].columns.map(column)
      foreignKeys[index].column = foreignKeys[index].column.map(column)
      foreignKeys[index].columnsSetOnDelete = foreignKeys[index].columnsSetOnDelete.map(column)
    }
    for index in indexes.indices {
      indexes[index].elements = renamed(indexes[index].elements)
      indexes[index].includes = indexes[index].includes.map(column)
      indexes[index].predicate = indexes[index].predicate.map(expression)
    }
  }
}
