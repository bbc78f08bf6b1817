import MetaxyErrors

extension MetaxyError {
  static func noConfiguration(_ directory: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "no `\(ConfigurationFile.ownName)` in `\(directory)` or a directory above",
      hints: ["\(.initialise()) makes one"])
  }

  static func configurationFileMissing(_ path: String, namedBy origin: String) -> MetaxyError {
    MetaxyError(.noConfiguration, "there is no file `\(path)`, which `\(origin)` names")
  }

  static func noSettingsInPyproject(_ file: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "`\(file)` has no `[tool.metaxy]`",
      hints: ["\(.initialise()) adds one"])
  }

  static func twoConfigurationFiles(_ first: String, _ second: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "`-c` names the configuration file `\(first)`, `--config-file` names `\(second)`")
  }

  static func invalidConfiguration(file: String, inFile: [Diagnostic], inVariables: [String]) -> MetaxyError {
    var sentences = inVariables
    if !inFile.isEmpty {
      let count = inFile.count == 1 ? "a problem" : "\(inFile.count) problems"
      sentences.insert("`\(file)` has \(count)", at: 0)
    }
    return MetaxyError(.invalidConfiguration, sentences.joined(separator: "; "), diagnostics: inFile)
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
      hints: ["a SQLite file is written `sqlite:///file.db`, a PostgreSQL database `postgresql://host/name`"])
  }

  static func unsupportedDialect(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "the database `\(displayText)` is not supported", hints: ["stores are `sqlite:///…` or `postgresql://…`"])
  }

  static func databaseInMemory(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "a database in memory cannot be migrated, found `\(displayText)`", hints: ["name a file: `sqlite:///metaxy.db`"])
  }

  static func sqliteURLWithHost(_ displayText: String) -> MetaxyError {
    let file = displayText.replacing("://", with: ":///", maxReplacements: 1)
    return invalidStoreURL(
      "`\(displayText)` names a host, which SQLite has not", hints: ["with three slashes it is a file: `\(file)`"])
  }

  static func sqliteURLWithQuery(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "`\(displayText)` has parameters, which are not supported for SQLite",
      hints: ["a `?` in a file's name is written `%3F`"])
  }

  static func sqliteURLOfDirectory(_ displayText: String) -> MetaxyError {
    invalidStoreURL("`\(displayText)` names a directory, not a file", hints: [])
  }

  static func undecodablePath(_ displayText: String) -> MetaxyError {
    invalidStoreURL(
      "`\(displayText)` has a `%` that stands for no character", hints: ["a `%` in a file's name is written `%25`"])
  }

  static func noStore(_ file: String, unusable: [String: UnusableStore]) -> MetaxyError {
    let notes: [Hint] = unusable.sorted { $0.key < $1.key }.map {
      "store `\($0.key)` cannot be used: \($0.value.reason)"
    }
    return MetaxyError(
      .noStore, "`\(file)` names no store on SQLite or PostgreSQL",
      hints: notes + ["add `url = \"sqlite:///metaxy.db\"` under `[ext.migrations.stores.dev]`"])
  }

  static func ambiguousStore(_ names: [String]) -> MetaxyError {
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    return MetaxyError(
      .ambiguousStore, "there are several stores: \(list)",
      hints: ["name one with `--store`, `METAXY_STORE`, or `store` in the configuration"])
  }

  static func unknownStore(_ name: String, known: [String]) -> MetaxyError {
    var hints = [Hint.didYouMean(name, in: known)].compactMap(\.self)
    if !known.isEmpty { hints.append("there are \(known.map { "`\($0)`" }.joined(separator: ", "))") }
    return MetaxyError(.unknownStore, "there is no store `\(name)`", hints: hints)
  }

  static func unusableStore(_ name: String, _ store: UnusableStore) -> MetaxyError {
    MetaxyError(
      .unusableStore, "store `\(name)` cannot be used: \(store.reason)",
      hints: [store.hint.map { Hint($0) } ?? "give its `url` under `[ext.migrations.stores.\(name)]`"],
      diagnostics: [store.diagnostic].compactMap(\.self))
  }
}
