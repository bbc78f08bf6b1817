// Features and tables
// The definitions in the entrypoints.

package import MetaxyErrors

extension MetaxyError.Code {
  /// The sources of the features contain errors, each with its place.
  ///
  /// Correct every place; all problems are reported in one run.
  package static let invalidFeatures = Self("invalid_features")

  /// The definitions of SQL tables contain errors, each with its place.
  ///
  /// Correct every place.
  package static let invalidTables = Self("invalid_tables")

  /// The graph has no feature with this key.
  ///
  /// Use a key that `metaxy list features` lists.
  package static let unknownFeature = Self("unknown_feature")

  /// A name is declared as renamed, and the database has an object under the old name and one under the new name, or the
  /// old one in another schema.
  ///
  /// Move the content of one to the other, drop one, or remove the declaration. Move a table to another schema with
  /// `ALTER TABLE … SET SCHEMA`.
  package static let renameConflict = Self("rename_conflict")

  /// A table or column is dropped and one like it is added, or an enumeration loses a value and gets one: it could be one with
  /// a new name.
  ///
  /// Declare `renamedFrom` or `renamedValues`, or decide with `--rename` or `--no-rename`.
  package static let possibleRename = Self("possible_rename")

  /// `--rename` names a table or column that the database does not have, or a new name that is not in the definitions.
  ///
  /// Correct the names; `metaxy check` lists what is dropped and added.
  package static let unknownRename = Self("unknown_rename")

  /// `--backfill` names a column that is neither added nor changed to NOT NULL.
  ///
  /// Correct the name, or remove the flag.
  package static let unknownBackfill = Self("unknown_backfill")

  /// `--using` names a column whose type does not change.
  ///
  /// Correct the name, or remove the flag.
  package static let unknownConversion = Self("unknown_conversion")

  /// A backfill or conversion is not one SQL expression, or reads a column that the revision adds or converts.
  ///
  /// Write an expression over the columns that the row has before the revision.
  package static let unusableExpression = Self("unusable_expression")
}
