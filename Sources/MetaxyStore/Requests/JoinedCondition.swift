public import MetaxyFeatures

/// A condition on rows of several joined features.
///
/// ```swift
/// RawVideo.Columns.durationSeconds > 5 || VideoCrop.Columns.height < 720
/// ```
public struct JoinedCondition: Sendable {
  let term: JoinedTerm

  /// Returns the condition for the rows without a row of a feature of ``JoinedRequest/leftJoined(with:)``.
  ///
  /// - Parameter type: The type of the missing rows.
  /// - Returns: The condition.
  public static func missing<Root: Feature>(_ type: Root.Type) -> Self { Self(term: .missing(type)) }

  /// Returns the rows for which both conditions hold.
  public static func && (left: Self, right: Self) -> Self { Self(term: .all([left.term, right.term])) }
  /// Returns the rows for which at least one condition holds.
  public static func || (left: Self, right: Self) -> Self { Self(term: .any([left.term, right.term])) }
  /// Returns the rows for which the condition is false, not those for which it is NULL.
  public static prefix func ! (condition: Self) -> Self { Self(term: .not(condition.term)) }
}

/// A condition on joined rows without their types.
indirect enum JoinedTerm: Sendable {
  case row(any Feature.Type, ConditionTerm)
  case missing(any Feature.Type)
  case all([JoinedTerm])
  case any([JoinedTerm])
  case not(JoinedTerm)

  /// The terms that must all hold.
  var terms: [JoinedTerm] {
    if case .all(let terms) = self { terms.flatMap(\.terms) } else { [self] }
  }
}

extension RowCondition {
  var joined: JoinedCondition { JoinedCondition(term: .row(Root.self, term)) }

  /// Returns the joined rows for which both conditions hold.
  @_disfavoredOverload
  public static func && <Other: Feature>(left: Self, right: RowCondition<Other>) -> JoinedCondition {
    left.joined && right.joined
  }
  /// Returns the joined rows for which at least one condition holds.
  @_disfavoredOverload
  public static func || <Other: Feature>(left: Self, right: RowCondition<Other>) -> JoinedCondition {
    left.joined || right.joined
  }
  /// Returns the joined rows for which both conditions hold.
  public static func && (left: Self, right: JoinedCondition) -> JoinedCondition { left.joined && right }
  /// Returns the joined rows for which at least one condition holds.
  public static func || (left: Self, right: JoinedCondition) -> JoinedCondition { left.joined || right }
  /// Returns the joined rows for which both conditions hold.
  public static func && (left: JoinedCondition, right: Self) -> JoinedCondition { left && right.joined }
  /// Returns the joined rows for which at least one condition holds.
  public static func || (left: JoinedCondition, right: Self) -> JoinedCondition { left || right.joined }
}
