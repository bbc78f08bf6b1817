internal import MetaxyFeatures
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Changes of types: values that change or do not fit, and rewrites. The dialect knows the conversions.
extension LintedSections {
  func typeFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .alterTable(let table, .changeType(let name, to: let type)) = change, !isNew(table, at: step.index),
      added(name, to: table, before: step.index) == nil
    else { return [] }
    let column = "`\(table).\(name)`"
    guard let old = columnBefore(name, of: table, at: step.index) ?? restored(name, of: table) else {
      return [
        finding(
          .rewritingType, step.index,
          "the type of \(column) changes, and no record has its old type: the table may be rewritten",
          severity: .advice)
      ]
    }
    var new = type.column ?? old
    if type.column == nil { new.type = .raw(SQLExpression(type.text)) }
    let known = tableBefore(table, at: step.index) ?? Table(name: table)
    var effect = dialect.effect(ofChanging: old, to: new, of: known, in: knownTypes)
    if replacesType(new, before: step.index) { effect.rewritesTable = true }
    let change =
      "from `\(typeName(of: old, in: known))` to `\(type.column.map { typeName(of: $0, in: known) } ?? type.text)`"
    var findings: [LintFinding] = []
    if effect.changesValues {
      findings.append(finding(.lossyType, step.index, "changes values of \(column), \(change)"))
    }
    if effect.canFail {
      findings.append(
        finding(
          .unfitValues, step.index, "fails if values of \(column) do not fit, \(change)",
          severity: severity(of: [name], in: table, at: step.index)))
    }
    if effect.rewritesTable {
      findings.append(
        finding(
          .rewritingType, step.index, "rewrites `\(table)` to change \(column) \(change), while no session can read it")
      )
    }
    return findings
  }

  /// The types before the revision, and those that it creates.
  private var knownTypes: Schema {
    var schema = before
    schema.enums.merge(after.enums) { old, _ in old }
    return schema
  }

  private func typeName(of column: Column, in table: Table) -> String {
    // A type that the engine does not have cannot be in a revision for it; the name is only displayed.
    (try? dialect.typeName(of: column.type, in: table.options)) ?? column.type.displayText
  }

  /// The column with the type that the other direction restores, of a table that was adopted and is in no earlier record.
  private func restored(_ column: String, of table: TableName) -> Column? {
    for case .alterTable(let other, .changeType(let name, to: let type)) in reverseChanges
    where isSame(other, table) && isSame(name, column) {
      return Column(name: column, type: .raw(SQLExpression(type.text)))
    }
    return nil
  }

  /// Whether the revision replaces the enum type of a column by one of the same name.
  private func replacesType(_ column: Column, before step: Int) -> Bool {
    guard case .raw(let type) = column.type,
      let tokens = try? SQLTokenizer.tokens(of: type.text(for: dialect.name), lexicon: dialect.lexicon),
      let name = tokens.last?.value
    else { return false }
    return steps[..<step].contains { earlier in
      earlier.changes.contains { change in
        switch change {
        case .rename(kind: "TYPE", let type): isSame(type.name, name)
        case .drop(kind: "TYPE", let types, cascades: _): types.contains { isSame($0.name, name) }
        default: false
        }
      }
    }
  }

  // MARK: New columns

  func additionFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .alterTable(let table, let action) = change, !isNew(table, at: step.index) else { return [] }
    if case .rewrite(let words) = action {
      return [finding(.otherRewrite, step.index, "`\(words)` rewrites `\(table)` while no session can read it")]
    }
    guard case .addColumn(let column) = action, !rebuilds.contains(where: { $0.place == step.index }) else { return [] }
    let name = "`\(table).\(column.name)`"
    var findings: [LintFinding] = []
    if let function = column.volatileFunction {
      findings.append(
        finding(
          .volatileDefault, step.index,
          "the default `\(function)()` of \(name) rewrites `\(table)` while no session can read it"))
    }
    if column.isStoredGenerated || column.isIdentity || column.isSerial {
      let kind = column.isStoredGenerated ? "stored generated" : column.isIdentity ? "identity" : "serial"
      findings.append(
        finding(
          .computedColumn, step.index, "the \(kind) column \(name) rewrites `\(table)` while no session can read it"))
    }
    return findings + refusedAddition(column, to: table, step)
  }

  /// https://sqlite.org/lang_altertable.html#alter_table_add_column
  private func refusedAddition(_ column: WrittenColumn, to table: TableName, _ step: LintStep) -> [LintFinding] {
    let reason: String? =
      if column.isPrimaryKey || column.isUnique {
        "SQLite refuses to add a column with `\(column.isUnique ? "UNIQUE" : "PRIMARY KEY")`"
      } else if column.isStoredGenerated {
        "SQLite refuses to add a `STORED` column to a table with rows"
      } else if column.hasComputedDefault {
        "SQLite refuses to add a column with a default that is not a constant to a table with rows"
      } else if !column.isNullInExistingRows, column.constraints.contains(where: { $0.kind == .foreignKey }) {
        "SQLite refuses to add a foreign key with a default to a table with rows"
      } else {
        nil
      }
    return reason.map { [finding(.refusedColumn, step.index, "\($0): `\(table).\(column.name)`")] } ?? []
  }
}

extension WrittenColumn {
  /// The volatile functions of PostgreSQL and of its usual extensions that are used as defaults.
  private static let volatileFunctions: Set<String> = [
    "random", "random_normal", "gen_random_uuid", "uuidv4", "uuidv7", "uuid_generate_v1", "uuid_generate_v1mc",
    "uuid_generate_v4", "clock_timestamp", "timeofday", "nextval", "gen_random_bytes", "txid_current",
  ]

  fileprivate var volatileFunction: String? {
    zip(defaultValue, defaultValue.dropFirst()).first {
      Self.volatileFunctions.contains($0.value.folded) && $1.isSymbol("(")
    }?.0.value.folded
  }

  /// Whether the default is the current time, or an expression that is more than a constant in parentheses.
  fileprivate var hasComputedDefault: Bool {
    var tokens = defaultValue[...]
    guard tokens.first?.isSymbol("(") == true else {
      return tokens.first?.isWord(in: "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME") ?? false
    }
    while let first = tokens.first {
      if first.isSymbol("("), tokens.last?.isSymbol(")") == true {
        tokens = tokens.dropFirst().dropLast()
      } else if first.isSymbol("-") || first.isSymbol("+") {
        tokens = tokens.dropFirst()
      } else {
        break
      }
    }
    guard tokens.count == 1, let constant = tokens.first else { return true }
    return ![.number, .string, .blob].contains(constant.kind) && !constant.isWord(in: "NULL", "TRUE", "FALSE")
  }
}
