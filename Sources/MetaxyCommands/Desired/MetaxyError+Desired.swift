internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxySQL

// Errors about entrypoints and the registry.
extension MetaxyError {
  static func invalidFeatures(_ diagnostics: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      .invalidFeatures, "the sources of the features have \(Wording.count(diagnostics.count, "problem"))",
      diagnostics: diagnostics)
  }

  static func otherGeneration(_ other: Generation, of sources: String, than generation: Generation) -> MetaxyError {
    MetaxyError(
      .unsupportedGeneration,
      "`\(sources)` is of generation `\(other.rawValue)`, and the project of generation `\(generation.rawValue)`: their"
        + " versions cannot be compared",
      hints: ["`generation` in [ext.migrations] or the form of the exported specs chose them"])
  }

  static func invalidTables(_ diagnostics: [Diagnostic], hints: [Hint] = []) -> MetaxyError {
    MetaxyError(
      .invalidTables, "the definitions of SQL tables have \(Wording.count(diagnostics.count, "problem"))",
      hints: hints, diagnostics: diagnostics)
  }

  static func noEntrypointServes(_ dialect: String, _ files: [String]) -> MetaxyError {
    MetaxyError(
      .invalidEntrypoints, "none of the entrypoints is for the dialect `\(dialect)`: \(Wording.list(files))",
      hints: ["add the file for this engine, or one without a dialect in its name"])
  }

  static func noScratchFor(_ dialect: String, _ paths: [String]) -> MetaxyError {
    MetaxyError(
      .noScratch, "there is no scratch database of `\(dialect)` in which \(Wording.list(paths)) can be tried out",
      Payload(path: paths.first),
      hints: [
        "set `scratch_url` in [ext.migrations] to a database that metaxy may fill and empty",
        "or remove `\(dialect)` from `dialects`, and add its sections with \(.render(for: dialect)) later",
      ])
  }

  static func renameConflict(
    _ old: String, _ new: String, in table: TableName, column: String? = nil, at source: SourceLocation?
  ) -> MetaxyError {
    MetaxyError(
      .renameConflict,
      "\(source.map { "\($0): " } ?? "")`\(new)` is declared as renamed from `\(old)`, but the database has both",
      Payload(schema: table.schema, table: table.name, column: column),
      hints: ["move the content of one to the other, drop one, or remove the declaration"])
  }

  static func renameAcrossSchemas(_ old: TableName, to new: TableName, at source: SourceLocation?) -> MetaxyError {
    let place = old.schema.map { "the schema `\($0)`" } ?? "the default schema"
    return MetaxyError(
      .renameConflict,
      "\(source.map { "\($0): " } ?? "")`\(new)` is declared as renamed from `\(old.name)`, which is in \(place)",
      Payload(schema: new.schema, table: new.name),
      hints: ["move the table with `ALTER TABLE … SET SCHEMA` in a revision of its own, and remove the declaration"])
  }

  static func noRegistry(_ configFile: String) -> MetaxyError {
    MetaxyError(
      .noRegistry, "no path is set for the registry", Payload(path: configFile),
      hints: [
        "set `registry` in [ext.migrations] of \(configFile), such as `registry = \"Sources/FeatureRegistry.swift\"`",
        "`--output FILE` writes it to another path, `--output -` to stdout",
      ])
  }

  static func foreignFile(_ path: String) -> MetaxyError {
    MetaxyError(
      .foreignFile, "`\(path)` was not written by `metaxy generate`, so it is not replaced", Payload(path: path),
      hints: ["move it away, or set another path with `registry` in [ext.migrations]"])
  }

  static func unusableRegistryPath(_ path: String) -> MetaxyError {
    MetaxyError(
      .invalidOutput, "the registry is a Swift file, but `\(path)` does not end in `.swift`", Payload(path: path),
      hints: ["`--output -` writes it to stdout"])
  }

  static func unusableModuleName(_ name: String) -> MetaxyError {
    MetaxyError(.invalidImport, "`\(name)` is not the name of a module")
  }
}
