internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyLint
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The losses of rows and values to which the statements of a revision consent: `-- metaxy:allow DS105 reason` covers what
/// its own statement changes, if the code is one for such a statement, and `-- metaxy:loses` the column of its query.
struct LossConsent {
  private let dialect: any Dialect
  /// The tables that the statements can change.
  private let schema: Schema
  /// The foreign keys to each table, by its folded name without a schema.
  private let references: [String: [(TableName, ForeignKey)]]
  /// What all statements change.
  private let changes: [StatementChange]
  /// The tables, folded and without schemas, whose rows and values may be lost.
  private var tables: Set<String> = []
  /// The columns whose values may be lost, by table, folded.
  private var columns: [String: Set<String>] = [:]
  /// Whether a statement with consent runs code that no text shows.
  private var coversEverything = false
  /// The names in the queries that count lost values, one set for each.
  private var counted: [Set<String>] = []

  init(_ statements: [RevisionStatement], of schema: Schema, _ dialect: any Dialect) throws(MetaxyError) {
    self.dialect = dialect
    self.schema = schema
    let keys = schema.sorted.flatMap { table in table.foreignKeys.map { (table.name, $0) } }
    references = Dictionary(grouping: keys) { $0.1.table.name.folded }
    let all = try statements.map { statement throws(MetaxyError) in
      try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    }
    changes = all.flatMap { StatementChangeReader(dialect.lexicon).changes(of: $0) }
    for (statement, tokens) in zip(statements, all) {
      let rules = Set(statement.allowances.map { $0.rule.uppercased() }).filter { $0.hasPrefix("DS") }
      if !rules.isEmpty { cover(tokens, by: rules) }
      for check in statement.rowChecks where check.rule != nil {
        let query = try SQLTokenizer.tokens(of: check.query, lexicon: dialect.lexicon)
        counted.append(StatementReach(query, lexicon: dialect.lexicon).mentioned)
      }
    }
  }

  /// Whether a loss is covered.
  ///
  /// - Parameters:
  ///   - tables: the names of the table before and after the revision.
  ///   - columns: those of the column; empty for a loss of rows.
  func covers(_ tables: [TableName], _ columns: [String]) -> Bool {
    if coversEverything { return true }
    let names = tables.map(\.name.folded)
    if names.contains(where: self.tables.contains) { return true }
    let own = names.reduce(into: Set<String>()) { $0.formUnion(self.columns[$1] ?? []) }
    return columns.contains { own.contains($0.folded) }
  }

  /// Whether a query counts the values of a converted column that are lost; with the same parameters.
  func counts(_ tables: [TableName], _ columns: [String]) -> Bool {
    counted.contains { names in
      tables.contains { names.contains($0.name.folded) }
        && (columns.isEmpty || columns.contains { names.contains($0.folded) })
    }
  }

  // MARK: Statements

  private mutating func cover(_ tokens: [SQLToken], by rules: Set<String>) {
    let all = StatementChangeReader(dialect.lexicon).changes(of: tokens)
    let changes = all.filter { Self.rules(for: $0)?.isDisjoint(with: rules) != true }
    guard all.isEmpty || !changes.isEmpty else { return }
    for change in changes {
      switch change {
      case .alterTable(let table, let action): cover(action, of: table)
      case .createTable(let table): coverCopies(to: table.name)
      case .dropTables(let names, cascades: _), .truncate(let names, cascades: _): names.forEach { coverRows(of: $0) }
      case .changeRows(let table, let rows):
        switch rows.verb {
        case .insert: coverCopy(to: table, rows.rest, replaces: tokens.dropFirst().first?.isWord("INTO") == false)
        case .update: coverUpdate(of: table, rows.columns)
        case .delete, .merge: coverRows(of: table)
        }
      case .drop: coverMentioned(tokens)
      default: break
      }
    }
    // What comes before such a statement can change rows, too.
    if changes.isEmpty || tokens.first?.isWord("WITH") == true { coverMentioned(tokens) }
  }

  /// The rules of which one must be allowed above a statement for a consent to its change: that by which the runner refuses it,
  /// or that of a conversion, which an `UPDATE` can be. Nil for any that is about losses, as for the statements of a rebuild.
  private static func rules(for change: StatementChange) -> Set<String>? {
    switch change {
    case .dropTables: ["DS102"]
    case .truncate: ["DS105"]
    case .alterTable(_, .dropColumn): ["DS103"]
    case .alterTable(_, .changeType): [RowCondition.conversionRule, "DS105"]
    case .changeRows(_, let rows) where rows.verb != .insert: [RowCondition.conversionRule, "DS105"]
    default: nil
    }
  }

  private mutating func cover(_ action: TableChange, of table: TableName) {
    switch action {
    case .dropColumn(let column, cascades: _), .changeType(let column, to: _):
      columns[table.name.folded, default: []].insert(column.folded)
    case .detachPartition: tables.insert(table.name.folded)
    case .renameTable: coverCopies(to: table)
    default: break
    }
  }

  /// Covers all tables that a statement names whose effect its text does not show.
  private mutating func coverMentioned(_ tokens: [SQLToken]) {
    let mentioned = StatementReach(tokens, lexicon: dialect.lexicon).mentioned
    let known = schema.sorted.map(\.name).filter { name in
      mentioned.contains(name.name.folded) || name.schema.map { mentioned.contains($0.folded) } ?? false
    }
    if known.isEmpty { coversEverything = true }
    known.forEach { coverRows(of: $0) }
  }

  /// Covers the rows of a table, and what its foreign keys do to others.
  private mutating func coverRows(of table: TableName) {
    guard tables.insert(table.name.folded).inserted else { return }
    for (other, key) in keys(to: table) {
      switch key.onDelete {
      case .cascade: coverRows(of: other)
      case .setNull, .setDefault: columns[other.name.folded, default: []].formUnion(key.columns.map(\.folded))
      case .noAction, .restrict: break
      }
    }
  }

  private mutating func coverUpdate(of table: TableName, _ assigned: [String]) {
    let names = Set(assigned.map(\.folded))
    guard !names.isSubset(of: columns[table.name.folded] ?? []) else { return }
    columns[table.name.folded, default: []].formUnion(names)
    for (other, key) in keys(to: table) where ![.noAction, .restrict].contains(key.onUpdate) {
      coverUpdate(of: other, key.columns)
    }
  }

  private func keys(to table: TableName) -> [(TableName, ForeignKey)] { references[table.name.folded] ?? [] }

  /// Covers what a rebuild changes, whichever of its statements has the consent.
  private mutating func coverCopies(to table: TableName) {
    for case .changeRows(let target, let rows) in changes
    where rows.verb == .insert && target.name.folded == table.name.folded {
      coverCopy(to: target, rows.rest, replaces: false)
    }
  }

  /// Covers what a copy of rows into another table changes: columns that are not copied as they are, and rows if it may
  /// leave some out.
  ///
  /// - Parameter rest: `(a, b) SELECT a, f(b) FROM old`.
  private mutating func coverCopy(to table: TableName, _ rest: [SQLToken], replaces: Bool) {
    var words = TokenReader(rest, foldsNames: dialect.lexicon.foldsNames)
    let targets = words.over(words.parenthesised()).parts(separatedBy: ",").map { $0.first?.value ?? "" }
    guard words.skip("SELECT") else { return }
    let list = words.tokens
    while let next = words.tokens.first, !next.isWord("FROM") { words.skipAny() }
    let values = words.over(list[..<words.tokens.startIndex]).parts(separatedBy: ",")
    guard words.skip("FROM"), let source = words.qualifiedName() else { return tables.formUnion([table.name.folded]) }
    let names = [table, source].map(\.name.folded)
    // Whatever follows the table can leave rows out.
    let isWhole = !replaces && !(list.first?.isWord("DISTINCT") ?? false) && words.tokens.isEmpty
    guard isWhole, targets.count == values.count else { return tables.formUnion(names) }
    for (target, value) in zip(targets, values) where !Self.isColumn(value) {
      for name in names {
        columns[name, default: []].formUnion([target.folded] + value.map(\.value.folded))
      }
    }
  }

  /// Whether a value is that of a column: `a`, or `video.a`.
  private static func isColumn(_ value: ArraySlice<SQLToken>) -> Bool {
    value.last.map { [.word, .quotedIdentifier].contains($0.kind) && !$0.isWord(in: "NULL", "TRUE", "FALSE") } ?? false
      && (value.count == 1 || (value.count == 3 && value.dropFirst().first?.isSymbol(".") == true))
  }
}
