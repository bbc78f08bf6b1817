public import MetaxyFeatures

/// A condition on the rows of a feature: comparisons of its columns, combined by `&&`, `||` and `!`.
///
/// ```swift
/// RawVideo.Columns.durationSeconds > 5 && RawVideo.Columns.container == .mp4
/// ```
///
/// ```sql
/// WHERE "duration_seconds" > $1 AND "container" = $2
/// ```
///
/// Values are passed as parameters, and columns are those of the registry, so nothing in them is read as SQL. As in
/// SQL, a comparison with a column that is NULL is neither true nor false, and so is its negation; only `==` and `!=`
/// with nil compare with NULL itself.
public struct RowCondition<Root: Feature>: Sendable {
  let term: ConditionTerm

  /// Returns the rows for which both conditions hold.
  public static func && (left: Self, right: Self) -> Self { Self(term: .all([left.term, right.term])) }
  /// Returns the rows for which at least one condition holds.
  public static func || (left: Self, right: Self) -> Self { Self(term: .any([left.term, right.term])) }
  /// Returns the rows for which the condition is false, not those for which it is NULL.
  public static prefix func ! (condition: Self) -> Self { Self(term: .not(condition.term)) }
}

/// A condition without the type of its rows.
indirect enum ConditionTerm: Sendable {
  case comparison(ColumnTerm, Comparison, any Encodable & Sendable)
  case isNull(ColumnTerm)
  case isIn(ColumnTerm, [any Encodable & Sendable])
  case hasPrefix(ColumnTerm, String)
  case contains(ColumnTerm, String)
  case like(ColumnTerm, String)
  case all([ConditionTerm])
  case any([ConditionTerm])
  case not(ConditionTerm)

  enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }
}

extension FeatureColumn where Value: Encodable & Sendable {
  /// Returns the rows whose column equals a value, or is NULL where the value is nil.
  public static func == (column: Self, value: Value) -> RowCondition<Root> {
    guard !isNil(value) else { return RowCondition(term: .isNull(column.term)) }
    return RowCondition(term: .comparison(column.term, .equal, value))
  }

  /// Returns the rows whose column has another value, or any value where it is nil.
  public static func != (column: Self, value: Value) -> RowCondition<Root> {
    guard !isNil(value) else { return RowCondition(term: .not(.isNull(column.term))) }
    return RowCondition(term: .comparison(column.term, .notEqual, value))
  }

  /// Returns the rows whose column has one of the values; none for an empty sequence.
  public func isIn(_ values: some Sequence<Value>) -> RowCondition<Root> {
    RowCondition(term: .isIn(term, Array(values)))
  }

  private static func isNil(_ value: Value) -> Bool { (value as? any AbsentValue)?.isAbsent == true }
}

/// Optionals of any type.
private protocol AbsentValue {
  var isAbsent: Bool { get }
}

extension Optional: AbsentValue {
  fileprivate var isAbsent: Bool { self == nil }
}

extension FeatureColumn where Value: Comparable & Encodable & Sendable {
  /// Returns the rows whose column is less than a value, in the order of the database.
  public static func < (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.term, .less, value))
  }
  /// Returns the rows whose column is at most a value, in the order of the database.
  public static func <= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.term, .lessOrEqual, value))
  }
  /// Returns the rows whose column is greater than a value, in the order of the database.
  public static func > (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.term, .greater, value))
  }
  /// Returns the rows whose column is at least a value, in the order of the database.
  public static func >= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.term, .greaterOrEqual, value))
  }
}

extension FeatureColumn {
  /// Returns the rows whose column is less than a value and not NULL.
  public static func < <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.term, .less, value))
  }
  /// Returns the rows whose column is at most a value and not NULL.
  public static func <= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.term, .lessOrEqual, value))
  }
  /// Returns the rows whose column is greater than a value and not NULL.
  public static func > <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.term, .greater, value))
  }
  /// Returns the rows whose column is at least a value and not NULL.
  public static func >= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.term, .greaterOrEqual, value))
  }
}

extension FeatureColumn where Value == String {
  /// Returns the rows whose column begins with a text; case matters, and nothing in the text is a wildcard.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(term, prefix)) }
}

extension FeatureColumn where Value == String? {
  /// Returns the rows whose column begins with a text; case matters, and nothing in the text is a wildcard.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(term, prefix)) }
}

/// A column to sort by, with its direction: `RawVideo.Columns.durationSeconds.descending`.
public struct RowOrder<Root: Feature>: Sendable {
  let term: OrderTerm
}

/// A place in an order without the type of its rows.
struct OrderTerm: Sendable {
  let column: ColumnTerm
  let isDescending: Bool
}

extension FeatureColumn {
  /// The order from the least value to the greatest; NULL is less than every value.
  public var ascending: RowOrder<Root> { RowOrder(term: OrderTerm(column: term, isDescending: false)) }
  /// The order from the greatest value to the least; NULL is less than every value.
  public var descending: RowOrder<Root> { RowOrder(term: OrderTerm(column: term, isDescending: true)) }
}
