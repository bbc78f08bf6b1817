internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

extension MetadataStore {
  /// Returns the error about rows that are equally new, with the first of their samples.
  nonisolated func ambiguity(of tables: [SelectedTable], _ connection: any RowConnection) throws(MetaxyError)
    -> MetaxyError
  {
    let tables = tables.filter { !$0.selection.hasHistory }
    for table in tables {
      if let error = try ambiguity(of: table, connection) { return error }
    }
    // Another program has changed the rows since they were read.
    return .newestRowAmbiguous(tables[0].layout, sample: "", rows: nil, value: nil)
  }

  /// Returns the error about the rows of one table; nil if none are equally new.
  nonisolated func ambiguity(
    of table: SelectedTable, _ connection: any RowConnection
  ) throws(MetaxyError) -> MetaxyError? {
    let layout = table.layout
    let order = try NewestOrder(of: layout, connection)
    guard order.allowsTies else { return nil }
    var query = RowQuery(self)
    let version = query.text(table.selection.version, layout, NewestRows.alias)
    let columns = layout.feature.idColumns + layout.orderColumns
    let newest = NewestRows(layout: layout, order: order, columns: columns).text(where: version.map { [$0] } ?? [])
    let ids = SQLText.identifiers(layout.feature.idColumns)
    let found = try connection.query(
      "SELECT \(SQLText.identifiers(columns)), \(NewestRows.copies) FROM (\(newest)) AS tied"
        + " WHERE \(NewestRows.copies) > 1 ORDER BY \(ids) LIMIT 1",
      query.parameters)
    guard let row = found.first else { return nil }
    let count = layout.feature.idColumns.count
    return .newestRowAmbiguous(
      layout, sample: layout.displayID(Array(row.prefix(count))), rows: row.last?.integer,
      value: layout.orderColumns.isEmpty ? nil : row[count])
  }
}
