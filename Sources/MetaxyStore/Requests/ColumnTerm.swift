internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// A column of a query, or a value within its JSON, without the types of its rows and values.
struct ColumnTerm: Sendable, Hashable {
  private let column: ScalarString
  let json: JSONAccess?

  /// The name of the column in its table.
  var name: String { column.text }
  /// The name for messages.
  var displayName: String { name + (json?.path ?? "") }

  init(_ name: String, _ json: JSONAccess? = nil) {
    column = ScalarString(name)
    self.json = json
  }
}

extension FeatureColumn {
  var term: ColumnTerm { ColumnTerm(column, json) }
}

extension RowLayout {
  /// Returns the codec of a column, or of a value within its JSON.
  ///
  /// - Throws: `unknown_column`; `condition_refused` for a value within a column without JSON.
  func form(of column: ColumnTerm) throws(MetaxyError) -> ColumnCodec {
    guard let position = position(ofColumn: column.name) else { throw .unknownColumn(feature.key, column.name) }
    let form = forms[position]
    guard let json = column.json else { return form }
    guard form.isJSON else { throw .columnWithoutJSON(feature.key, column.displayName) }
    return ColumnCodec(
      RegisteredColumn(column.displayName, codingKey: form.codingKey, type: json.form.type, isNullable: true), dialect)
  }

  /// Returns the codec of a column that is compared or sorted by.
  func comparable(_ column: ColumnTerm, _ use: String) throws(MetaxyError) -> ColumnCodec {
    let form = try form(of: column)
    guard !form.isJSON else { throw .columnWithoutOrder(feature.key, column.displayName, use) }
    return form
  }

  /// Whether a column can be NULL.
  func isNullable(_ column: ColumnTerm) -> Bool {
    column.json != nil || position(ofColumn: column.name).map { feature.columns[$0].isNullable } ?? true
  }
}

extension JSONAccess.Form {
  /// The type of a column that stores the values of the form.
  fileprivate var type: ColumnType {
    switch self {
    case .text, .kind: .string
    case .integer: .bigint
    case .number: .double
    case .truth: .boolean
    case .json: .json
    }
  }
}
