internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxySQL

extension MetaxyError {
  static func wouldLoseData(_ losses: [DestructiveChangeGuard.Loss]) -> MetaxyError {
    var seen: Set<DestructiveChangeGuard.Loss> = []
    let list = losses.filter { seen.insert($0).inserted }.map { loss in
      "\n  \(loss.potential.displayText) (\(loss.place), rule \(loss.potential.rule))"
    }
    let rule = losses.first?.potential.rule ?? "DS102"
    return MetaxyError(
      .wouldLoseData, "this would lose data, so nothing was done:" + list.joined(),
      hints: [
        "back the data up, then run the command again with `--allow-destructive`",
        "or, reviewed once for every database, write `-- metaxy:allow \(rule) reason` above the statement",
      ])
  }

  static func statementFailed(
    _ statement: RevisionStatement, position: Int, of count: Int, _ step: RunStep, cause: MetaxyError
  ) -> MetaxyError {
    let place = statement.position.map { "\(step.file.path):\($0.line)" } ?? step.file.path
    return MetaxyError(
      .statementFailed,
      "\(place): statement \(position) of \(count) of the \(step.direction.rawValue) of revision"
        + " `\(step.file.revision)` failed",
      hints: cause.hints, cause: cause)
  }

  static func noSection(_ step: RunStep, dialect: String) -> MetaxyError {
    MetaxyError(
      .noSection,
      "revision `\(step.file.revision)` (\(step.file.path)) has no \(step.direction.rawValue) section for \(dialect)",
      hints: [
        "\(.render(for: dialect)) adds it, where the revision has its record beside it",
        "by hand, add a section `-- metaxy:\(step.direction.rawValue) \(dialect)`; it may be empty",
      ])
  }

  static func halfApplied(_ entry: RevisionLog.Entry) -> MetaxyError {
    // A downgrade goes back from where it stopped.
    let finish: SuggestedCommand =
      entry.direction == "upgrade" ? .upgrade(to: entry.revision) : .downgrade(to: "-1")
    return MetaxyError(
      .halfApplied,
      "the \(entry.direction) of revision `\(entry.revision)` stopped halfway: \(entry.section) of its sections are applied",
      hints: ["finish it first: \(finish)"])
  }

  static func editedWhileHalfApplied(_ file: RevisionFile, sections: Int, statements: Int) -> MetaxyError {
    var applied: [String] = []
    if sections > 0 || statements == 0 { applied.append("its first \(sections) sections") }
    if statements > 0 { applied.append("the first \(statements) statements of section \(sections + 1)") }
    return MetaxyError(
      .editedWhileHalfApplied,
      "revision `\(file.revision)` (\(file.path)) stopped halfway, and \(applied.joined(separator: " and ")), which are"
        + " applied, have been edited since",
      hints: [
        "put these \(statements > 0 ? "statements" : "sections") back as they were; only what comes after them may change"
      ])
  }

  static func cannotRecord(_ lockConflict: LockConflict, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotRecord, "the graph was not recorded: \(lockConflict.displayText)",
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
      "another program moved `\(table)` while this run went on: expected \(displayText(expected)), found \(displayText(found))",
      hints: ["nothing of the section at hand was done; look at \(.current()), then run the command again"])
  }

  static func noSpace(_ purpose: String, _ name: String, needed: String, available: String) -> MetaxyError {
    MetaxyError(
      .noSpace,
      "there is no room \(purpose): a copy may take as much as `\(name)` does, \(needed), and \(available) are free"
        + " where it lies",
      hints: ["make room on that disk, then run the command again"])
  }

  static func unreadableExpectation(_ text: String, _ step: RunStep) -> MetaxyError {
    MetaxyError(
      .malformedExpectation, "\(step.file.path): `expects:\(text)` cannot be read",
      hints: ["it is written `expects:table(columns: a, b; indexes: c; triggers: d; views: e)`"])
  }

  static func unexpectedTable(_ table: TableName, _ differences: [String], _ step: RunStep) -> MetaxyError {
    MetaxyError(
      .unexpectedTable,
      "\(step.file.path) makes `\(table)` anew, and the table here is not as the revision knows it:"
        + differences.map { "\n  \($0)" }.joined(),
      hints: [
        "nothing of the section was done; put what is missing into the section by hand, with its name in `expects:`,"
          + " or drop it from this database"
      ])
  }

  static func brokenReferences(_ broken: [TableReference: Int], _ step: RunStep) -> MetaxyError {
    let list = broken.sorted { ($0.key.table, $0.key.referenced) < ($1.key.table, $1.key.referenced) }
      .map { reference, count in "\n  `\(reference.table)` -> `\(reference.referenced)`: \(count) rows" }
    return MetaxyError(
      .brokenReferences, "\(step.file.path): rows would refer to rows that are not there:" + list.joined(),
      hints: ["the section was rolled back; mend these rows, then run the command again"])
  }
}
