/// Which tables the statements of a revision may not touch, and why.
public struct AccessPolicy: Sendable {
  /// Returns why `table` is refused; nil when it is free.
  public var refusal: @Sendable (_ table: String) -> String?

  public init(refusal: @escaping @Sendable (_ table: String) -> String?) { self.refusal = refusal }
}
