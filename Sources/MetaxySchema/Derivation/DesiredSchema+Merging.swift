package import MetaxyErrors
internal import MetaxyNames

extension DesiredSchema {
  /// Adds the objects of another schema, and returns an error for each name that both define.
  ///
  /// Indexes and tables share one namespace, so their names must differ, too.
  package mutating func merge(_ other: DesiredSchema) -> [Diagnostic] {
    var owners: [TableName: (what: String, table: TableName)] = [:]
    for table in schema.sorted {
      for (name, what) in table.ownNames { owners[name.folded] = (what, table.name) }
    }
    var problems: [Diagnostic] = []
    for table in other.schema.sorted {
      for (name, what) in table.ownNames {
        guard let owner = owners[name.folded], let place = other.tableSources[table.name] else { continue }
        problems.append(.definedTwice(what, place, owner.what, tableSources[owner.table]))
      }
      schema[table.name] = table
    }
    schema.enums.merge(other.schema.enums) { mine, _ in mine }
    schema.sequences.merge(other.schema.sequences) { mine, _ in mine }
    schema.namespaces.formUnion(other.schema.namespaces)
    schema.materializedViews.merge(other.schema.materializedViews) { mine, _ in mine }
    tableSources.merge(other.tableSources) { mine, _ in mine }
    columnSources.merge(other.columnSources) { mine, _ in mine }
    renames.caseSensitiveTables.formUnion(other.renames.caseSensitiveTables)
    renames.tables.merge(other.renames.tables) { mine, _ in mine }
    renames.enums.merge(other.renames.enums) { mine, _ in mine }
    renames.columns.merge(other.renames.columns) { mine, _ in mine }
    renames.values.merge(other.renames.values) { mine, _ in mine }
    renames.enumValues.merge(other.renames.enumValues) { mine, _ in mine }
    return problems
  }
}

extension Table {
  /// The names that no other table or index may have.
  fileprivate var ownNames: [(name: TableName, what: String)] {
    [(name, "table `\(name)`")]
      + indexes.map { (TableName($0.name.text, schema: name.schema), "index `\($0.name.text)`") }
  }
}

extension Diagnostic {
  fileprivate static func definedTwice(
    _ what: String, _ place: SourceLocation, _ other: String, _ otherPlace: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      what == other ? "the \(what) is defined twice" : "the \(what) has the name of the \(other)", at: place,
      notes: [.init("the \(other) is defined here", at: otherPlace)])
  }
}
