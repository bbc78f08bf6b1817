// The command line
// Arguments that metaxy does not take.

package import MetaxyErrors

extension MetaxyError.Code {
  /// A flag or a command of Alembic, or of Python's Metaxy, has no counterpart here.
  ///
  /// Do what the hint says instead.
  package static let refusedWord = Self("refused_word")
}
