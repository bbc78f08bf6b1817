internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRuntime

// The first part of errors about rows: the row.
extension MetaxyError {
  /// - Parameters:
  ///   - number: the row's position in a write, from 1; nil for a row that was read.
  ///   - id: its ID columns with their values; empty if they are not known.
  static func rowRefused(
    _ feature: FeatureKey, row number: Int?, id: String, column: String? = nil, field: FieldKey? = nil,
    _ reason: String,
    hints: [Hint] = [], cause: (any Error)? = nil
  ) -> MetaxyError {
    var text = number.map { "row \($0) of `\(feature)`" } ?? "a row of `\(feature)`"
    if !id.isEmpty { text += ", \(id)" }
    if let column { text += ", column `\(column)`" }
    if let field { text += ", field `\(field)`" }
    return MetaxyError(.rowRefused, "\(text): \(reason)", hints: hints, cause: cause)
  }

  static func rowsRefused(_ feature: FeatureKey, rows: ClosedRange<Int>, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .rowRefused, "one of the rows \(rows.lowerBound) to \(rows.upperBound) of `\(feature)` was refused",
      hints: ["nothing was written"], cause: cause)
  }

  static func rowUnreadable(
    _ feature: FeatureKey, id: String, column: String?, _ reason: String, cause: (any Error)?
  ) -> MetaxyError {
    var error = rowRefused(feature, row: nil, id: id, column: column, reason, cause: cause)
    error.code = .unreadableRow
    return error
  }
}

// Errors before any row is processed.
extension MetaxyError {
  static func typeNotRegistered(_ type: any Feature.Type, project: String) -> MetaxyError {
    MetaxyError(
      .typeNotRegistered,
      "the registry of `\(project)` does not hold the type `\(type)`, the feature `\(type.feature.key)`",
      hints: ["\(.generate()) writes the registry from the sources that the entrypoints name"])
  }

  static func storeClosed() -> MetaxyError { MetaxyError(.storeClosed, "the store was closed") }

  static func unknownAlgorithm(_ name: String, store: String) -> MetaxyError {
    let names = HashAlgorithm.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return MetaxyError(
      .unknownHashAlgorithm, "store `\(store)` hashes with `\(name)`, which metaxy does not know",
      hints: ["`hash_algorithm` is one of \(names)"])
  }

  static func otherProject(_ feature: RegisteredFeature, own: String) -> MetaxyError {
    MetaxyError(
      .otherProject,
      "`\(feature.key)` is a feature of the project `\(feature.project)`, and this is a program of `\(own)`",
      hints: ["`allowingOtherProjects: true` writes its rows all the same"])
  }

  static func nothingRecorded(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .snapshotNotRecorded, "no graph of the project `\(project)` is recorded in `\(database)`",
      hints: ["\(.pushGraph()) records it, once the tables are migrated"])
  }

  static func noDefinitions(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .noDefinitions,
      "missing tables of `\(database)` are to be created, and the registry of `\(project)` does not hold what they are",
      hints: ["with `auto_create_tables = true` in `metaxy.toml`, \(.generate()) writes it into the registry"])
  }

  static func otherSnapshot(recorded: String, program: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .snapshotDiffers,
      "the program was built for the snapshot `\(program)`, and `\(recorded)` is the one recorded last in `\(database)`",
      hints: [
        "\(.generate()) brings the program up to date; \(.upgrade()) and \(.pushGraph()) do so for the database"
      ])
  }

  static func tableMissing(_ layout: RowLayout, _ database: String) -> MetaxyError {
    MetaxyError(
      .tableMissing, "`\(database)` has no table `\(layout.table)` for the feature `\(layout.feature.key)`",
      hints: ["\(.upgrade()) creates it; \(.status()) tells what is pending"])
  }

  static func tableDrifted(_ layout: RowLayout, _ problems: [String], _ database: String) -> MetaxyError {
    MetaxyError(
      .tableDrifted,
      "the table `\(layout.table)` in `\(database)` is not that of the feature `\(layout.feature.key)`: "
        + problems.joined(separator: ", "),
      hints: ["\(.check()) tells all that differs"])
  }

  static func idColumnMissing(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .invalidRegistry, "the registry has no column for `\(column)`, an ID column of `\(feature)`",
      hints: ["\(.generate()) writes it anew"])
  }
}

// Errors about data versions and parents.
extension MetaxyError {
  static func dataVersionsNeeded(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsNeeded,
      "`\(feature)` is computed from no other feature, so the data versions of its rows must be given",
      hints: ["`try await store.write(rows) { row in [\"FIELD\": HASH] }`"])
  }

  static func dataVersionsComputed(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsComputed,
      "the data versions of `\(feature)` are computed from the rows of its parents, and cannot be given",
      hints: ["`try await store.write(rows)`"])
  }

  static func parentNotRegistered(_ feature: FeatureKey, _ parent: FeatureKey) -> MetaxyError {
    MetaxyError(
      .invalidRegistry, "the registry holds `\(feature)`, but not its parent `\(parent)`",
      hints: ["\(.generate()) writes it anew"])
  }

  static func parentFarther(_ feature: FeatureKey, _ parent: RegisteredFeature, column: String) -> MetaxyError {
    MetaxyError(
      .parentIDsMissing,
      "the rows of `\(feature)` do not tell their parents of `\(parent.key)`: they have no column `\(column)`",
      hints: ["parents are found by their ID columns; give `\(feature)` the column, or leave the dependency out"])
  }
}

// Errors about queries.
extension MetaxyError {
  static func unknownColumn(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .unknownColumn, "the registry has no column `\(column)` of `\(feature)`",
      hints: ["\(.generate()) writes the columns and the registry anew"])
  }

  static func columnWithoutOrder(_ feature: FeatureKey, _ column: String, _ use: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "column `\(column)` of `\(feature)` holds JSON, which has no part in \(use)",
      hints: ["compare what was read instead, or keep what is asked for in a column of its own"])
  }

  static func conditionRefused(_ feature: FeatureKey, _ column: String, _ reason: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "column `\(column)` of `\(feature)` cannot be compared with this value: \(reason)")
  }

  static func cannotJoin(_ first: FeatureKey, _ second: FeatureKey) -> MetaxyError {
    MetaxyError(
      .cannotJoin, "`\(first)` and `\(second)` have no ID columns in common by which rows could be joined")
  }
}
