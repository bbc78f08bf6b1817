internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyRuntime

/// The preflight checks of a revision on the live database: whether existing rows violate the preconditions of statements.
struct RowChecks {
  private let dialect: any Dialect
  private let connection: any Connection
  /// Whether the revision converts tables of the other generation of Metaxy.
  private let converts: Bool

  init(_ dialect: any Dialect, _ connection: any Connection, converting converts: Bool = false) {
    self.converts = converts
    self.dialect = dialect
    self.connection = connection
  }

  /// What the rows violate, and what can be done about it.
  private struct Violations {
    var findings: [String] = []
    var remedies: [String] = []
    var flags: [RowCondition.Flag] = []
  }

  /// Returns warnings of the values that the revision changes with consent.
  ///
  /// - Throws: `existing_rows_violate`, with every condition that rows violate, their number and some of them.
  func run(_ statements: [RenderedStatement]) throws(MetaxyError) -> [String] {
    var warnings: [String] = []
    var violations = Violations()
    for statement in statements {
      for expression in statement.laterExpressions { try evaluate(expression) }
      for condition in statement.preconditions {
        let count = try count(condition)
        guard count > 0 else { continue }
        let finding = "\(condition.message), in \(Wording.count(count, "row"))"
        let rows = try examples(condition.examples, of: count, condition.message)
        if let rule = condition.rule {
          warnings.append("\(rule): \(finding)\(rows.isEmpty ? "" : ": \(rows.joined(separator: "; "))")")
          continue
        }
        violations.findings.append(finding + rows.map { "\n    \($0)" }.joined())
        violations.remedies += [condition.remedy].compactMap(\.self)
        violations.flags += [condition.flag].compactMap(\.self)
      }
      try check(statement, &violations)
    }
    guard violations.findings.isEmpty else {
      throw .existingRowsViolate(
        violations.findings.uniqued, violations.remedies.uniqued, solution(violations.flags))
    }
    return warnings.uniqued
  }

  /// Checks the table that a statement requires to be empty.
  private func check(_ statement: RenderedStatement, _ violations: inout Violations) throws(MetaxyError) {
    guard let table = statement.emptyTable else { return }
    let name = SQLWriter(dialect).name(table)
    let count = try connection.query("SELECT count(*) FROM \(name)").first?.first?.integer ?? 0
    guard count > 0 else { return }
    let rows = try examples(statement.examples, of: count, "\(table) has rows")
    let columns = statement.columnsWithoutValue
    violations.findings.append(
      "\(table) has \(Wording.count(count, "row")), which \(count == 1 ? "has" : "have") no value for"
        + " \(columns.map { $0.dropFirst("\(table).".count) }.joined(separator: ", "))"
        + rows.map { "\n    \($0)" }.joined())
    violations.remedies.append(RowCondition.valueRemedy)
    violations.flags += columns.map { .backfill($0) }
  }

  /// Returns rows as texts, the last of which is the number of the others.
  private func examples(
    _ examples: RowExamples?, of count: Int64, _ message: String
  ) throws(MetaxyError) -> [String] {
    guard let examples else { return [] }
    let rows: [[SQLValue]]
    do {
      rows = try connection.readOnlyQuery(examples.query)
    } catch {
      throw .cannotCheckRows(message, cause: error)
    }
    return examples.texts(of: rows, among: count)
  }

  /// Returns the command that decides about the rows; nil if no flag does.
  private func solution(_ flags: [RowCondition.Flag]) -> SuggestedCommand? {
    var backfills: [String] = []
    var conversions: [String] = []
    for flag in flags {
      switch flag {
      case .backfill(let column): backfills.append("\(column)=VALUE")
      case .using(let column): conversions.append("\(column)=EXPRESSION")
      }
    }
    guard !flags.isEmpty else { return nil }
    return .autogenerate(
      backfilling: backfills.uniqued, converting: conversions.uniqued, convertingGeneration: converts)
  }

  private func evaluate(_ expression: String) throws(MetaxyError) {
    do {
      _ = try connection.query("SELECT \(expression)")
    } catch {
      throw .defaultNotComputable(expression, dialect: dialect.name, cause: error)
    }
  }

  private func count(_ condition: RowCondition) throws(MetaxyError) -> Int64 {
    do {
      return try connection.readOnlyQuery("SELECT \(condition.count)").first?.first?.integer ?? 0
    } catch {
      throw .cannotCheckRows(condition.message, cause: error)
    }
  }
}
