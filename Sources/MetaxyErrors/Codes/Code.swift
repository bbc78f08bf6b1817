extension MetaxyError {
  /// What kind of error this is, for programs: stable across releases, unlike the message.
  ///
  /// Every code is a constant in `Code+….swift`, one file for each topic. The comment of a constant is its entry in the error
  /// catalogue: a paragraph that says what happened, and one that says what to do.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    /// A code that was stored as text.
    public init(rawValue: String) { self.rawValue = rawValue }

    init(_ rawValue: String) { self.rawValue = rawValue }
  }
}

extension MetaxyError.Code: CustomStringConvertible {
  public var description: String { rawValue }
}
