internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxySQL

// Where a failed run leaves the database, as hints.
extension Runner {
  /// - Parameters:
  ///   - entry: the progress of the run.
  ///   - sections: all sections of the run.
  func positionHints(after entry: RevisionLog.Entry, _ sections: [RevisionSection]) -> [Hint] {
    let place = current.isEmpty ? "before its first revision" : "at `\(current.sorted().joined(separator: "`, `"))`"
    let section = sections.indices.contains(entry.section) ? sections[entry.section] : nil
    let isAlone = section.map { !$0.runsInTransaction } ?? false
    // The original error is more useful than an error of this query.
    let leftovers = isAlone ? (try? partialResults(of: section, entry)) ?? [] : []
    var hints = [Hint("\(what(entry, isAlone: isAlone, leftovers)); the database is \(place)\(next(entry))")]
    hints += leftovers.map { index in
      "the index \(index) is INVALID: no query uses it, but every write maintains it; the next run of the revision drops it"
        + " and builds it again"
    }
    guard !entry.isUndo, entry.isHalfApplied || !leftovers.isEmpty else { return hints }
    let done = entry.direction == RevisionDirection.upgrade.rawValue ? "is applied" : "the downgrade did"
    hints.append("or undo what \(done): \(entry.undoing)")
    return hints
  }

  private func what(_ entry: RevisionLog.Entry, isAlone: Bool, _ leftovers: [String]) -> String {
    let done = "\(Wording.count(entry.section, "section"))"
    if entry.position != nil {
      return "\(done) and \(Wording.count(entry.rowsChanged, "row")) of the batches of the next one are applied"
    }
    if entry.statement > 0 {
      return
        "\(done) and, outside transactions, \(Wording.count(entry.statement, "statement")) of the next one are applied"
    }
    if entry.section > 0 || entry.isUndo {
      let before = "\(done) of the revision before it \(entry.section == 1 ? "stays" : "stay") applied"
      if entry.isUndo { return "the interrupted run is not undone yet" }
      return isAlone
        ? "the failed section runs outside transactions; \(before)" : "the failed section was rolled back; \(before)"
    }
    guard isAlone else { return "the revision was rolled back" }
    return leftovers.isEmpty
      ? "nothing of the revision is applied" : "of the revision, only the failed statement left something"
  }

  private func next(_ entry: RevisionLog.Entry) -> String {
    guard entry.isHalfApplied else { return "" }
    if isUneffectiveUndo(entry) { return "; the revision can still be finished" }
    if entry.isUndo { return "; the next run resumes it" }
    return
      "; the next run resumes with the \(entry.position != nil ? "batch" : entry.statement > 0 ? "statement" : "section") that failed"
  }

  /// The indexes that the statement outside a transaction left which a run did not finish.
  private func partialResults(of section: RevisionSection?, _ entry: RevisionLog.Entry) throws(MetaxyError) -> [String]
  {
    guard let section, section.statements.indices.contains(entry.statement) else { return [] }
    let tokens = try section.statements[entry.statement].tokens(for: dialect.name, lexicon: dialect.lexicon)
    return try dialect.partialResults(of: tokens, connection)
  }
}
