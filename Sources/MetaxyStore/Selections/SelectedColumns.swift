internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// A column of one of the features of a request.
struct SelectedColumn: Sendable {
  let feature: any Feature.Type
  let term: ColumnTerm
  /// Whether its values are read as optional ones.
  var isOptional = true

  init(_ feature: any Feature.Type, _ term: ColumnTerm) {
    self.feature = feature
    self.term = term
  }

  init<Root: Feature, Value>(_ column: FeatureColumn<Root, Value>) {
    self.init(Root.self, column.term)
    isOptional = Value.self is any OptionalValue.Type
  }

  func isColumn(_ other: ColumnTerm, of feature: any Feature.Type) -> Bool {
    term == other && self.feature == feature
  }

  /// Returns the text of the column in a query.
  func text(_ query: inout RowQuery, _ tables: [JoinedTable]) throws(MetaxyError) -> String {
    let table = tables[try tables.table(of: feature)]
    return try query.expression(term, table.layout, table.alias)
  }

  /// Requires a column that is compared, in this use.
  func requireComparable(_ use: String, _ tables: [JoinedTable]) throws(MetaxyError) {
    _ = try tables[tables.table(of: feature)].layout.comparable(term, use)
  }
}

/// Columns, and how their values are decoded.
struct SelectedColumns<Row: Sendable>: Sendable {
  let columns: [SelectedColumn]
  /// Decodes the values at the start of a row.
  let decode: @Sendable (inout ColumnReader) throws(MetaxyError) -> Row

  /// Returns how the columns are read.
  ///
  /// - Throws: `condition_refused` for a column of a row that can be missing whose values are not optional.
  func forms(_ tables: [JoinedTable]) throws(MetaxyError) -> [SelectedForm] {
    try columns.map { column throws(MetaxyError) in
      let table = tables[try tables.table(of: column.feature)]
      let key = table.layout.feature.key
      guard column.isOptional || !table.isOptional else { throw .missingRowSelected(key, column.term.displayName) }
      return SelectedForm(feature: key, codec: try table.layout.form(of: column.term))
    }
  }
}

/// How a selected column is read.
struct SelectedForm {
  /// The feature, for messages.
  let feature: FeatureKey
  let codec: ColumnCodec
}

/// Decodes the columns of a row one after the other.
struct ColumnReader {
  private var row: ArraySlice<SQLValue>
  private var forms: ArraySlice<SelectedForm>
  private let json = JSONText()

  init(_ row: [SQLValue], _ forms: [SelectedForm]) {
    self.row = row[...]
    self.forms = forms[...]
  }

  mutating func next<Value: Decodable>(_ type: Value.Type) throws(MetaxyError) -> Value {
    let form = forms.removeFirst()
    do throws(ColumnProblem) {
      return try form.codec.optionalValue(row.removeFirst(), type, json)
    } catch {
      throw .rowUnreadable(form.feature, id: "", column: form.codec.name, error.reason, cause: error.cause)
    }
  }
}

extension ColumnCodec {
  /// Returns a value, or nil for NULL and the JSON text `null` where the type is optional.
  func optionalValue<Value: Decodable>(
    _ stored: SQLValue, _ type: Value.Type, _ json: JSONText
  ) throws(ColumnProblem) -> Value {
    let isNull = stored == .null || isJSON && stored == .text("null")
    if isNull, let absent = (type as? any OptionalValue.Type)?.absent as? Value { return absent }
    return try value(stored, type, json)
  }
}

/// Optionals of any type.
private protocol OptionalValue {
  static var absent: Self { get }
}

extension Optional: OptionalValue {
  fileprivate static var absent: Self { nil }
}

extension FeatureColumn {
  /// The column where rows of its feature can be missing: nil where there is none.
  ///
  /// ```swift
  /// let texts = store.read(RawVideo.self).leftJoined(with: Transcript.self)
  ///   .select(RawVideo.Columns.path, Transcript.Columns.text.optional)  // (String, String?)
  /// ```
  public var optional: FeatureColumn<Root, Value?> { FeatureColumn<Root, Value?>(column, json) }
}
