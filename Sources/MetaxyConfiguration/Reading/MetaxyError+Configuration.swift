import MetaxyErrors

extension MetaxyError {
  static func noConfiguration(_ directory: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "no `\(ConfigurationFile.ownName)` in `\(directory)` or a directory above it",
      Payload(path: directory),
      hints: ["\(.initialise()) creates one"])
  }

  static func configurationFileMissing(_ path: String, namedBy origin: String) -> MetaxyError {
    MetaxyError(.noConfiguration, "the file `\(path)`, set by `\(origin)`, does not exist", Payload(path: path))
  }

  static func noSettingsInPyproject(_ file: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "`\(file)` has no `[tool.metaxy]`", Payload(path: file),
      hints: ["\(.initialise()) adds one"])
  }

  static func invalidConfiguration(file: String, inFile: [Diagnostic], inVariables: [String]) -> MetaxyError {
    var sentences = inVariables
    if !inFile.isEmpty {
      let count = inFile.count == 1 ? "a problem" : "\(inFile.count) problems"
      sentences.insert("`\(file)` has \(count)", at: 0)
    }
    return MetaxyError(
      .invalidConfiguration, sentences.joined(separator: "; "), Payload(path: file), diagnostics: inFile)
  }
}

// MARK: - Stores

extension MetaxyError {
  private static func invalidStoreURL(_ message: String, hints: [Hint]) -> MetaxyError {
    MetaxyError(.invalidStoreURL, message, hints: hints)
  }

  static func storeURLWithoutScheme(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "`\(displayText)` is not the URL of a database",
      hints: ["write a SQLite file as `sqlite:///file.db`, a PostgreSQL database as `postgresql://host/name`"])
  }

  static func unsupportedDialect(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "the database `\(displayText)` is not supported", hints: ["write a store as `sqlite:///…` or `postgresql://…`"])
  }

  static func databaseInMemory(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "a database in memory cannot be migrated: `\(displayText)`", hints: ["use a file: `sqlite:///metaxy.db`"])
  }

  static func sqliteURLWithHost(_ displayText: String) -> MetaxyError {
    let file = displayText.replacing("://", with: ":///", maxReplacements: 1)
    return invalidStoreURL(
      "`\(displayText)` contains a host, which a SQLite URL cannot have",
      hints: ["with three slashes it is a file: `\(file)`"])
  }

  static func sqliteURLWithQuery(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "`\(displayText)` has parameters, which are not supported for SQLite",
      hints: ["write a `?` in a file name as `%3F`"])
  }

  static func sqliteURLOfDirectory(_ displayText: String) -> MetaxyError {
    invalidStoreURL("`\(displayText)` is a directory, not a file", hints: [])
  }

  static func undecodablePath(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "`\(displayText)` has a `%` without two hexadecimal digits", hints: ["write a `%` in a file name as `%25`"])
  }

  static func noStore(_ file: String, unusable: [String: UnusableStore]) -> MetaxyError {
    let notes: [Hint] = unusable.sorted { $0.key < $1.key }.map {
      "store `\($0.key)` cannot be used: \($0.value.reason)"
    }
    return MetaxyError(
      .noStore, "`\(file)` has no store on SQLite or PostgreSQL",
      hints: notes + ["add `url = \"sqlite:///metaxy.db\"` under `[ext.migrations.stores.dev]`"])
  }

  static func ambiguousStore(_ names: [String]) -> MetaxyError {
    return MetaxyError(
      .ambiguousStore, "several stores are configured: \(Wording.list(names))",
      hints: ["choose one with `--store`, `METAXY_STORE`, or `store` in the configuration"])
  }

  static func unknownStore(_ name: String, known: [String]) -> MetaxyError {
    var hints = [Hint.didYouMean(name, in: known)].compactMap(\.self)
    if !known.isEmpty { hints.append("the stores are \(Wording.list(known))") }
    return MetaxyError(.unknownStore, "unknown store `\(name)`", Payload(store: name), hints: hints)
  }

  static func unusableStore(_ name: String, _ store: UnusableStore) -> MetaxyError {
    MetaxyError(
      .unusableStore, "store `\(name)` cannot be used: \(store.reason)", Payload(store: name),
      hints: [store.hint.map { Hint($0) } ?? "set its `url` under `[ext.migrations.stores.\(name)]`"],
      diagnostics: [store.diagnostic].compactMap(\.self))
  }
}
