package import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
package import MetaxyRevisions
internal import MetaxySQL

/// Finds the statements of a revision's other direction that undo what an interrupted run did.
///
/// A statement that restores an object which the run had not reached yet is left out. What remains is checked against the
/// catalog when it runs: it shows whether a created or dropped object is there.
package struct WrittenReversal {
  private let dialect: any Dialect
  private let step: RunStep
  /// The number of sections of the interrupted run.
  private let sectionCount: Int
  /// The statements of the interrupted run, and how far it came.
  private var counterparts: [Counterpart] = []

  /// How far the interrupted run came with a statement.
  private enum Progress { case done, running, open }

  private struct Counterpart {
    /// The number of its section.
    var section: Int
    var key: Key
    var effect: StatementEffect?
    /// The table of the rebuild that it is part of.
    var rebuilt: TableName?
    var progress: Progress
  }

  /// What a statement is about, where the catalog does not show whether it ran.
  private enum Key: Hashable {
    case rows(String)
    case column(String, of: String)
    case object(String)
    case none
  }

  /// - Parameters:
  ///   - interrupted: the sections of the interrupted run.
  ///   - section: the number of its committed sections.
  ///   - statement: the number of completed statements of the next one.
  package init(
    _ reversal: Reversal, after interrupted: [RevisionSection], section: Int, statement: Int, _ dialect: any Dialect
  ) throws(MetaxyError) {
    self.dialect = dialect
    step = reversal.step
    sectionCount = interrupted.count
    for (place, found) in interrupted.enumerated() {
      for (index, one) in found.statements.enumerated() {
        let tokens = try one.tokens(for: dialect.name, lexicon: dialect.lexicon)
        let isDone = place < section || place == section && index < statement
        let mayRun = place == section && index == statement && !found.runsInTransaction
        counterparts.append(
          Counterpart(
            section: place, key: Self.key(of: tokens, dialect.lexicon),
            effect: StatementEffect(tokens, dialect.lexicon),
            rebuilt: Self.rebuiltTable(found), progress: isDone ? .done : mayRun ? .running : .open))
      }
    }
  }

  private static func rebuiltTable(_ section: RevisionSection) -> TableName? {
    section.expectation.flatMap { TableExpectation(attributeText: $0) }?.table
  }

  /// Returns `sections` with the statements that may have something to undo.
  ///
  /// - Throws: `cannot_undo` for a statement of which that cannot be decided, or if there are none at all.
  package func sections(_ sections: [RevisionSection]) throws(MetaxyError) -> [RevisionSection] {
    guard sections.contains(where: { !$0.statements.isEmpty }) else { throw .nothingUndoes(step) }
    let mirrored = try mirrored(sections)
    return try zip(sections, mirrored).map { section, counterparts throws(MetaxyError) in
      guard counterparts.contains(where: { $0.progress != .open }) else { return section.withoutStatements }
      if let table = Self.rebuiltTable(section) {
        let same = counterparts.filter { $0.rebuilt == table }
        return same.isEmpty || same.contains { $0.progress == .done } ? section : section.withoutStatements
      }
      var left = section
      left.statements = []
      for statement in section.statements where try isNeeded(statement, counterparts) {
        left.statements.append(statement)
      }
      return left.statements.isEmpty ? section.withoutStatements : left
    }
  }

  /// Returns the statements that each section undoes: those of its mirror image if the sections of both directions are in
  /// opposite order, otherwise all.
  ///
  /// The order is known if all sections but one have a statement that undoes something of its mirror image alone.
  private func mirrored(_ sections: [RevisionSection]) throws(MetaxyError) -> [[Counterpart]] {
    let all = sections.map { _ in counterparts }
    guard sections.count == sectionCount else { return all }
    let pairs = sections.indices.map { place in counterparts.filter { $0.section == sectionCount - 1 - place } }
    var known = 0
    for (section, pair) in zip(sections, pairs) {
      var isKnown = false
      for statement in section.statements {
        let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
        let found = undone(by: tokens, among: counterparts).count
        let mirrored = undone(by: tokens, among: pair).count
        guard found == 0 || mirrored > 0 else { return all }
        if found > 0, found == mirrored { isKnown = true }
      }
      if isKnown { known += 1 }
    }
    return known >= sections.count - 1 ? pairs : all
  }

  /// Returns the statements about the same objects or rows as a statement of the other direction.
  private func undone(by tokens: [SQLToken], among counterparts: [Counterpart]) -> [Counterpart] {
    if let effect = StatementEffect(tokens, dialect.lexicon) {
      return counterparts.filter { other in
        other.effect?.changes.contains { change in
          effect.changes.contains { $0.object == change.object && $0.exists != change.exists }
        } ?? false
      }
    }
    let key = Self.key(of: tokens, dialect.lexicon)
    guard key != .none else { return [] }
    let same = counterparts.filter { $0.key == key }
    if same.isEmpty, case .rows(let table) = key { return counterparts.filter { $0.key == .object(table) } }
    return same
  }

  private func isNeeded(
    _ statement: RevisionStatement, _ counterparts: [Counterpart]
  ) throws(MetaxyError) -> Bool {
    let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    let undone = undone(by: tokens, among: counterparts)
    guard !undone.isEmpty else { return true }
    if StatementEffect(tokens, dialect.lexicon) != nil { return undone.contains { $0.progress != .open } }
    let done = undone.filter { $0.progress == .done }.count
    guard done > 0, done < undone.count else { return done > 0 }
    throw .cannotUndo(statement, step, reason: "only some of the statements that it undoes have run")
  }

  private static func key(of tokens: [SQLToken], _ lexicon: Lexicon) -> Key {
    var words = TokenReader(tokens, foldsNames: lexicon.foldsNames)
    words.skipCommonTableExpressions()
    let first = words.tokens.first
    guard first?.isWord("SELECT") == false else { return .none }
    let changesRows = first?.isWord(in: "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY") ?? false
    let altersTable = words.skip("ALTER", "TABLE")
    while let next = words.tokens.first, next.kind == .word, keywords.contains(next.text.uppercased()) {
      words.skipToken()
    }
    guard let name = words.qualifiedName()?.name.folded else { return .none }
    if changesRows { return .rows(name) }
    if altersTable, words.skip("ALTER") {
      _ = words.skip("COLUMN")
      if let column = words.name() { return .column(column.folded, of: name) }
    }
    return .object(name)
  }

  /// The words before the name of the object that a statement is about.
  private static let keywords: Set<String> = [
    "ABORT", "AGGREGATE", "ALTER", "ANALYZE", "COLUMN", "COMMENT", "CONCURRENTLY", "CONSTRAINT", "COPY", "CREATE",
    "DELETE", "DOMAIN", "DROP", "EXISTS", "EXTENSION", "FAIL", "FROM", "FUNCTION", "IF", "IGNORE", "INDEX", "INSERT",
    "INTO",
    "LOCK", "MATERIALIZED", "MERGE", "NOT", "ON", "ONLY", "OR", "POLICY", "PROCEDURE", "REINDEX", "REPLACE", "ROLLBACK",
    "RULE", "SCHEMA", "SEQUENCE", "TABLE", "TEMP", "TEMPORARY", "TRIGGER", "TRUNCATE", "TYPE", "UNIQUE", "UNLOGGED",
    "UPDATE", "VACUUM", "VIEW",
  ]
}

extension MetaxyError {
  fileprivate static func nothingUndoes(_ step: RunStep) -> MetaxyError {
    MetaxyError(
      .cannotUndo,
      "the interrupted run of revision `\(step.file.revision)` cannot be undone: \(step.file.path) has no"
        + " \(step.direction.rawValue) statements",
      Payload(path: step.file.path, revision: step.file.revision),
      hints: [
        "finish the revision, or write what undoes it into \(step.file.path)",
        "or restore the tables by hand, and give the revision up: \(.stampPurging(to: step.before))",
      ])
  }
}

extension RevisionSection {
  /// The section with nothing to run: it has no table to expect, and no batches, which are those of one statement.
  fileprivate var withoutStatements: RevisionSection {
    var section = self
    section.statements = []
    section.expectation = nil
    section.batchRows = nil
    return section
  }
}
