// The command line
// Arguments that metaxy does not take.

extension MetaxyError.Code {
  /// A flag or a command of Alembic, or of Python's Metaxy, has no counterpart here.
  ///
  /// Do what the hint says instead.
  public static let refusedWord = Self("refused_word")
}
