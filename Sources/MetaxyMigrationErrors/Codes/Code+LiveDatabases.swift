// Databases and connections
// Opening, locking and reading a database.

package import MetaxyErrors

extension MetaxyError.Code {
  /// The lock that keeps other runs away was released during the run.
  ///
  /// Remove `pg_advisory_unlock_all` from the revision, or connect without a pooler.
  package static let runLockLost = Self("run_lock_lost")

  /// The database has tables of another generation of Metaxy than the project, or the project's Python has another release.
  ///
  /// Set `generation` in `[ext.migrations]` to the other generation, use another database or interpreter, or write a revision
  /// that converts the tables with `metaxy revision --autogenerate --convert-generation`.
  package static let otherGeneration = Self("other_generation")

  /// `--convert-generation` is given, and the database has no table of another generation of Metaxy than the project.
  ///
  /// Leave the flag out, or correct `generation` in `[ext.migrations]`.
  package static let nothingToConvert = Self("nothing_to_convert")

  /// The definition of a table in the database cannot be read.
  ///
  /// Report this as a bug, with the definition.
  package static let unreadableTable = Self("unreadable_table")

  /// The definition of an index in the database cannot be read.
  ///
  /// Report this as a bug, with the definition.
  package static let unreadableIndex = Self("unreadable_index")
}
