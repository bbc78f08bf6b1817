internal import MetaxyErrors
internal import MetaxySchema
internal import MetaxyScript

/// Refuses what would lose data without consent.
///
/// A table without rows and a column that is NULL in every row lose nothing, so it looks before it refuses.
struct LossGuard {
  let dialect: any Dialect
  /// `--allow-destructive`: everything is consented to.
  let allowsEverything: Bool

  /// A loss that nobody consented to.
  struct Loss: Sendable, Hashable {
    var potential: PotentialLoss
    var place: String
  }

  /// Returns what `statement` would lose now and nobody consented to.
  func losses(
    of statement: RevisionStatement, in file: RevisionFile, _ connection: any Connection
  ) throws(MetaxyError) -> [Loss] {
    guard !allowsEverything else { return [] }
    let tokens = try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
    let allowed = Set(statement.allowances.map { $0.rule.uppercased() })
    let place = statement.position.map { "\(file.path):\($0.line)" } ?? file.path
    var losses: [Loss] = []
    for loss in dialect.losses(of: tokens) where !allowed.contains(loss.rule) {
      if try isReal(loss, connection) { losses.append(Loss(potential: loss, place: place)) }
    }
    return losses
  }

  private func isReal(_ loss: PotentialLoss, _ connection: any Connection) throws(MetaxyError) -> Bool {
    let tables = Set(try connection.tableNames().map { $0.lowercased() })
    guard tables.contains(loss.tableName.name.lowercased()) else { return false }
    let table = SQLWriter(dialect).name(loss.tableName)
    var query = "SELECT 1 FROM \(table)"
    if case .column(let column, of: _, isDropped: _) = loss {
      query += " WHERE \(dialect.quoted(column)) IS NOT NULL"
    }
    do {
      return try !connection.query("\(query) LIMIT 1").isEmpty
    } catch {
      // The column is not there: the statement itself says so, in the engine's words.
      return false
    }
  }
}

extension PotentialLoss {
  var tableName: TableName {
    switch self {
    case .table(let table), .column(_, of: let table, isDropped: _), .rows(of: let table): table
    }
  }

  /// What is lost, in words.
  public var summary: String {
    switch self {
    case .table(let table): "the table `\(table)` with its rows"
    case .column(let column, of: let table, isDropped: _): "the values of `\(table).\(column)`"
    case .rows(of: let table): "all rows of `\(table)`"
    }
  }
}
