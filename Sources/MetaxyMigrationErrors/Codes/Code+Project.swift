// Configuration
// The configuration file, its variables and its stores.

package import MetaxyErrors

extension MetaxyError.Code {
  /// A line cannot be added to the configuration file because of the way the file is written.
  ///
  /// Add the line by hand at the place that the error shows, then run the command again.
  package static let uneditableConfiguration = Self("uneditable_configuration")

  /// An entrypoint is missing, matches no file, or cannot be read as Swift, SQL or JSON.
  ///
  /// Correct `entrypoints`, or the variable that the error names.
  package static let invalidEntrypoints = Self("invalid_entrypoints")

  /// A setting names a schema, and the store is on SQLite, which has none.
  ///
  /// Remove the setting, or choose a store of another engine.
  package static let schemaOnSQLite = Self("schema_on_sqlite")

  /// The machine does not know the time zone in `timezone`.
  ///
  /// Use a name of the tz database, such as `Europe/Berlin`.
  package static let unknownTimezone = Self("unknown_timezone")

  /// `file_template` has an unknown placeholder, or gives a file name that cannot be used.
  ///
  /// Correct the template; the error lists the placeholders.
  package static let invalidFileTemplate = Self("invalid_file_template")

  /// `SOURCE_DATE_EPOCH` is not a number of seconds since 1970.
  ///
  /// Correct the variable, or unset it.
  package static let invalidSourceDateEpoch = Self("invalid_source_date_epoch")
}
