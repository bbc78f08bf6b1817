public import MetaxyFeatures

/// What is asked of the rows of a feature: comparisons of its columns, joined by `&&`, `||` and `!`.
///
/// ```swift
/// RawVideo.Columns.durationSeconds > 5 && RawVideo.Columns.container == .mp4
/// ```
///
/// Values reach the database as parameters and columns by their names in the registry, so that nothing in them is read as
/// SQL. As there, a comparison with a column that holds NULL is neither true nor false, and `!` of it likewise; only `==`
/// and `!=` with nil ask for NULL itself.
public struct RowCondition<Root: Feature>: Sendable {
  let term: ConditionTerm

  public static func && (left: Self, right: Self) -> Self { Self(term: .all([left.term, right.term])) }
  public static func || (left: Self, right: Self) -> Self { Self(term: .any([left.term, right.term])) }
  public static prefix func ! (condition: Self) -> Self { Self(term: .not(condition.term)) }
}

/// A condition without the type of its rows.
indirect enum ConditionTerm: Sendable {
  case comparison(String, Comparison, any Encodable & Sendable)
  case isNull(String)
  case isIn(String, [any Encodable & Sendable])
  case hasPrefix(String, String)
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
  /// The rows whose column equals a value, or is NULL where the value is nil.
  public static func == (column: Self, value: Value) -> RowCondition<Root> {
    guard !isNil(value) else { return RowCondition(term: .isNull(column.name)) }
    return RowCondition(term: .comparison(column.name, .equal, value))
  }

  /// The rows whose column holds another value, or any value where it is nil.
  public static func != (column: Self, value: Value) -> RowCondition<Root> {
    guard !isNil(value) else { return RowCondition(term: .not(.isNull(column.name))) }
    return RowCondition(term: .comparison(column.name, .notEqual, value))
  }

  /// The rows whose column holds one of the values.
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
  public static func < (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .less, value))
  }
  public static func <= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .lessOrEqual, value))
  }
  public static func > (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .greater, value))
  }
  public static func >= (column: Self, value: Value) -> RowCondition<Root> {
    RowCondition(term: .comparison(column.name, .greaterOrEqual, value))
  }
}

extension FeatureColumn {
  public static func < <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .less, value))
  }
  public static func <= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .lessOrEqual, value))
  }
  public static func > <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .greater, value))
  }
  public static func >= <Wrapped: Comparable & Encodable & Sendable>(
    column: Self, value: Wrapped
  ) -> RowCondition<Root> where Value == Wrapped? {
    RowCondition(term: .comparison(column.name, .greaterOrEqual, value))
  }
}

extension FeatureColumn where Value == String {
  /// The rows whose column begins with a text, to the letter.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(name, prefix)) }
}

extension FeatureColumn where Value == String? {
  /// The rows whose column begins with a text, to the letter.
  public func hasPrefix(_ prefix: String) -> RowCondition<Root> { RowCondition(term: .hasPrefix(name, prefix)) }
}

/// What rows are sorted by.
public struct RowOrder<Root: Feature>: Sendable {
  let column: String
  let isDescending: Bool
}

extension FeatureColumn {
  public var ascending: RowOrder<Root> { RowOrder(column: name, isDescending: false) }
  public var descending: RowOrder<Root> { RowOrder(column: name, isDescending: true) }
}
