internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The proof that a revision keeps rows: in generated ones, every kept column has the same values after the upgrade, and
/// again after the downgrade.
struct RowsProof {
  private let scratch: ScratchRun
  private let file: RevisionFile
  private let up: RunStep
  private let down: RunStep
  private let tables: RevisionNeighbourhood
  private var dialect: any Dialect { scratch.dialect }
  private let kept: [KeptTable]
  private let statements: [RevisionStatement]
  private let consent: LossConsent

  struct Result {
    var rows: RowProof
    var differences: [ProofDifference] = []
    var losses: [String] = []
  }

  init(_ proof: RevisionProof, _ record: RevisionRecord) throws(MetaxyError) {
    scratch = proof.scratch
    file = proof.file
    tables = proof.tables
    (up, down) = (proof.up, proof.down)
    let dialect = proof.scratch.dialect
    kept = try KeptTable.all(in: tables, record, dialect)
    statements = RevisionDirection.allCases.flatMap { proof.file.sections($0, dialect: dialect.name) }
      .flatMap(\.statements)
    consent = try LossConsent(statements, of: tables.before, dialect)
  }

  /// Runs the revision with rows; the database is at the revision before and afterwards.
  func run() throws(MetaxyError) -> Result {
    var result = Result(rows: .kept, losses: lostParts)
    guard !tables.before.tables.isEmpty else {
      return backToSchema(
        tables.changed.isEmpty ? "it changes no tables" : "there are no tables before it", result)
    }
    try scratch.run([down])
    let statements = file.sections(.upgrade, dialect: dialect.name).flatMap(\.statements)
    let generator = try RowGenerator(
      tables.before, kept, conditions: statements.flatMap(\.rowChecks).filter { $0.rule == nil }, in: scratch)
    let failures = try generator.run()
    let before = try images(\.old, \.oldColumns)
    do throws(MetaxyError) {
      try scratch.run([up])
    } catch {
      guard !error.isInterruption else { throw error }
      throw .failsOnRows("upgrade", error)
    }
    let expected = try zip(kept, before).map { table, rows throws(MetaxyError) in
      try rows.renamingValues(of: table, in: scratch)
    }
    result.differences = compare(try images(\.new, \.newColumns), expected, .upgrade, isReverted: false, &result.losses)
    guard result.differences.isEmpty else { return result }
    do throws(MetaxyError) {
      try scratch.run([down])
    } catch {
      guard !error.isInterruption else { throw error }
      throw .failsOnRows("downgrade", error)
    }
    result.differences = compare(try images(\.old, \.oldColumns), before, .downgrade, isReverted: true, &result.losses)
    guard result.differences.isEmpty else { return result }
    try generator.clear(generator.order)
    try scratch.run([up])
    result.losses = result.losses.uniqued
    let changed = failures.keys.sorted().first { tables.changed.contains(dialect.folded($0)) }
    if let changed, let reason = failures[changed] { result.rows = .none("no row fits `\(changed)`: \(reason)") }
    return result
  }

  private func backToSchema(_ reason: String, _ result: Result) -> Result {
    var result = result
    result.rows = .none(reason)
    return result
  }

  private func images(
    _ name: KeyPath<KeptTable, TableName>, _ columns: KeyPath<KeptTable, [String]>
  ) throws(MetaxyError) -> [TableRows] {
    try kept.map { table throws(MetaxyError) in
      try TableRows(of: table[keyPath: name], table[keyPath: columns], in: scratch)
    }
  }

  private func compare(
    _ found: [TableRows], _ expected: [TableRows], _ stage: ProofDifference.Stage, isReverted: Bool,
    _ losses: inout [String]
  ) -> [ProofDifference] {
    var differences: [ProofDifference] = []
    let filled = filled
    for (place, table) in kept.enumerated() {
      let mayHaveMore = filled.contains(table.old.name.folded) || filled.contains(table.new.name.folded)
      for difference in found[place].differences(from: expected[place], mayHaveMore: mayHaveMore) {
        let name = difference.column.map { "\(table.old).\(table.oldColumns[$0])" } ?? "\(table.old)"
        let names = difference.column.map { [table.oldColumns[$0], table.newColumns[$0]] } ?? []
        let isConverted =
          difference.column.map { table.converted.contains(table.oldColumns[$0]) } ?? !table.converted.isEmpty
        // A column of another type has other texts; whether it lost something shows when it is converted back.
        if isConverted, !isReverted { continue }
        let tables = [table.old, table.new]
        if consent.covers(tables, names) || (isConverted && consent.counts(tables, names)) {
          losses.append(name)
        } else {
          differences.append(ProofDifference(stage: stage, text: "`\(name)`: \(difference.text)"))
        }
      }
    }
    return differences
  }

  /// The tables into which statements insert rows.
  private var filled: Set<String> {
    var names: Set<String> = []
    for statement in statements {
      // Tokens of a statement that was read are always there.
      guard let tokens = try? statement.tokens(for: dialect.name, lexicon: dialect.lexicon),
        tokens.first?.isWord("INSERT") == true || tokens.first?.isWord("REPLACE") == true
      else { continue }
      names.formUnion((StatementReach(tokens, lexicon: dialect.lexicon).changed ?? []).map(\.name.folded))
    }
    return names
  }

  /// The dropped tables and columns.
  private var lostParts: [String] {
    let names = Set(kept.map(\.old))
    let dropped = tables.before.sorted.filter { !names.contains($0.name) }.map { "\($0.name)" }
    let columns = kept.flatMap { table in table.dropped.map { "\(table.old).\($0)" } }
    return dropped + columns
  }
}

extension MetaxyError {
  fileprivate static func failsOnRows(_ direction: String, _ cause: MetaxyError) -> MetaxyError {
    MetaxyError(.existingRowsViolate, "the \(direction) fails on generated rows", cause: cause)
  }
}
