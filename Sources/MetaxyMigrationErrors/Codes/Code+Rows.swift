// Reading and writing rows
// Errors of `MetadataStore`, in addition to those of configurations and databases.

package import MetaxyErrors

extension MetaxyError.Code {
  /// Rows of a file are in the table already: a row has the same ID, feature version and data version.
  ///
  /// Nothing was written.
  ///
  /// Import the file with `--skip-existing`, or remove the rows from it.
  package static let rowsExist = Self("rows_exist")
}
