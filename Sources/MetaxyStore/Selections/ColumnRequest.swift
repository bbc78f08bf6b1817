internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A request for some columns of rows; see ``RowRequest/select(_:)``.
///
/// `Row` is a tuple of the columns' values, or the value of a single column.
public struct ColumnRequest<Root: Feature, Row: Sendable>: Sendable {
  private let request: RowRequest<Root>
  private let columns: SelectedColumns<Row>
  private var isDistinct = false
  var store: MetadataStore { request.store }

  init(_ request: RowRequest<Root>, _ columns: SelectedColumns<Row>) {
    self.request = request
    self.columns = columns
  }

  /// Returns a request for the different combinations of values, each once.
  ///
  /// It can be sorted by selected columns only.
  public func distinct() -> Self {
    var request = self
    request.isDistinct = true
    return request
  }

  /// Fetches the columns.
  ///
  /// - Returns: The values of every row, in memory.
  /// - Throws: As ``RowRequest/all()``.
  public func all() async throws -> [Row] { try await store.all(self) }

  /// The values of the rows one after the other, in constant memory; see ``RowRequest/rows``.
  public var rows: ResultStream<Row> { ResultStream(self) }

  /// Counts the rows, or the different combinations of values, in the database.
  ///
  /// - Returns: Their number; a limit counts.
  /// - Throws: As ``RowRequest/count()``.
  public func count() async throws -> Int { try await store.count(self) }
}

extension RowRequest {
  /// Returns a request for some columns: a row is a tuple of their values, or the value of one column.
  ///
  /// ```swift
  /// for (path, seconds) in try await videos.select(RawVideo.Columns.path, RawVideo.Columns.durationSeconds).all() {
  ///   print(path, seconds)
  /// }
  /// let containers = try await videos.select(RawVideo.Columns.container).distinct().all()
  /// ```
  ///
  /// Only these columns are read.
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func select<each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<Root, each Value>
  ) -> ColumnRequest<Root, (repeat each Value)> {
    ColumnRequest(self, Self.selected(repeat each columns))
  }

  /// Returns columns with the function that decodes their values.
  static func selected<each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<Root, each Value>
  ) -> SelectedColumns<(repeat each Value)> {
    var terms: [ColumnTerm] = []
    for column in repeat each columns { terms.append(column.term) }
    return SelectedColumns(terms: terms) { row, layout in
      var reader = ColumnReader(row: row, layout: layout)
      return (repeat try reader.next(each columns))
    }
  }
}

/// Columns, and how their values are decoded.
struct SelectedColumns<Row: Sendable>: Sendable {
  let terms: [ColumnTerm]
  /// Decodes the values at the start of a row.
  let decode: @Sendable (_ row: ArraySlice<SQLValue>, _ layout: RowLayout) throws -> Row
}

/// Decodes the columns of a row one after the other.
struct ColumnReader {
  private var row: ArraySlice<SQLValue>
  private let layout: RowLayout
  private let json = JSONText()

  init(row: ArraySlice<SQLValue>, layout: RowLayout) {
    self.row = row
    self.layout = layout
  }

  mutating func next<Root: Feature, Value: Decodable>(_ column: FeatureColumn<Root, Value>) throws -> Value {
    let form = try layout.form(of: column.term)
    guard let stored = row.popFirst() else { throw MetaxyError.unknownColumn(layout.feature.key, column.name) }
    do throws(ColumnProblem) {
      return try form.optionalValue(stored, Value.self, json)
    } catch {
      throw MetaxyError.rowUnreadable(
        layout.feature.key, id: "", column: column.name, error.reason, cause: error.cause)
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

extension ColumnRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    let layout = try store.layout(of: Root.self)
    if isDistinct {
      for order in request.order where !columns.terms.contains(order.term.column) {
        throw .orderNotSelected(layout.feature.key, order.term.column.displayName)
      }
      for column in columns.terms { _ = try layout.comparable(column, "distinct rows") }
    }
    var query = RowQuery(store)
    let names = try columns.terms.map { column throws(MetaxyError) in try query.expression(column, layout, "a") }
    let rows = try request.text(
      names.joined(separator: ", "), &query, distinct: isDistinct ? columns.terms : nil, connection)
    return PreparedRequest(purpose, rows.sql, query.parameters, marksTies: rows.marksTies, store.dialect)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] { try request.tables() }

  func reader() throws(MetaxyError) -> RowLayout { try store.layout(of: Root.self) }

  func decode(_ row: [SQLValue], _ layout: RowLayout) throws(MetaxyError) -> Row? {
    do {
      return try columns.decode(row[...], layout)
    } catch let error as MetaxyError {
      throw error
    } catch {
      throw .rowUnreadable(layout.feature.key, id: "", column: nil, "the row cannot be decoded", cause: error)
    }
  }
}
