/// Which tables the statements of a revision may not touch, and why.
package struct AccessPolicy: Sendable {
  /// Returns why `table` is refused; nil when it is free.
  package var refusal: @Sendable (_ table: String) -> String?

  package init(refusal: @escaping @Sendable (_ table: String) -> String?) { self.refusal = refusal }
}
