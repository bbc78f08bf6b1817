internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyRuntime

/// The preflight checks of a revision on the live database: whether existing rows violate the preconditions of statements.
struct RowChecks {
  private let dialect: any Dialect
  private let connection: any Connection

  init(_ dialect: any Dialect, _ connection: any Connection) {
    self.dialect = dialect
    self.connection = connection
  }

  /// Returns warnings of the values that the revision changes with consent.
  ///
  /// - Throws: `rows_in_the_way`, with every condition that rows violate.
  func run(_ statements: [RenderedStatement]) throws(MetaxyError) -> [String] {
    var warnings: [String] = []
    var violations: [String] = []
    var remedies: [String] = []
    for statement in statements {
      for expression in statement.laterExpressions { try evaluate(expression) }
      for condition in statement.preconditions {
        let count = try count(condition)
        guard count > 0 else { continue }
        let finding = "\(condition.message), in \(Wording.count(count, "row"))"
        if let rule = condition.rule {
          warnings.append("\(rule): \(finding)")
          continue
        }
        violations.append(finding)
        remedies += [condition.remedy].compactMap(\.self)
      }
      guard let table = statement.emptyTable else { continue }
      let rows = try connection.query("SELECT 1 FROM \(SQLWriter(dialect).name(table)) LIMIT 1")
      guard !rows.isEmpty else { continue }
      violations += statement.notes
      remedies.append(RowCondition.valueRemedy)
    }
    guard violations.isEmpty else { throw .existingRowsViolate(violations.uniqued, remedies.uniqued) }
    return warnings.uniqued
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
      return try connection.query("SELECT \(condition.count)").first?.first?.integer ?? 0
    } catch {
      throw .cannotCheckRows(condition.message, cause: error)
    }
  }
}
