internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Names that running programs use, rules on which they rely, and names that the engine changes.
extension LintedSections {
  func renameFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    switch change {
    case .alterTable(let table, .renameTable(to: let next)):
      let name = final(next, after: step.index)
      // The first of several renames stands for all.
      guard former(table, at: step.index) == table, !isSame(table, name), !isNew(table, at: step.index),
        !rebuilds.contains(where: { $0.rename == step.index }), !hasView(table)
      else { return [] }
      return [finding(.renamedTable, step.index, "programs that use `\(table)` fail when it becomes `\(name)`")]
    case .alterTable(let table, .renameColumn(let old, to: let new)):
      guard !isNew(table, at: step.index), added(old, to: table, before: steps.count - 1) == nil else { return [] }
      return [finding(.renamedColumn, step.index, "programs that use `\(table).\(old)` fail when it becomes `\(new)`")]
    case .alterTable(let table, .dropNotNull(let column)):
      guard let known = columnBefore(column, of: table, at: step.index), !known.isNullable,
        !isDropped(former(table, at: step.index)), holdsNull(column, of: table, after: step)
      else { return [] }
      return [
        finding(.newNulls, step.index, "`\(table).\(column)` can be NULL, which programs that read it may not expect")
      ]
    case .renameEnumValue(let value, of: let type):
      return [
        finding(
          .renamedObject, step.index, "programs that use the value `\(value)` of `\(type)` fail when it is renamed")
      ]
    case .rename(kind: let kind, let name) where !createsAgain(kind, name, after: step.index):
      return [
        finding(
          .renamedObject, step.index, "programs that use the \(kind.lowercased()) `\(name)` fail when it is renamed")
      ]
    default: return []
    }
  }

  /// Whether a column can be NULL after the revision: by its record, or because no later statement makes it `NOT NULL` again.
  private func holdsNull(_ column: String, of table: TableName, after step: LintStep) -> Bool {
    guard !isRecorded else {
      return self.table(table, in: after)?.columns.contains { isSame($0.name, column) && $0.isNullable } == true
    }
    return !steps[(step.index + 1)...].flatMap(\.changes).contains { change in
      guard case .alterTable(let other, .setNotNull(let name)) = change else { return false }
      return isSame(other, table) && isSame(name, column)
    }
  }

  /// The name that a table has at the end of the revision.
  private func final(_ name: TableName, after step: Int) -> TableName {
    steps[(step + 1)...].reduce(name) { name, later in
      for case .alterTable(let old, .renameTable(to: let new)) in later.changes where isSame(old, name) { return new }
      return name
    }
  }

  private func hasView(_ name: TableName) -> Bool {
    steps.flatMap(\.changes).contains { change in
      if case .createView(let view) = change { isSame(view, name) } else { false }
    }
  }

  /// Whether a later statement creates an object with the name that a renamed one had.
  private func createsAgain(_ kind: String, _ name: TableName, after step: Int) -> Bool {
    steps[(step + 1)...].contains { later in
      var words = TokenReader(later.tokens, foldsNames: dialect.lexicon.foldsNames)
      guard words.skip("CREATE", kind) else { return false }
      return words.qualifiedName().map { isSame($0, name) } == true
    }
  }

  // MARK: Dropped constraints

  func removedRuleFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .alterTable(let table, let action) = change else { return [] }
    let dropped: WrittenConstraint?
    switch action {
    case .dropConstraint(let name, cascades: _): dropped = constraint(name, of: table, before: 0)
    // An expression that cannot be read is an error of the record, which other commands report.
    case .dropKnownConstraint(let known): dropped = try? written(known)
    default: dropped = nil
    }
    guard let dropped, let later = later(table), hasColumns(dropped.columns, later) else { return [] }
    let list = Wording.list(dropped.columns)
    switch dropped.kind {
    case .foreignKey:
      // A key of more columns requires the row, too.
      let names = Set(dropped.columns.map(dialect.folded))
      guard !later.foreignKeys.contains(where: { names.isSubset(of: $0.columns.map(dialect.folded)) }),
        !addsKey(on: dropped.columns, to: table)
      else { return [] }
      return [finding(.droppedForeignKey, step.index, "\(list) of `\(table)` can refer to rows that do not exist")]
    case .primaryKey, .unique:
      guard !isUnique(dropped.columns, in: later), !addsKey(on: dropped.columns, to: table) else { return [] }
      return [finding(.droppedKey, step.index, "rows of `\(table)` can share their \(list)")]
    case .check, .exclusion, .notNull: return []
    }
  }

  /// The table after the revision; nil if it is dropped. Without a record, a key can only come from the statements.
  private func later(_ table: TableName) -> Table? {
    guard !isDropped(table), var later = self.table(table, in: after) else { return nil }
    if !isRecorded { (later.foreignKeys, later.primaryKey, later.uniques, later.indexes) = ([], nil, [], []) }
    return later
  }

  private func hasColumns(_ columns: [String], _ table: Table) -> Bool {
    columns.allSatisfy { name in table.columns.contains { isSame($0.name, name) } }
  }

  private func isUnique(_ columns: [String], in table: Table) -> Bool {
    let names = Set(columns.map(dialect.folded))
    let keys =
      [table.primaryKey?.columns ?? []] + table.uniques.map(\.columns)
      + table.indexes.filter { $0.isUnique && $0.predicate == nil }.map(\.columns)
    return keys.contains { !$0.isEmpty && names.isSuperset(of: $0.map(dialect.folded)) }
  }

  private func addsKey(on columns: [String], to table: TableName) -> Bool {
    let names = columns.map(dialect.folded)
    return steps.flatMap(\.changes).contains { change in
      switch change {
      case .alterTable(let other, .addConstraint(let constraint)):
        isSame(other, table) && (constraint.columns.map(dialect.folded) == names || constraint.index != nil)
      case .createIndex(let index):
        isSame(index.table, table) && index.isUnique && index.columns?.map(dialect.folded) == names
      default: false
      }
    }
  }

  // MARK: Names and types

  func nameFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    let columns: [WrittenColumn]
    var names: [String]
    switch change {
    case .createTable(let table):
      columns = table.columns
      names = [table.name.name] + (table.constraints + columns.flatMap(\.constraints)).compactMap(\.name)
    case .alterTable(_, .addColumn(let column)):
      columns = [column]
      names = column.constraints.compactMap(\.name)
    case .alterTable(_, .addConstraint(let constraint)): (columns, names) = ([], [constraint.name].compactMap(\.self))
    case .alterTable(_, .renameTable(to: let name)): (columns, names) = ([], [name.name])
    case .alterTable(_, .renameColumn(_, to: let name)): (columns, names) = ([], [name])
    case .createIndex(let index): (columns, names) = ([], [index.name].compactMap(\.self))
    case .renameIndex(_, to: let name): (columns, names) = ([], [name])
    default: return []
    }
    names += columns.map(\.name)
    let long = names.filter { $0.utf8.count > ObjectNames.maximumLength }.map { name in
      finding(
        .longName, step.index,
        "`\(name)` has \(name.utf8.count) bytes: PostgreSQL cuts it to \(ObjectNames.maximumLength)")
    }
    return long
      + columns.compactMap { column in
        column.betterType.map {
          finding(.paddedType, step.index, "`\(column.name)` has the type `\(column.type)`", instead: "use `\($0)`")
        }
      }
  }
}

extension WrittenColumn {
  /// The type that is better in every respect; nil if its own is good.
  fileprivate var betterType: String? {
    let words = type.folded.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    switch words.first {
    // PostgreSQL's `"char"` is another type.
    case "char", "bpchar", "character": return words.contains("varying") || type.contains("\"") ? nil : "text"
    case "timestamp" where !words.contains("with"): return "timestamp with time zone"
    case "money": return "numeric"
    default: return nil
    }
  }
}
