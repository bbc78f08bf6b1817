// The command line
// Unsupported arguments.

extension MetaxyError.Code {
  /// A flag or a command of Alembic, or of Python's Metaxy, has no counterpart here.
  ///
  /// Follow the hint.
  public static let refusedWord = Self("refused_word")
}
