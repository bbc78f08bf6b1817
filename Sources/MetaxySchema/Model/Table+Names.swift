extension Table {
  /// The table with the names of its constraints and indexes taken for given ones: those that a person wrote into DDL.
  public var withGivenNames: Table {
    func given(_ name: ConstraintName?) -> ConstraintName? { name.map { .given($0.text) } }
    var table = self
    table.primaryKey?.name = given(primaryKey?.name)
    for index in uniques.indices { table.uniques[index].name = given(uniques[index].name) }
    for index in checks.indices { table.checks[index].name = given(checks[index].name) }
    for index in exclusions.indices { table.exclusions[index].name = given(exclusions[index].name) }
    for index in foreignKeys.indices { table.foreignKeys[index].name = given(foreignKeys[index].name) }
    for index in indexes.indices { table.indexes[index].name = .given(indexes[index].name.text) }
    return table
  }
}
