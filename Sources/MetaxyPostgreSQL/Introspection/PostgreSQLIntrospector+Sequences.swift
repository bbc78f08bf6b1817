internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySchema

extension PostgreSQLIntrospector {
  /// The sequences that belong to no identity or serial column.
  var standaloneSequences: [SequenceDefinition] {
    catalog.sequences.filter { !$0.isNumbering }.map { row in
      let type = PostgreSQLTypes.type(formatted: row.type)
      var sequence = SequenceDefinition(
        name: name(row.name, in: row.schema), type: type,
        options: SequenceOptions(row, bounds: PostgreSQLTypes.bounds(of: type)), owner: owner(of: row),
        comment: row.comment)
      sequence.isUnlogged = row.isUnlogged
      return sequence
    }
  }

  private func owner(of row: CatalogSequence) -> SequenceDefinition.Owner? {
    guard let owner = row.owner, let table = tableNames[owner.table],
      let column = catalog.columns[owner.table]?.first(where: { $0.number(1) == owner.number })
    else { return nil }
    return SequenceDefinition.Owner(table: table, column: column.text(2))
  }
}

extension SequenceOptions {
  /// Reads the options, without those that are the default of a sequence with numbers in `bounds`.
  /// https://www.postgresql.org/docs/current/sql-createsequence.html
  init(_ row: CatalogSequence, bounds: ClosedRange<Int>?) {
    let isRising = row.increment > 0
    let least = isRising ? 1 : bounds?.lowerBound
    let greatest = isRising ? bounds?.upperBound : -1
    self.init(
      start: row.start == (isRising ? row.minimum : row.maximum) ? nil : row.start,
      increment: row.increment == 1 ? nil : row.increment, minimum: row.minimum == least ? nil : row.minimum,
      maximum: row.maximum == greatest ? nil : row.maximum, cache: row.cache == 1 ? nil : row.cache,
      cycles: row.cycles)
  }
}
