extension MetaxyError {
  /// What kind of error this is, for programs: stable across releases, unlike the message.
  ///
  /// Every code is a constant in `Code+….swift`, one file for each topic; those that programs cannot meet are in
  /// `MetaxyMigrationErrors`. The comment of a constant is its entry in the error catalogue: what happened, and in its last
  /// paragraph what to do.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as JSON and the catalogue have it: `table_missing`.
    public let rawValue: String

    /// A code that was stored as text.
    public init(rawValue: String) { self.rawValue = rawValue }

    package init(_ rawValue: String) { self.rawValue = rawValue }
  }
}

extension MetaxyError.Code: CustomStringConvertible {
  /// The code as text: `table_missing`.
  public var description: String { rawValue }
}
