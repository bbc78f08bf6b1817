// The command line
// Unsupported arguments.

package import MetaxyErrors

extension MetaxyError.Code {
  /// There is no such command, or a flag or a command of Alembic, or of Python's Metaxy, has no counterpart here.
  ///
  /// Follow the hint.
  package static let refusedWord = Self("refused_word")
}
