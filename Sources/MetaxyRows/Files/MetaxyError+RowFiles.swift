package import MetaxyErrors
internal import MetaxyFeatures

extension MetaxyError {
  static func fileExists(_ path: String, _ caller: RowsCaller) -> MetaxyError {
    MetaxyError(
      .unwritableFile, "cannot write `\(path)`: it exists", Payload(path: path), hints: [caller.replacing])
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
      hints: [table.caller.withoutValue])
  }
}

// Errors of an import.
extension MetaxyError {
  package static func unknownRowFormat(_ file: String, _ caller: RowsCaller) -> MetaxyError {
    MetaxyError(
      .rowsFileRefused, "the name of `\(file)` does not end with a format", Payload(path: file),
      hints: [caller.format])
  }

  /// Columns that a file must have, and does not.
  static func columnsMissing(_ file: String, _ columns: [RowColumn], _ table: FeatureTable) -> MetaxyError {
    MetaxyError(
      .rowsFileRefused,
      "`\(file)` has no column \(Wording.list(columns.map(\.name))), which rows of `\(table.key)` need",
      Payload(path: file, column: columns.first?.name, feature: table.key.description),
      hints: columns.contains(where: \.isSystem) ? [table.caller.versions] : ["nothing was written"])
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

  static func rowsExist(_ file: String, _ table: FeatureTable, count: Int, _ rows: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      .rowsExist,
      "\(Wording.count(count, "row")) of `\(file)` \(count == 1 ? "is" : "are") in the table of `\(table.key)` already",
      Payload(path: file, feature: table.key.description), hints: [table.caller.skipping], diagnostics: rows)
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
