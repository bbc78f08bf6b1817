// Comparing and drafting
// Reasons why `metaxy revision` does not write a revision.

package import MetaxyErrors

extension MetaxyError.Code {
  /// Revisions are not applied, and autogenerate compares the database as it is.
  ///
  /// Apply them first.
  package static let behind = Self("behind")

  /// Existing rows violate the new definition.
  ///
  /// Nothing was written, or nothing of the revision was applied.
  ///
  /// Change the rows that the error lists, or the definition.
  package static let existingRowsViolate = Self("rows_in_the_way")

  /// A query that checks existing rows against the new definition failed.
  ///
  /// Nothing was written, or nothing of the revision was applied.
  ///
  /// Correct the expression that the error shows.
  package static let cannotCheckRows = Self("cannot_look_at_rows")

  /// The database cannot compute a default, so every insertion of a row would fail.
  ///
  /// Nothing was written.
  ///
  /// Write the default with functions that the engine has.
  package static let defaultNotComputable = Self("default_not_computable")

  /// A table cannot be dropped because a foreign key of a table that stays refers to it.
  ///
  /// Drop the foreign key first.
  package static let tableReferenced = Self("table_referenced")

  /// An operation cannot be written for an engine.
  ///
  /// Follow the hint of the error; if there is none, write the statements by hand in a revision.
  package static let cannotRender = Self("cannot_render")

  /// An operation cannot be done while views depend on the column or table.
  ///
  /// Drop the views in a revision before the change, and create them after it.
  package static let dependentViews = Self("views_in_the_way")

  /// An operation cannot be done while row policies depend on the column or table.
  ///
  /// Change or drop the policies in a revision of its own first.
  package static let dependentPolicies = Self("policies_in_the_way")

  /// An operation cannot be done while unmanaged objects depend on the column, table or type, which cannot be restored unchanged.
  ///
  /// Drop the objects in a revision before the change, and create them after it.
  package static let dependentObjects = Self("objects_in_the_way")

  /// SQLite refuses a rename, tried out on a copy of the definitions.
  ///
  /// Drop or correct the views and triggers that cannot be read.
  package static let cannotRename = Self("cannot_rename")

  /// A rename cannot be tried out because a definition of the database cannot be copied.
  ///
  /// Write the rename into a revision by hand.
  package static let cannotCopyDefinition = Self("cannot_copy_definition")

  /// There is no scratch database in which definitions can be tried out.
  ///
  /// Set `scratch_url` in `[ext.migrations]` to a server where the role may create databases, or to an empty database.
  package static let noScratch = Self("no_scratch")

  /// No dialect has this name.
  ///
  /// Use one that the error lists.
  package static let unknownDialect = Self("unknown_dialect")
}
