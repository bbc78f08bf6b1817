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
      "the registry of `\(project)` does not contain the type `\(type)` of the feature `\(type.feature.key)`",
      hints: ["\(.generate()) writes the registry from the entrypoints"])
  }

  static func storeClosed() -> MetaxyError { MetaxyError(.storeClosed, "the store is closed") }

  static func unknownAlgorithm(_ name: String, store: String) -> MetaxyError {
    let names = HashAlgorithm.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return MetaxyError(
      .unknownHashAlgorithm, "store `\(store)` has an unknown hash algorithm `\(name)`",
      hints: ["set `hash_algorithm` to one of \(names)"])
  }

  static func otherProject(_ feature: RegisteredFeature, own: String) -> MetaxyError {
    MetaxyError(
      .otherProject,
      "`\(feature.key)` is a feature of the project `\(feature.project)`, but this program is of `\(own)`",
      hints: ["pass `allowingOtherProjects: true` to write its rows anyway"])
  }

  static func nothingRecorded(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .snapshotNotRecorded, "no graph of the project `\(project)` is recorded in `\(database)`",
      hints: ["\(.pushGraph()) records it, after the tables are migrated"])
  }

  static func noDefinitions(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .noDefinitions,
      "cannot create the missing tables of `\(database)`: the registry of `\(project)` does not contain their definitions",
      hints: ["with `auto_create_tables = true` in `metaxy.toml`, \(.generate()) writes it into the registry"])
  }

  static func otherSnapshot(recorded: String, program: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .snapshotDiffers,
      "the program was built for the snapshot `\(program)`, but `\(recorded)` is the latest one recorded in `\(database)`",
      hints: [
        "\(.generate()) updates the program; \(.upgrade()) and \(.pushGraph()) update the database"
      ])
  }

  static func tableMissing(_ layout: RowLayout, _ database: String) -> MetaxyError {
    MetaxyError(
      .tableMissing, "`\(database)` has no table `\(layout.table)` for the feature `\(layout.feature.key)`",
      hints: ["\(.upgrade()) creates it; \(.status()) lists what is pending"])
  }

  static func tableDrifted(_ layout: RowLayout, _ problems: [String], _ database: String) -> MetaxyError {
    MetaxyError(
      .tableDrifted,
      "the table `\(layout.table)` in `\(database)` differs from the feature `\(layout.feature.key)`: "
        + problems.joined(separator: ", "),
      hints: ["\(.check()) lists all differences"])
  }

  static func idColumnMissing(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .invalidRegistry, "the registry has no column for `\(column)`, an ID column of `\(feature)`",
      hints: ["\(.generate()) rewrites it"])
  }
}

// Errors about data versions and parents.
extension MetaxyError {
  static func dataVersionsNeeded(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsNeeded,
      "`\(feature)` has no parents, so the data versions of its rows must be given",
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
      hints: ["\(.generate()) rewrites it"])
  }

  static func parentFarther(_ feature: FeatureKey, _ parent: RegisteredFeature, column: String) -> MetaxyError {
    MetaxyError(
      .parentIDsMissing,
      "the rows of `\(feature)` cannot be matched with their parents in `\(parent.key)`: they have no column `\(column)`",
      hints: ["parents are found by their ID columns: add the column to `\(feature)`, or remove the dependency"])
  }
}

// Errors about queries.
extension MetaxyError {
  static func unknownColumn(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .unknownColumn, "the registry has no column `\(column)` of `\(feature)`",
      hints: ["\(.generate()) rewrites the columns and the registry"])
  }

  static func columnWithoutOrder(_ feature: FeatureKey, _ column: String, _ use: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "column `\(column)` of `\(feature)` holds JSON, which cannot be used in \(use)",
      hints: ["compare the values after reading, or store the value in a separate column"])
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
