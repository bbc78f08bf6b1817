internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL

extension MetaxyError {
  static func wouldLoseData(_ losses: [DestructiveChangeGuard.Loss]) -> MetaxyError {
    var seen: Set<DestructiveChangeGuard.Loss> = []
    let list = losses.filter { seen.insert($0).inserted }.map { loss in
      "\n  \(loss.potential.displayText) (\(loss.place), rule \(loss.potential.rule))"
        + loss.examples.map { "\n    \($0)" }.joined()
    }
    return MetaxyError(
      .wouldLoseData, "this would lose data, so nothing was done:" + list.joined(),
      hints: consentHints(losses.first?.potential.rule ?? "DS102"))
  }

  /// - Parameters:
  ///   - place: the statement that lost the data.
  ///   - number: the number of its section.
  static func lostData(_ losses: [MeasuredLoss], place: String, _ number: Int, _ step: RunStep) -> MetaxyError {
    var seen: Set<MeasuredLoss> = []
    let list = losses.filter { seen.insert($0).inserted }.map { loss in
      "\n  \(loss.displayText) (\(place), rule \(loss.rule))"
    }
    return MetaxyError(
      .wouldLoseData,
      "section \(number) of the \(step.direction.rawValue) of revision `\(step.file.revision)` would lose data, so it was"
        + " rolled back:" + list.joined(),
      Payload(path: step.file.path, revision: step.file.revision),
      hints: consentHints(losses.first?.rule ?? "DS105"))
  }

  private static func consentHints(_ rule: String) -> [Hint] {
    [
      "back the data up, then run the command again with `--allow-destructive`",
      "or, reviewed once for every database, write `-- metaxy:allow \(rule) reason` above the statement",
    ]
  }

  static func statementFailed(
    _ statement: RevisionStatement, position: Int, of count: Int, _ step: RunStep, remedies: [Hint],
    cause: MetaxyError
  ) -> MetaxyError {
    let place = statement.position.map { "\(step.file.path):\($0.line)" } ?? step.file.path
    return MetaxyError(
      .statementFailed,
      "\(place): statement \(position) of \(count) of the \(step.direction.rawValue) of revision"
        + " `\(step.file.revision)` failed",
      Payload(
        path: step.file.path, revision: step.file.revision, statement: position, sql: statement.sql),
      hints: cause.hints + remedies, cause: cause)
  }

  static func noSection(_ step: RunStep, dialect: String) -> MetaxyError {
    MetaxyError(
      .noSection,
      "revision `\(step.file.revision)` (\(step.file.path)) has no \(step.direction.rawValue) section for \(dialect)",
      Payload(path: step.file.path, revision: step.file.revision),
      hints: [
        "\(.render(for: dialect)) adds it, if the revision has a record",
        "or add a section `-- metaxy:\(step.direction.rawValue) \(dialect)` by hand; it may be empty",
      ])
  }

  /// - Parameter current: the rows of the version table.
  static func halfApplied(_ entry: RevisionLog.Entry, current: Set<String>) -> MetaxyError {
    let what = entry.isUndo ? "undoing" : entry.direction
    let giveUp: Hint =
      "or, if its file is gone, put the tables in order by hand and give it up: \(.stampPurging(to: current))"
    return MetaxyError(
      .halfApplied,
      "the \(what) of revision `\(entry.revision)` was interrupted: \(Wording.count(entry.section, "section")) applied",
      Payload(revision: entry.revision),
      hints: ["finish it first: \(entry.finishing)"] + (entry.isUndo ? [] : ["or undo it: \(entry.undoing)"]) + [giveUp]
    )
  }

  static func editedWhileHalfApplied(_ file: RevisionFile, sections: Int, statements: Int) -> MetaxyError {
    var applied: [String] = []
    if sections > 0 || statements == 0 { applied.append("its first \(Wording.count(sections, "section"))") }
    if statements > 0 {
      applied.append("the first \(Wording.count(statements, "statement")) of section \(sections + 1)")
    }
    return MetaxyError(
      .editedWhileHalfApplied,
      "revision `\(file.revision)` (\(file.path)) was interrupted, and its applied part was edited:"
        + " \(applied.joined(separator: " and "))",
      Payload(path: file.path, revision: file.revision),
      hints: [
        "restore these \(statements > 0 ? "statements" : "sections") to their applied text; only what follows them may change",
        "\(.repair(file.revision, .restore)) writes the text of the log back",
        "or undo the revision: \(.downgrade(to: "-1"))",
      ])
  }

  static func cannotRecord(_ lockConflict: LockConflict, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotRecord, "cannot record the graph: \(lockConflict.displayText)",
      hints: lockConflict.hints.map { Hint($0) } + ["nothing was written; run the command again"], cause: cause)
  }

  static func blocked(_ lockConflict: LockConflict, attempts: Int, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .blocked, "gave up after \(attempts) attempts: \(lockConflict.displayText)",
      hints: lockConflict.hints.map { Hint($0) },
      cause: cause)
  }

  static func versionMoved(table: TableName, expected: Set<String>, found: Set<String>) -> MetaxyError {
    func displayText(_ revisions: Set<String>) -> String {
      revisions.isEmpty ? "no revision" : revisions.sorted().joined(separator: ", ")
    }
    return MetaxyError(
      .versionMoved,
      "another program changed `\(table)` during this run: expected \(displayText(expected)), found \(displayText(found))",
      Payload(schema: table.schema, table: table.name),
      hints: ["nothing of this section was applied; check \(.current()), then run the command again"])
  }

  static func noSpace(_ purpose: String, _ name: String, needed: String, available: String) -> MetaxyError {
    MetaxyError(
      .noSpace,
      "not enough disk space \(purpose): a copy of `\(name)` may need \(needed), and its disk has \(available) free",
      hints: ["free space on that disk, then run the command again"])
  }

  static func unreadableExpectation(_ text: String, _ step: RunStep) -> MetaxyError {
    MetaxyError(
      .malformedExpectation, "\(step.file.path): `expects:\(text)` cannot be read",
      Payload(path: step.file.path, revision: step.file.revision),
      hints: ["write it as `expects:table(columns: a, b; indexes: c; triggers: d; views: e)`"])
  }

  static func unexpectedTable(_ table: TableName, _ differences: [String], _ step: RunStep) -> MetaxyError {
    MetaxyError(
      .unexpectedTable,
      "\(step.file.path) cannot rebuild `\(table)`: it differs from the revision's `expects:`"
        + differences.map { "\n  \($0)" }.joined(),
      Payload(path: step.file.path, revision: step.file.revision, schema: table.schema, table: table.name),
      hints: [
        "nothing of the section was applied; add what is missing to the section by hand, with its name in `expects:`,"
          + " or drop it from this database"
      ])
  }

  static func brokenReferences(_ broken: [TableReference: Int], _ step: RunStep) -> MetaxyError {
    let list = broken.sorted { ($0.key.table, $0.key.referenced) < ($1.key.table, $1.key.referenced) }
      .map { reference, count in "\n  `\(reference.table)` -> `\(reference.referenced)`: \(Wording.count(count, "row"))"
      }
    return MetaxyError(
      .brokenReferences, "\(step.file.path): rows would refer to rows that do not exist:" + list.joined(),
      Payload(path: step.file.path, revision: step.file.revision),
      hints: ["the section was rolled back; fix these rows, then run the command again"])
  }
}
