internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRows

extension RowLayout {
  /// The table, as far as samples and their newest rows depend on it.
  var samples: SampleTable {
    SampleTable(
      name: table, dialect: dialect, generation: generation, idColumns: feature.idColumns, order: feature.order)
  }
}

extension NewestOrder {
  /// Finds the order of a feature's rows: its column, or else the row id of a SQLite table that has one.
  init(of layout: RowLayout, _ connection: any RowConnection) throws(MetaxyError) {
    try self.init(of: layout.samples, connection)
  }
}

extension NewestRows {
  init(layout: RowLayout, order: NewestOrder, columns: [String]) {
    self.init(table: layout.samples, order: order, columns: columns)
  }
}
