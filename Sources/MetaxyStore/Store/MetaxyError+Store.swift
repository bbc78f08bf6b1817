internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

// The first part of errors about rows: the row.
extension MetaxyError {
  /// A row that cannot be written: `number` is its position in the write, from 1, nil for a row that was read; `id` has its
  /// ID columns with their values, and is empty if they are not known.
  static func rowRefused(
    _ feature: FeatureKey, row number: Int?, id: String, column: String? = nil, field: FieldKey? = nil,
    _ reason: String,
    hints: [Hint] = [], cause: (any Error)? = nil
  ) -> MetaxyError {
    var text = number.map { "row \($0) of `\(feature)`" } ?? "a row of `\(feature)`"
    if !id.isEmpty { text += ", \(id)" }
    if let column { text += ", column `\(column)`" }
    if let field { text += ", field `\(field)`" }
    return MetaxyError(
      .rowRefused, "\(text): \(reason)",
      Payload(column: column, feature: feature.description, field: field?.description, row: number), hints: hints,
      cause: cause)
  }

  static func rowsRefused(_ feature: FeatureKey, rows: ClosedRange<Int>, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .rowRefused, "the database refused one of the rows \(rows.lowerBound) to \(rows.upperBound) of `\(feature)`",
      Payload(feature: feature.description),
      hints: ["nothing was written"], cause: cause)
  }

  static func marksRefused(_ feature: FeatureKey, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .rowRefused, "the database refused the rows that mark samples of `\(feature)` as deleted",
      Payload(feature: feature.description),
      hints: ["nothing was deleted; they repeat the columns of the latest rows, except `metaxy_deleted_at`"],
      cause: cause)
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
      Payload(feature: type.feature.key.description),
      hints: ["\(.generate()) writes the registry from the entrypoints"])
  }

  static func transactionEnded() -> MetaxyError { MetaxyError(.transactionEnded, "the transaction has ended") }

  static func storeClosed() -> MetaxyError { MetaxyError(.storeClosed, "the store is closed") }

  static func otherGeneration(_ registry: Generation, configured: Generation) -> MetaxyError {
    MetaxyError(
      .unsupportedGeneration,
      "the program was built for generation `\(registry.rawValue)` of Metaxy, and the project is of generation"
        + " `\(configured.rawValue)`",
      hints: ["\(.generate()) rewrites the registry; `generation` in [ext.migrations] chooses the generation"])
  }

  static func noSoftDeletion(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .unsupportedGeneration,
      "the rows of `\(feature)` have no column that marks a deletion: the program was built for generation"
        + " `\(Generation.seed.rawValue)` of Metaxy",
      Payload(feature: feature.description), hints: ["delete them without `.soft`"])
  }

  static func noMaterializationID(_ project: String) -> MetaxyError {
    MetaxyError(
      .unsupportedGeneration,
      "the rows of `\(project)` have no materialization ID: it is of generation `\(Generation.seed.rawValue)` of Metaxy",
      hints: ["write them without `materializationID`"])
  }

  static func unknownAlgorithm(_ name: String, store: String, _ generation: Generation) -> MetaxyError {
    let names = Wording.list(HashAlgorithm.all(in: generation).map(\.rawValue))
    return MetaxyError(
      .unknownHashAlgorithm, "store `\(store)` has an unknown hash algorithm `\(name)`", Payload(store: store),
      hints: ["set `hash_algorithm` to one of \(names)"])
  }

  static func otherProject(_ feature: RegisteredFeature, own: String) -> MetaxyError {
    MetaxyError(
      .otherProject,
      "`\(feature.key)` is a feature of the project `\(feature.project)`, but this program is of `\(own)`",
      Payload(feature: feature.key.description),
      hints: ["pass `allowingOtherProjects: true` to write its rows anyway"])
  }

  static func nothingRecorded(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .snapshotNotRecorded, "no graph of the project `\(project)` is recorded in `\(database)`",
      Payload(database: database),
      hints: ["\(.pushGraph()) records it, after the tables are migrated"])
  }

  static func noDefinitions(project: String, _ database: String) -> MetaxyError {
    MetaxyError(
      .noDefinitions,
      "cannot create the missing tables of `\(database)`: the registry of `\(project)` does not contain their definitions",
      Payload(database: database),
      hints: ["with `auto_create_tables = true` in `metaxy.toml`, \(.generate()) writes it into the registry"])
  }

  static func otherSnapshot(
    recorded: String, program: String, _ database: String, _ generation: Generation
  ) -> MetaxyError {
    let version = generation == .seed ? "snapshot" : "project version"
    return MetaxyError(
      .snapshotDiffers,
      "the program was built for the \(version) `\(program)`, but `\(recorded)` is the latest one recorded in `\(database)`",
      Payload(database: database),
      hints: [
        "\(.generate()) updates the program; \(.upgrade()) and \(.pushGraph()) update the database"
      ])
  }

  static func tableMissing(_ layout: RowLayout, _ database: String) -> MetaxyError {
    tableMissing(layout.feature.key, layout.table, database)
  }

  static func tableDrifted(_ layout: RowLayout, _ problems: [String], _ database: String) -> MetaxyError {
    tableDrifted(layout.feature.key, layout.table, problems, database)
  }

  static func idColumnMissing(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .invalidRegistry, "the registry has no column for `\(column)`, an ID column of `\(feature)`",
      Payload(column: column, feature: feature.description),
      hints: ["\(.generate()) rewrites it"])
  }
}

// Errors about data versions and parents.
extension MetaxyError {
  static func dataVersionsNeeded(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsNeeded,
      "`\(feature)` has no parents, so the data versions of its rows must be given",
      Payload(feature: feature.description),
      hints: ["pass them: `try await store.write(rows) { row in [\"FIELD\": HASH] }`"])
  }

  static func samplesNeeded(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsNeeded, "`\(feature)` has no parents, so the samples to compare its rows with must be given",
      Payload(feature: feature.description),
      hints: ["pass them: `try await store.resolveUpdate(samples: rows) { row in [\"FIELD\": HASH] }`"])
  }

  static func dataVersionsComputed(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsComputed,
      "the data versions of `\(feature)` are computed from its parents, and cannot be given",
      Payload(feature: feature.description),
      hints: ["call `try await store.write(rows)`"])
  }

  static func parentNotRegistered(_ feature: FeatureKey, _ parent: FeatureKey) -> MetaxyError {
    MetaxyError(
      .invalidRegistry, "the registry contains `\(feature)`, but not its parent `\(parent)`",
      Payload(feature: parent.description),
      hints: ["\(.generate()) rewrites it"])
  }

  static func filterRefused(
    _ feature: FeatureKey, _ upstream: FeatureKey, _ filter: String, _ reason: String
  ) -> MetaxyError {
    MetaxyError(
      .featureNotServed,
      "the filter `\(filter)` of `\(feature)` on `\(upstream)` cannot be applied: \(reason)",
      Payload(feature: feature.description))
  }

  static func membersShared(_ feature: FeatureKey, _ fields: [FieldKey]) -> MetaxyError {
    MetaxyError(
      .featureNotServed,
      "the fields \(Wording.list(fields)) of `\(feature)` have one member in the JSON of a row, `\(fields[0].memberName)`",
      Payload(feature: feature.description, field: fields[0].description),
      hints: ["rename one of them"])
  }

  static func parentFarther(_ feature: FeatureKey, _ parent: RegisteredFeature, column: String) -> MetaxyError {
    MetaxyError(
      .parentIDsMissing,
      "the rows of `\(feature)` cannot be matched with their parents in `\(parent.key)`: they have no column `\(column)`",
      Payload(column: column, feature: feature.description),
      hints: ["parents are found by their ID columns: add the column to `\(feature)`, or remove the dependency"])
  }
}

// Errors about queries.
extension MetaxyError {
  /// A sample has several newest rows; `sample` has its ID columns with their values, and is empty if they are not known.
  static func newestRowAmbiguous(
    _ layout: RowLayout, sample: String, rows: Int64?, value: SQLValue?
  ) -> MetaxyError {
    newestRowAmbiguous(
      layout.feature.key, order: layout.samples.orderColumn, sample: sample, rows: rows, value: value,
      wayOut: "`history: true` reads all rows of a sample")
  }

  static func unknownColumn(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .unknownColumn, "the registry has no column `\(column)` of `\(feature)`",
      Payload(column: column, feature: feature.description),
      hints: ["\(.generate()) rewrites the columns and the registry"])
  }

  static func columnWithoutOrder(_ feature: FeatureKey, _ column: String, _ use: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "column `\(column)` of `\(feature)` holds JSON, which cannot be used in \(use)",
      Payload(column: column, feature: feature.description),
      hints: ["compare the values after reading, or store the value in a separate column"])
  }

  static func columnWithoutJSON(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "there is no `\(column)` of `\(feature)`: its column holds no JSON",
      Payload(column: column, feature: feature.description))
  }

  static func conditionRefused(_ feature: FeatureKey, _ column: String, _ reason: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "column `\(column)` of `\(feature)` cannot be compared with this value: \(reason)",
      Payload(column: column, feature: feature.description))
  }

  static func orderNotSelected(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "distinct rows of `\(feature)` cannot be sorted by `\(column)`, which is not selected",
      Payload(column: column, feature: feature.description))
  }

  static func limitedHistory(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "rows of the history of `\(feature)` cannot be deleted up to a limit",
      Payload(feature: feature.description), hints: ["delete them by a condition"])
  }

  static func markedHistory(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "rows of the history of `\(feature)` cannot be marked as deleted: a mark is one of a sample",
      Payload(feature: feature.description), hints: ["read the newest rows, without `history: true`"])
  }

  static func cannotJoinOptional(_ feature: FeatureKey, _ parent: FeatureKey, column: String) -> MetaxyError {
    MetaxyError(
      .cannotJoin,
      "the samples of `\(feature)` cannot be joined with those of `\(parent)`, which is optional: the column `\(column)` is"
        + " known to one of them only",
      Payload(column: column, feature: feature.description))
  }

  static func cannotJoin(_ first: FeatureKey, _ second: FeatureKey) -> MetaxyError {
    MetaxyError(
      .cannotJoin, "`\(first)` and `\(second)` have no ID column in common to join their rows",
      Payload(feature: first.description))
  }
}

extension MetaxyError {
  static func missingRowSelected(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused,
      "rows of `\(feature)` can be missing, and its column `\(column)` is read as if it were always there",
      Payload(column: column, feature: feature.description),
      hints: ["add `.optional` to the column"])
  }

  static func notJoined(_ feature: FeatureKey, with first: FeatureKey) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "a condition, an order or a column is of `\(feature)`, which is not joined with `\(first)`",
      Payload(feature: feature.description))
  }

  static func limitedJoin(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "the rows of `\(feature)` that are joined cannot have a limit of their own",
      Payload(feature: feature.description), hints: ["limit the joined rows"])
  }
}

// Errors about queries in SQL.
extension MetaxyError {
  static func valueRefused(_ number: Int, _ reason: String) -> MetaxyError {
    MetaxyError(.conditionRefused, "value \(number) of the query cannot be a parameter: \(reason)")
  }

  static func jsonWithinQuery(_ feature: FeatureKey, _ column: String) -> MetaxyError {
    MetaxyError(
      .conditionRefused, "`\(column)` of `\(feature)` is within a column, and a query in SQL has no name for it",
      Payload(column: column, feature: feature.description), hints: ["select it with a function of the database"])
  }

  static func otherColumns(_ names: [String], expected: Int) -> MetaxyError {
    MetaxyError(
      .unreadableRow,
      "the query has \(names.count) columns, \(Wording.list(names)), and \(expected) are read")
  }

  /// A row of a query that its type cannot be decoded from.
  static func answerUnreadable(_ error: any Error) -> MetaxyError {
    guard let problem = error as? CellProblem else {
      return MetaxyError(
        .unreadableRow, "a row of the query cannot be decoded: \(JSONText.reason(error))", cause: error)
    }
    let column = problem.column.map { ", column `\($0)`" } ?? ""
    return MetaxyError(
      .unreadableRow, "a row of the query\(column): \(problem.reason)", Payload(column: problem.column),
      cause: problem.cause)
  }
}
