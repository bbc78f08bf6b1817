// The command line
// Unsupported arguments.

package import MetaxyErrors

extension MetaxyError.Code {
  /// There is no such command, or a flag or a command of Alembic, or of Python's Metaxy, has no counterpart here.
  ///
  /// Follow the hint.
  package static let refusedWord = Self("refused_word")

  /// An argument is unknown, missing or one too many, has a value that it cannot have, or does not go with another one.
  ///
  /// Follow the hint; `--help` of the command lists its arguments.
  package static let wrongUsage = Self("wrong_usage")

  /// No database was named for a command on several: the configuration has no stores, or the list is empty.
  ///
  /// Add a store, or write URLs into the list.
  package static let emptyFleet = Self("empty_fleet")
}
