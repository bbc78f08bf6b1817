// Configuration
// The configuration file, its variables and its stores.

extension MetaxyError.Code {
  /// There is no configuration file, or the one that a flag or a variable names is missing.
  ///
  /// Run the command inside the project, write a configuration with `metaxy init`, or correct the path.
  public static let noConfiguration = Self("no_configuration")

  /// The configuration file or an environment variable holds values that cannot be used.
  ///
  /// Correct every place that the error lists; all problems are reported in one run.
  public static let invalidConfiguration = Self("invalid_configuration")

  /// The configuration file is not valid TOML.
  ///
  /// Correct the place that the error points at.
  public static let invalidTOML = Self("invalid_toml")

  /// A key of the configuration has a value of another type than it needs.
  ///
  /// Write the value in the type that the error names.
  public static let wrongType = Self("wrong_type")

  /// The configuration has no store on SQLite or PostgreSQL.
  ///
  /// Add one under `[ext.migrations.stores.NAME]`.
  public static let noStore = Self("no_store")

  /// There are several stores, and nothing chooses one.
  ///
  /// Choose one with `--store`, `METAXY_STORE`, or `store` in the configuration.
  public static let ambiguousStore = Self("ambiguous_store")

  /// No store has this name.
  ///
  /// Use one of the names that the error lists.
  public static let unknownStore = Self("unknown_store")

  /// The store exists, but its settings cannot be used.
  ///
  /// Correct the setting, or set the variable, that the error names.
  public static let unusableStore = Self("unusable_store")

  /// The project is of another generation of Metaxy than the program, or than what it is compared with.
  ///
  /// Write the registry again with `metaxy generate`, or set `generation` in `[ext.migrations]`.
  public static let unsupportedGeneration = Self("unsupported_generation")

  /// The URL of a store cannot be used.
  ///
  /// Write it as `sqlite:///file.db` or `postgresql://host/name`.
  public static let invalidStoreURL = Self("invalid_store_url")
}
