internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
internal import MetaxyRows

extension MetaxyError {
  static func fileExists(_ path: String) -> MetaxyError {
    MetaxyError(
      .unwritableFile, "cannot write `\(path)`: it exists", Payload(path: path), hints: ["`--overwrite` replaces it"])
  }

  static func featureWithoutTable(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .tableMissing, "the feature `\(feature)` has no table", Payload(feature: feature.description),
      hints: ["\(.listFeatures()) lists the features with their tables"])
  }

  static func rowsOfOtherProject(_ feature: FeatureKey, _ project: String, own: String) -> MetaxyError {
    MetaxyError(
      .otherProject, "`\(feature)` is a feature of the project `\(project)`, but this project is `\(own)`",
      Payload(feature: feature.description), hints: ["import its rows in that project"])
  }

  static func noColumnOfFeature(_ table: FeatureTable, _ column: String) -> MetaxyError {
    let names = table.columns.map(\.form.name)
    return MetaxyError(
      .unknownColumn, "the feature `\(table.key)` has no column `\(column)`",
      Payload(column: column, feature: table.key.description),
      hints: [.didYouMean(column, in: names) ?? "its columns are \(Wording.list(names))"])
  }

  /// A stored value that has no form in a file; `id` has the ID columns with their values.
  static func unreadableValue(_ table: FeatureTable, id: String, _ column: String, _ reason: String) -> MetaxyError {
    MetaxyError(
      .unreadableRow, "a row of `\(table.key)`, \(id), column `\(column)`: \(reason)",
      Payload(column: column, feature: table.key.description),
      hints: ["correct the value, or leave the column out with `--columns`"])
  }
}

// Errors of an import.
extension MetaxyError {
  static func unknownRowFormat(_ file: String) -> MetaxyError {
    MetaxyError(
      .rowsFileRefused, "the name of `\(file)` does not end with a format", Payload(path: file),
      hints: ["add `--format csv` or `--format jsonl`"])
  }

  /// Columns that a file must have, and does not.
  static func columnsMissing(_ file: String, _ columns: [RowColumn], _ feature: FeatureKey) -> MetaxyError {
    let versions = columns.contains(where: \.isSystem)
    return MetaxyError(
      .rowsFileRefused,
      "`\(file)` has no column \(Wording.list(columns.map(\.name))), which rows of `\(feature)` need",
      Payload(path: file, column: columns.first?.name, feature: feature.description),
      hints: versions
        ? [
          "the command does not compute data versions: export the rows with them, or write them by a program with `MetadataStore`"
        ] : ["nothing was written"])
  }

  static func columnRefused(_ file: String, line: Int, _ reason: String) -> MetaxyError {
    .rowsFileRefused(file, line: line, reason)
  }

  /// Values that cannot be imported.
  static func valuesRefused(
    _ file: String, _ feature: FeatureKey, count: Int, _ problems: [Diagnostic], row: Int?, column: String?
  ) -> MetaxyError {
    MetaxyError(
      .rowRefused, "\(Wording.count(count, "value")) of `\(file)` cannot be imported into `\(feature)`",
      Payload(path: file, column: column, feature: feature.description, row: row), hints: ["nothing was written"],
      diagnostics: problems)
  }

  static func rowsExist(_ file: String, _ feature: FeatureKey, count: Int, _ rows: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      .rowsExist,
      "\(Wording.count(count, "row")) of `\(file)` \(count == 1 ? "is" : "are") in the table of `\(feature)` already",
      Payload(path: file, feature: feature.description),
      hints: ["`--skip-existing` imports the others; nothing was written"], diagnostics: rows)
  }

  /// Rows that the engine refused; `lines` are those of the batch, or the one of the row.
  static func importRefused(
    _ file: String, _ feature: FeatureKey, lines: ClosedRange<Int>, row: Int?, cause: MetaxyError
  ) -> MetaxyError {
    let place =
      lines.count == 1
      ? "the row in line \(lines.lowerBound)" : "a row in the lines \(lines.lowerBound) to \(lines.upperBound)"
    return MetaxyError(
      .rowRefused, "the database refused \(place) of `\(file)` for `\(feature)`",
      Payload(path: file, feature: feature.description, row: row),
      hints: ["nothing was written; \(.check()) shows whether the table differs"], cause: cause)
  }
}
