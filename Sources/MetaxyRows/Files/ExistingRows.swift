internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Finds rows in a table that are those of a file: with the same ID, feature version and data version.
struct ExistingRows {
  private let table: FeatureTable
  /// The positions of the ID columns, of the feature version and of the data version in the table.
  private let keys: [Int]
  private let idCount: Int

  init(_ table: FeatureTable) {
    self.table = table
    let generation = table.samples.generation
    let dataVersion =
      generation == .seed ? SystemColumn.dataVersion.rawValue : SystemColumn01.dataVersion.rawValue
    let names = table.samples.idColumns + [generation.featureVersionColumn, dataVersion]
    keys = names.compactMap { name in
      table.columns.firstIndex { ScalarString($0.form.name) == ScalarString(name) }
    }
    idCount = table.samples.idColumns.count
  }

  func id(of row: [SQLValue?]) -> [SQLValue] { keys.prefix(idCount).map { row[$0] ?? .null } }
  func version(of row: [SQLValue?]) -> SQLValue { row[keys[idCount]] ?? .null }

  /// Returns the positions of the rows that are in the table.
  func positions(in rows: [[SQLValue?]]) throws(MetaxyError) -> Set<Int> {
    guard !rows.isEmpty else { return [] }
    let columns = keys.map { table.columns[$0] }
    var query = SampleQuery(table.samples.dialect, table.database)
    let samples = query.condition(rows.map(id), columns.prefix(idCount).map(\.name))
    let found = try table.connection.query(
      "SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(SQLText.identifier(table.samples.name))"
        + " WHERE \(samples)", query.parameters)
    let known = Set(found.map { form(of: $0, columns) })
    return Set(
      rows.indices.filter { position in
        known.contains(form(of: keys.map { rows[position][$0] ?? .null }, columns))
      })
  }

  /// Returns a text that is equal for equal values, in whichever form they are stored.
  private func form(of values: [SQLValue], _ columns: [TableColumn]) -> [UInt8] {
    var text: [UInt8] = []
    for (value, column) in zip(values, columns) {
      CSVText.append(cell(value, column.form), to: &text)
      text.append(UInt8(ascii: ","))
    }
    return text
  }

  private func cell(_ value: SQLValue, _ column: RowColumn) -> Cell {
    // A value of another type is only equal to itself.
    guard let cell = try? column.cell(value) else { return .text(value.displayText) }
    guard case .json(let text) = cell else { return cell }
    return .json(JSONBText.text(of: text) ?? text)
  }
}
