extension MetaxyError {
  /// The kind of an error, for programs: stable across releases, unlike the message.
  ///
  /// Every code is a constant in `Code+….swift`, one file for each topic; those that programs cannot meet are in
  /// `MetaxyMigrationErrors`. The comment of a constant is its entry in the error catalogue: the problem, and in the last
  /// paragraph the remedy.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code in JSON and in the catalogue: `table_missing`.
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
