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
  /// What the revision makes of the tables, whose rows must fit afterwards, too.
  private let kept: [TableName: KeptTable]
  /// The foreign keys of a table before the revision, and those that it gets for other columns.
  private let foreignKeys: [TableName: [ForeignKey]]
  /// The conditions of the revision on rows, with the names in their queries.
  private let conditions: [(check: RowCheck, names: Set<String>)]
  private var dialect: any Dialect { scratch.dialect }
  private var counter = 0
  private static let mostRows = 40
  /// The rows of the tables that foreign keys refer to, each counted once and then kept.
  private var rowCounts: [TableName: Int] = [:]

  init(
    _ schema: Schema, _ kept: [KeptTable], conditions: [RowCheck], in scratch: ScratchRun
  ) throws(MetaxyError) {
    self.scratch = scratch
    self.schema = schema
    let dialect = scratch.dialect
    self.conditions = try conditions.map { check throws(MetaxyError) in
      let tokens = try SQLTokenizer.tokens(of: check.query, lexicon: dialect.lexicon)
      return (check, StatementReach(tokens, lexicon: dialect.lexicon).mentioned)
    }
    let later = Dictionary(kept.map { ($0.old, $0) }) { first, _ in first }
    self.kept = later
    foreignKeys = Dictionary(
      schema.sorted.map { table in
        let known = Set(table.foreignKeys.flatMap(\.columns).map { dialect.folded($0) })
        let keys = later[table.name]?.foreignKeys(among: kept, dialect) ?? []
        let added = keys.filter { key in known.isDisjoint(with: key.columns.map { dialect.folded($0) }) }
        return (table.name, table.foreignKeys + added)
      }
    ) { first, _ in first }
  }

  /// The tables, each after those that it refers to.
  var order: [Table] { order { $0.foreignKeys } }

  private func order(_ keys: (Table) -> [ForeignKey]) -> [Table] {
    let tables = schema.sorted
    let sort = DependencySort(tables, name: { dialect.folded($0.name) }) { table in
      keys(table).map { dialect.folded($0.table) }
    }
    return sort.order.map { tables[$0] }
  }

  private func keys(of table: Table) -> [ForeignKey] { foreignKeys[table.name] ?? table.foreignKeys }

  /// Inserts the rows, and returns why there are none, by table.
  func run() throws(MetaxyError) -> [TableName: String] {
    var failures: [TableName: String] = [:]
    for table in order(keys) where table.partitioning == nil {
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
    let later = kept[table.name]
    let keys = Set(keys(of: table).flatMap(\.columns).map { dialect.folded($0) })
    var fields: [Field] = []
    for column in table.columns where column.generated == nil && column.identity?.kind != .always {
      fields.append(
        Field(
          column: column, candidates: try ColumnCandidates(column, of: table, in: schema, dialect),
          isReference: keys.contains(dialect.folded(column.name)),
          mayBeNull: column.isNullable && later?.becomesNotNull.contains(column.name) != true))
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
  ) throws(MetaxyError) -> (values: Assignment?, reason: String?) {
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

  /// Values for some columns, which differ from row to row or not.
  private typealias Assignment = [String: (Int) -> String]

  /// The values to try: none first, then those that fit the types after the revision, then in the columns that checks name the
  /// constants of the checks and their neighbours.
  private func assignments(_ table: Table, _ fields: [Field]) throws(MetaxyError) -> [Assignment] {
    let later = kept[table.name]
    var choices: [(String, [String])] = []
    for field in fields {
      var values: [String] = []
      let names = [field.column.name, later?.newName(of: field.column.name)].compactMap { $0?.folded }
      for check in table.checks + (later?.after.checks ?? []) {
        let text = check.expression.text(for: dialect.name)
        guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon),
          !StatementReach(tokens, lexicon: dialect.lexicon).mentioned.isDisjoint(with: names)
        else { continue }  // a check that cannot be read gives no values to try
        values += [field.candidates.plain(0), field.candidates.plain(1)] + field.candidates.special.prefix(3)
        for token in tokens {
          if token.kind == .string { values.append(String(token.text)) }
          if token.kind == .number, let number = Int(token.text) {
            values += [number, number + 1, number - 1].map(String.init)
          }
        }
      }
      if !values.isEmpty { choices.append((field.column.name, values.uniqued)) }
    }
    var found: [Assignment] = [[:]]
    // A text fits another type only in its form; most other values do as they are.
    let written = later?.conversions.filter { name, _ in
      fields.contains { $0.column.name == name && $0.candidates.plain(0).hasPrefix("'") }
    }
    found += [written, later?.conversions].compactMap(\.self).filter { !$0.isEmpty }.map { $0.mapValues(\.plain) }
    for (name, values) in choices {
      let longer = found.flatMap { known in values.map { value in known.merging([name: { _ in value }]) { $1 } } }
      found = Array((found + longer).prefix(200))
    }
    return found
  }

  /// Inserts a row and returns why it was refused.
  private func insert(
    _ table: Table, _ fields: [Field], _ fixed: Assignment, _ special: (Field) -> String?
  ) throws(MetaxyError) -> String? {
    counter += 1
    let values = fields.map { field in
      special(field) ?? reference(field, table) ?? (fixed[field.column.name] ?? field.candidates.plain)(counter)
    }
    let writer = SQLWriter(dialect)
    let sql =
      fields.isEmpty
      ? "INSERT INTO \(writer.name(table.name)) DEFAULT VALUES"
      : "INSERT INTO \(writer.name(table.name)) (\(writer.names(fields.map(\.column.name)))) VALUES (\(values.joined(separator: ", ")))"
    let checks = conditions.filter { !$0.names.isDisjoint(with: lineage(of: table)) }.map(\.check)
    do throws(MetaxyError) {
      try scratch.connection.transaction { () throws(MetaxyError) in
        try scratch.connection.execute(sql)
        // All conditions after each row would take as long as the square of the tables.
        for check in checks {
          let count = try scratch.connection.query(check.query).first?.first?.integer ?? 0
          guard count == 0 else {
            throw MetaxyError(.existingRowsViolate, "the revision refuses rows: \(check.message)")
          }
        }
      }
      noteRow(in: table)
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
    for key in keys(of: table) {
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
    let name = dialect.folded(table.name)
    if let known = rowCounts[name] { return known }
    // A table that cannot be counted has no rows to refer to.
    let rows = try? scratch.connection.query("SELECT count(*) FROM \(SQLWriter(dialect).name(table.name))")
    let count = Int(rows?.first?.first?.integer ?? 0)
    rowCounts[name] = count
    return count
  }

  /// The folded names of a table and of those whose rows its rows are, too.
  private func lineage(of table: Table) -> Set<String> {
    var names: Set<String> = []
    var next = [table.name]
    while let name = next.popLast() {
      guard names.insert(name.name.folded).inserted, let table = dialect.table(name, in: schema) else { continue }
      next += table.settings.parents + [table.partition?.parent].compactMap(\.self)
    }
    return names
  }

  /// Counts a row that was inserted into a table, which is also one of the tables of which it is a partition.
  private func noteRow(in table: Table) {
    var next: Table? = table
    while let table = next {
      rowCounts[dialect.folded(table.name)]? += 1
      next = table.partition.flatMap { dialect.table($0.parent, in: schema) }
    }
  }

  /// Deletes all rows.
  func clear(_ tables: [Table]) throws(MetaxyError) {
    for table in tables.reversed() {
      try scratch.connection.execute("DELETE FROM \(SQLWriter(dialect).name(table.name))")
    }
  }
}
