internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxySQL

// The conditions of a revision on existing rows, `metaxy:requires` and `metaxy:loses` in its file: they were counted in the
// database for which the revision was written, and are counted in every other one.
extension Runner {
  /// Refuses a revision before its first section if existing rows violate what its statements require, or lose values
  /// without consent.
  ///
  /// The conditions are about the tables before the revision, so a revision that resumes is not checked again.
  func requireRows(for step: RunStep) throws(MetaxyError) {
    if let last, last.isHalfApplied { return }
    var violations: [(check: RowCheck, rows: Int64)] = []
    var losses: [DestructiveChangeGuard.Loss] = []
    for section in step.file.sections(step.direction, dialect: dialect.name) {
      for statement in section.statements {
        for check in statement.rowChecks where check.rule == nil {
          let rows = try retrying { () throws(MetaxyError) in try count(check, step) }
          if rows > 0 { violations.append((check, rows)) }
        }
        losses += try retrying { () throws(MetaxyError) in try self.losses(of: statement, step) }
      }
    }
    guard violations.isEmpty else {
      let notes = violations.map { check, rows in
        ["\(check.message), in \(Wording.count(rows, "row"))"] + examples(of: check.query, among: rows)
      }
      throw .existingRowsViolate(notes.map { $0.joined(separator: "\n    ") }, step)
    }
    try refuse(losses)
  }

  /// Refuses losses, with some of the rows that lose values.
  func refuse(_ losses: [DestructiveChangeGuard.Loss]) throws(MetaxyError) {
    guard !losses.isEmpty else { return }
    throw .wouldLoseData(
      losses.map { loss in
        guard let query = loss.query, case .values(_, let rows, _) = loss.potential else { return loss }
        var loss = loss
        loss.examples = examples(of: query, among: rows)
        return loss
      })
  }

  /// Returns the values that a statement would change without consent.
  func losses(of statement: RevisionStatement, _ step: RunStep) throws(MetaxyError) -> [DestructiveChangeGuard.Loss] {
    guard !guardian.allowsEverything else { return [] }
    var losses: [DestructiveChangeGuard.Loss] = []
    for check in statement.rowChecks {
      guard let rule = check.rule, !statement.allows(rule) else { continue }
      let rows = try count(check, step)
      guard rows > 0 else { continue }
      losses.append(
        DestructiveChangeGuard.Loss(
          potential: .values(check.message, rows: rows, rule: rule), place: step.place(of: statement),
          query: check.query))
    }
    return losses
  }

  private func count(_ check: RowCheck, _ step: RunStep) throws(MetaxyError) -> Int64 {
    do {
      let value = try connection.readOnlyQuery(check.query).first?.first
      // A sum is not an integer on every engine.
      return value?.integer ?? value?.text.flatMap { Int64($0) } ?? 0
    } catch {
      // A conflict with another session is retried.
      guard connection.lockConflict(behind: error) == nil, !error.isConnectionLoss else { throw error }
      throw .cannotCheckRows(check, step, cause: error)
    }
  }
}

extension RunStep {
  /// The position of a statement for a message.
  func place(of statement: RevisionStatement) -> String {
    statement.position.map { "\(file.path):\($0.line)" } ?? file.path
  }
}

extension MetaxyError {
  fileprivate static func existingRowsViolate(_ violations: [String], _ step: RunStep) -> MetaxyError {
    MetaxyError(
      .existingRowsViolate,
      "existing rows violate the \(step.direction.rawValue) of revision `\(step.file.revision)` (\(step.file.path)):"
        + violations.map { "\n  \($0)" }.joined(),
      Payload(path: step.file.path, revision: step.file.revision),
      hints: ["nothing of the revision was applied; change these rows, then run the command again"])
  }

  fileprivate static func cannotCheckRows(_ check: RowCheck, _ step: RunStep, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotCheckRows,
      "cannot check whether \(check.message), before the \(step.direction.rawValue) of revision `\(step.file.revision)`",
      Payload(path: step.file.path, revision: step.file.revision, sql: check.query),
      hints: ["nothing of the revision was applied; correct the query in \(step.file.path)"], cause: cause)
  }
}
