internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema
internal import MetaxySorting

/// Inserts rows into the tables before a revision: ordinary ones, and one for every value that is often got wrong.
///
/// A row that a constraint or a precondition of the revision refuses is left out.
final class RowGenerator {
  private let scratch: ScratchRun
  private let schema: Schema
  /// The columns that the revision makes NOT NULL, or whose NULLs it may replace.
  private let neverNull: (TableName, String) -> Bool
  /// The values that fit the type of a column after the revision; nil for a column whose type stays.
  private let conversion: (TableName, String) -> ColumnCandidates?
  private let conditions: [RowCheck]
  private var dialect: any Dialect { scratch.dialect }
  private var counter = 0
  private static let mostRows = 40

  init(
    _ schema: Schema, conditions: [RowCheck], in scratch: ScratchRun, neverNull: @escaping (TableName, String) -> Bool,
    conversion: @escaping (TableName, String) -> ColumnCandidates?
  ) {
    self.scratch = scratch
    self.schema = schema
    self.conditions = conditions
    self.neverNull = neverNull
    self.conversion = conversion
  }

  /// The tables, each after those that it refers to.
  var order: [Table] {
    let tables = schema.sorted
    let sort = DependencySort(tables, name: { dialect.folded($0.name) }) { table in
      table.foreignKeys.map { dialect.folded($0.table) }
    }
    return sort.order.map { tables[$0] }
  }

  /// Inserts the rows, and returns why there are none, by table.
  func run() throws(MetaxyError) -> [TableName: String] {
    var failures: [TableName: String] = [:]
    for table in order where table.partitioning == nil {
      if let reason = try fill(table) { failures[table.name] = reason }
    }
    return failures
  }

  private struct Field {
    var column: Column
    var candidates: ColumnCandidates
    var isReference: Bool
    var mayBeNull: Bool
  }

  private func fill(_ table: Table) throws(MetaxyError) -> String? {
    let keys = Set(table.foreignKeys.flatMap(\.columns).map { dialect.folded($0) })
    var fields: [Field] = []
    for column in table.columns where column.generated == nil && column.identity?.kind != .always {
      fields.append(
        Field(
          column: column, candidates: try ColumnCandidates(column, of: table, in: schema, dialect),
          isReference: keys.contains(dialect.folded(column.name)),
          mayBeNull: column.isNullable && !neverNull(table.name, column.name)))
    }
    let (base, reason) = try ordinaryRows(table, fields)
    guard let found = base else { return reason ?? "no row fits" }
    var rows = 3
    let most = fields.map(\.candidates.special.count).max() ?? 0
    for place in 0..<most {
      func special(_ field: Field) -> String? {
        let values = field.candidates.special
        return field.isReference || values.isEmpty ? nil : values[place % values.count]
      }
      if try insert(table, fields, found, special) == nil {
        rows += 1
      } else {
        for only in fields where place < only.candidates.special.count && rows < Self.mostRows {
          if try insert(table, fields, found, { $0.column.name == only.column.name ? special($0) : nil }) == nil {
            rows += 1
          }
        }
      }
    }
    if try insert(table, fields, found, { $0.mayBeNull ? "NULL" : nil }) != nil {
      for only in fields where only.mayBeNull {
        _ = try insert(table, fields, found, { $0.column.name == only.column.name ? "NULL" : nil })
      }
    }
    return nil
  }

  /// Inserts three ordinary rows; returns the values that checks need, or why no row fits.
  private func ordinaryRows(
    _ table: Table, _ fields: [Field]
  ) throws(MetaxyError) -> (values: [String: String]?, reason: String?) {
    var reason: String?
    for values in try assignments(table, fields) {
      guard let failure = try insert(table, fields, values, { _ in nil }) else {
        for _ in 0..<2 { _ = try insert(table, fields, values, { _ in nil }) }
        return (values, nil)
      }
      reason = reason ?? failure
    }
    return (nil, reason)
  }

  /// The values to try in the columns that checks name: none first, then the constants of the checks and their neighbours.
  private func assignments(_ table: Table, _ fields: [Field]) throws(MetaxyError) -> [[String: String]] {
    var choices: [(String, [String])] = []
    for field in fields {
      var values: [String] = []
      for check in table.checks {
        let text = check.expression.text(for: dialect.name)
        guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon),
          StatementReach(tokens, lexicon: dialect.lexicon).mentioned.contains(field.column.name.folded)
        else { continue }  // a check that cannot be read gives no values to try
        values += [field.candidates.plain(0), field.candidates.plain(1)] + field.candidates.special.prefix(3)
        for token in tokens {
          if token.kind == .string { values.append(String(token.text)) }
          if token.kind == .number, let number = Int(token.text) {
            values += [number, number + 1, number - 1].map(String.init)
          }
        }
      }
      if let target = conversion(table.name, field.column.name) { values += [target.plain(1), target.plain(2)] }
      if !values.isEmpty { choices.append((field.column.name, values.uniqued)) }
    }
    var found: [[String: String]] = [[:]]
    for (name, values) in choices {
      let longer = found.flatMap { known in values.map { known.merging([name: $0]) { $1 } } }
      found = Array((found + longer).prefix(200))
    }
    return found
  }

  /// Inserts a row and returns why it was refused.
  private func insert(
    _ table: Table, _ fields: [Field], _ fixed: [String: String], _ special: (Field) -> String?
  ) throws(MetaxyError) -> String? {
    counter += 1
    let values = fields.map { field in
      special(field) ?? reference(field, table) ?? fixed[field.column.name] ?? field.candidates.plain(counter)
    }
    let writer = SQLWriter(dialect)
    let sql =
      fields.isEmpty
      ? "INSERT INTO \(writer.name(table.name)) DEFAULT VALUES"
      : "INSERT INTO \(writer.name(table.name)) (\(writer.names(fields.map(\.column.name)))) VALUES (\(values.joined(separator: ", ")))"
    do throws(MetaxyError) {
      try scratch.connection.transaction { () throws(MetaxyError) in
        try scratch.connection.execute(sql)
        for condition in conditions {
          let count = try scratch.connection.query(condition.query).first?.first?.integer ?? 0
          guard count == 0 else {
            throw MetaxyError(.existingRowsViolate, "the revision refuses rows: \(condition.message)")
          }
        }
      }
      return nil
    } catch {
      guard !error.isInterruption, !error.isConnectionLoss else { throw error }
      let text = (error.cause as? MetaxyError)?.message ?? error.message
      return String(text.prefix { $0 != "\n" })
    }
  }

  /// The value of a column of a foreign key: that of a row that exists.
  private func reference(_ field: Field, _ table: Table) -> String? {
    guard field.isReference else { return nil }
    for key in table.foreignKeys {
      guard let place = key.columns.firstIndex(where: { dialect.folded($0) == dialect.folded(field.column.name) })
      else {
        continue
      }
      let writer = SQLWriter(dialect)
      let target = dialect.table(key.table, in: schema)
      let columns = key.referencedColumns.isEmpty ? target?.primaryKey?.columns ?? [] : key.referencedColumns
      guard place < columns.count, let target else { return nil }
      let rows = rowCount(of: target)
      guard rows > 0 else { return field.mayBeNull ? "NULL" : nil }
      return
        "(SELECT \(dialect.quoted(columns[place])) FROM \(writer.name(target.name)) ORDER BY \(writer.names(columns))"
        + " LIMIT 1 OFFSET \(counter % rows))"
    }
    return nil
  }

  private func rowCount(of table: Table) -> Int {
    // A table that cannot be counted has no rows to refer to.
    let rows = try? scratch.connection.query("SELECT count(*) FROM \(SQLWriter(dialect).name(table.name))")
    return Int(rows?.first?.first?.integer ?? 0)
  }

  /// Deletes all rows.
  func clear(_ tables: [Table]) throws(MetaxyError) {
    for table in tables.reversed() {
      try scratch.connection.execute("DELETE FROM \(SQLWriter(dialect).name(table.name))")
    }
  }
}
