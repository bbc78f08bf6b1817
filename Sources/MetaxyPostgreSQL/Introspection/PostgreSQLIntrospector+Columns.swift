internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySchema

extension PostgreSQLIntrospector {
  func columns(of table: CatalogID) -> [Column] { (catalog.columns[table] ?? []).map { column($0, of: table) } }

  private func column(_ row: CatalogRow, of table: CatalogID) -> Column {
    var column = Column(
      name: row.text(2), type: PostgreSQLTypes.type(formatted: row.text(3)), isNullable: !row.flag(4),
      collation: row.optionalText(8), comment: row.optionalText(9))
    column.storage = ColumnStorage(row)
    column.isInherited = row.flag(15)
    column.identity = identity(of: table, row, column.type)
    guard let text = row.optionalText(5), column.identity == nil else { return column }
    switch row.text(7) {
    case "s": column.generated = .stored(ExpressionText.bare(text))
    case "v": column.generated = .virtual(ExpressionText.bare(text))
    default: column.defaultValue = .expression(SQLExpression(text))
    }
    return column
  }

  /// Returns the identity of an identity or serial column, from the sequence that it owns.
  private func identity(of table: CatalogID, _ column: CatalogRow, _ type: ColumnType) -> Identity? {
    guard let row = numberingSequences[CatalogSequence.Column(table: table, number: column.number(1) ?? 0)] else {
      return nil
    }
    let options = SequenceOptions(row, bounds: PostgreSQLTypes.bounds(of: type))
    let sequence = name(row.name, in: row.schema)
    switch column.text(6) {
    case "a", "d":
      // The sequence of an identity column is internal; only an explicit name is kept.
      let isUsual = sequence == SequenceName.usual(of: column.text(2), in: tableNames[table] ?? "")
      return Identity(
        column.text(6) == "a" ? .always : .byDefault, sequence: isUsual ? nil : sequence, options: options)
    default: return Identity(.serial, sequence: sequence, options: options)
    }
  }
}
