internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A value over all rows of a request or of a group: `.count`, `.max(RawVideo.Columns.durationSeconds)`.
///
/// NULL is left out, as in SQL; without any other value the result is nil.
public struct RowAggregate<Root: Feature, Value: Sendable>: Sendable {
  /// The column; nil for the rows themselves.
  let column: ColumnTerm?
  /// The expression over the column's name.
  let expression: @Sendable (String) -> String
  /// Decodes the result, with the codec of the column.
  let decode: @Sendable (SQLValue, ColumnCodec?) throws(ColumnProblem) -> Value
}

extension RowAggregate where Value == Int {
  /// The number of rows.
  public static var count: Self {
    Self(column: nil, expression: { _ in "count(*)" }) { value, _ in Int(value.integer ?? 0) }
  }

  /// The number of rows of a feature: of joined rows those in which it is not missing.
  public static func count(_ type: Root.Type) -> Self { count }

  /// The number of different values in a column, without NULL.
  public static func count(distinct column: FeatureColumn<Root, some Any>) -> Self {
    Self(column: column.term, expression: { "count(DISTINCT \($0))" }) { value, _ in Int(value.integer ?? 0) }
  }
}

extension RowAggregate {
  /// The least value of a column, in the order of the database.
  public static func min<Wrapped: Comparable & Decodable>(_ column: FeatureColumn<Root, Wrapped>) -> Self
  where Value == Wrapped? { extreme("min", column.term) }
  /// The least value of a column, in the order of the database.
  public static func min<Wrapped: Comparable & Decodable>(_ column: FeatureColumn<Root, Wrapped?>) -> Self
  where Value == Wrapped? { extreme("min", column.term) }
  /// The greatest value of a column, in the order of the database.
  public static func max<Wrapped: Comparable & Decodable>(_ column: FeatureColumn<Root, Wrapped>) -> Self
  where Value == Wrapped? { extreme("max", column.term) }
  /// The greatest value of a column, in the order of the database.
  public static func max<Wrapped: Comparable & Decodable>(_ column: FeatureColumn<Root, Wrapped?>) -> Self
  where Value == Wrapped? { extreme("max", column.term) }

  private static func extreme<Wrapped: Decodable>(_ name: String, _ column: ColumnTerm) -> Self
  where Value == Wrapped? {
    Self(column: column, expression: { "\(name)(\($0))" }) { value, form throws(ColumnProblem) in
      guard let form else { return nil }
      return try form.optionalValue(value, Wrapped?.self, JSONText())
    }
  }
}

extension RowAggregate where Value == Int? {
  /// The sum of a column of integers; the database refuses one of more than 64 bits.
  public static func sum(_ column: FeatureColumn<Root, some BinaryInteger>) -> Self { integers(column.term) }
  /// The sum of a column of integers; the database refuses one of more than 64 bits.
  public static func sum<Wrapped: BinaryInteger>(_ column: FeatureColumn<Root, Wrapped?>) -> Self {
    integers(column.term)
  }

  private static func integers(_ column: ColumnTerm) -> Self {
    // PostgreSQL adds 64-bit integers as decimal numbers.
    Self(column: column, expression: { "CAST(sum(\($0)) AS BIGINT)" }) { value, _ in value.integer.map(Int.init) }
  }
}

extension RowAggregate where Value == Double? {
  /// The sum of a column of floating-point numbers.
  public static func sum(_ column: FeatureColumn<Root, some BinaryFloatingPoint>) -> Self { real("sum", column.term) }
  /// The sum of a column of floating-point numbers.
  public static func sum<Wrapped: BinaryFloatingPoint>(_ column: FeatureColumn<Root, Wrapped?>) -> Self {
    real("sum", column.term)
  }
  /// The average of a column of numbers.
  public static func average(_ column: FeatureColumn<Root, some Numeric>) -> Self { real("avg", column.term) }
  /// The average of a column of numbers.
  public static func average<Wrapped: Numeric>(_ column: FeatureColumn<Root, Wrapped?>) -> Self {
    real("avg", column.term)
  }

  private static func real(_ name: String, _ column: ColumnTerm) -> Self {
    Self(column: column, expression: { "\(name)(CAST(\($0) AS DOUBLE PRECISION))" }) { value, _ in
      switch value {
      case .real(let number): number
      case .integer(let number): Double(number)
      default: nil
      }
    }
  }
}
