public import MetaxyFeatures

/// A query in SQL, into whose text a program puts parameters, the names of tables and columns, and requests.
///
/// ```swift
/// let query: SQLQuery = """
///   SELECT v.\(RawVideo.Columns.path), count(*) FROM \(store.read(RawVideo.self)) AS v
///   JOIN \(VideoCrop.self) AS c ON c.\(VideoCrop.Columns.sampleId) = v.\(RawVideo.Columns.sampleId)
///   WHERE v.\(RawVideo.Columns.durationSeconds) > \(seconds) GROUP BY 1
///   """
/// ```
///
/// - a value is a parameter, in the form in which its type is stored; nil is NULL,
/// - a type is the name of its table, with all of its rows,
/// - a column is its name,
/// - a ``RowRequest`` is a query in parentheses for its rows, by default the newest of each sample.
///
/// The text itself is a literal: a `String` can only be a value in it.
public struct SQLQuery: Sendable, ExpressibleByStringInterpolation {
  let parts: [SQLPart]

  /// Creates a query without values.
  public init(stringLiteral text: StaticString) { parts = [.text(text.description)] }
  /// Creates a query from a literal with values and names.
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// The parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [SQLPart] = []

    /// Begins a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends SQL.
    public mutating func appendLiteral(_ text: StaticString) { parts.append(.text(text.description)) }

    /// Appends a parameter.
    public mutating func appendInterpolation<Value: Encodable & Sendable>(_ value: Value) {
      parts.append(.value(value))
    }

    /// Appends a parameter; NULL for nil.
    public mutating func appendInterpolation<Value: Encodable & Sendable>(_ value: Value?) {
      parts.append(value.map { .value($0) } ?? .null)
    }

    /// Appends a parameter in the form in which a column stores it: `\(day, as: Video.Columns.day)`.
    public mutating func appendInterpolation<Root: Feature, Value: Encodable & Sendable>(
      _ value: Value, as column: FeatureColumn<Root, Value>
    ) { parts.append(.columnValue(value, Root.self, column.term)) }

    /// Appends a parameter in the form in which a column stores it; NULL for nil.
    public mutating func appendInterpolation<Root: Feature, Value: Encodable & Sendable>(
      _ value: Value?, as column: FeatureColumn<Root, Value?>
    ) { parts.append(value.map { .columnValue($0, Root.self, column.term) } ?? .null) }

    /// Appends the name of the table of a feature.
    public mutating func appendInterpolation<Root: Feature>(_ type: Root.Type) { parts.append(.table(type)) }

    /// Appends the name of a column.
    public mutating func appendInterpolation<Root: Feature, Value>(_ column: FeatureColumn<Root, Value>) {
      parts.append(.column(Root.self, column.term))
    }

    /// Appends a query for the rows of a request.
    public mutating func appendInterpolation<Root: Feature>(_ rows: RowRequest<Root>) {
      parts.append(.rows(EmbeddedRows(rows)))
    }
  }
}

/// A part of a query in SQL.
enum SQLPart: Sendable {
  case text(String)
  case value(any Encodable & Sendable)
  case null
  case columnValue(any Encodable & Sendable, any Feature.Type, ColumnTerm)
  case table(any Feature.Type)
  case column(any Feature.Type, ColumnTerm)
  case rows(EmbeddedRows)
}
