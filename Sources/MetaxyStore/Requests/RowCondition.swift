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
  case comparison(String, Comparison, any Encodable & Sendable)
  case isNull(String)
  case isIn(String, [any Encodable & Sendable])
  case hasPrefix(String, String)
  case contains(String, String)
  case like(String, String)
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
    guard !isNil(value) else { return RowCondition(term: .isNull(column.name)) }
    return RowCondition(term: .comparison(column.name, .equal, value))
  }

  /// Returns the rows whose column has another value, or any value where it is nil.
  public static func != (column: Self, value: Value) -> RowCondition<Root> {
    guard !isNil(value) else { return RowCondition(term: .not(.isNull(column.name))) }
    return RowCondition(term: .comparison(column.name, .notEqual, value))
  }

  /// Returns the rows whose column has one of the values; none for an empty sequence.
  public func isIn(_ values: some Sequence<Value>) -> RowCondition<Root> {
    RowCondition(term: .isIn(name, Array(values)))
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
    RowCondition(term: .comparison(column.name, .less, value))
  }
  /// Returns the rows whose column is at most a value, in the order of the database.
  public static func <= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .lessOrEqual, value))
  }
  /// Returns the rows whose column is greater than a value, in the order of the database.
  public static func > (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .greater, value))
  }
  /// Returns the rows whose column is at least a value, in the order of the database.
  public static func >= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .greaterOrEqual, value))
  }
}

extension FeatureColumn {
  /// Returns the rows whose column is less than a value and not NULL.
  public static func < <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .less, value))
  }
  /// Returns the rows whose column is at most a value and not NULL.
  public static func <= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .lessOrEqual, value))
  }
  /// Returns the rows whose column is greater than a value and not NULL.
  public static func > <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .greater, value))
  }
  /// Returns the rows whose column is at least a value and not NULL.
  public static func >= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .greaterOrEqual, value))
  }
}

extension FeatureColumn where Value == String {
  /// Returns the rows whose column begins with a text; case matters, and nothing in the text is a wildcard.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(name, prefix)) }
}

extension FeatureColumn where Value == String? {
  /// Returns the rows whose column begins with a text; case matters, and nothing in the text is a wildcard.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(name, prefix)) }
}

/// A column to sort by, with its direction: `RawVideo.Columns.durationSeconds.descending`.
public struct RowOrder<Root: Feature>: Sendable {
  let column: String
  let isDescending: Bool
}

extension FeatureColumn {
  /// The order from the least value to the greatest; where NULL comes is the engine's own rule.
  public var ascending: RowOrder<Root> { RowOrder(column: name, isDescending: false) }
  /// The order from the greatest value to the least; where NULL comes is the engine's own rule.
  public var descending: RowOrder<Root> { RowOrder(column: name, isDescending: true) }
}
