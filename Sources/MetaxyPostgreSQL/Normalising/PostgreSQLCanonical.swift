internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Finds out how PostgreSQL prints what desired tables say in other words than the live ones.
///
/// `kind IN ('a')` is kept as a tree of nodes and printed as `(kind = 'a'::text)`: no text says whether two expressions are
/// one, but what is printed of both does. So the desired tables are made as temporary ones in a transaction that is rolled
/// back, and read again. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
struct PostgreSQLCanonical {
  private let dialect: PostgreSQLDialect
  private let desired: Schema
  private let live: Schema

  init(_ desired: Schema, beside live: Schema, _ dialect: PostgreSQLDialect) {
    self.dialect = dialect
    self.desired = desired
    self.live = live
  }

  func run(_ connection: any Connection) throws(MetaxyError) -> CanonicalSchema {
    var canonical = CanonicalSchema(desired)
    var waiting = candidates
    while !waiting.isEmpty {
      // Temporary tables are all in one schema, and have the names that expressions may name them by.
      var names: Set<String> = []
      let round = waiting.filter { names.insert($0.pair.desired.name.name).inserted }
      waiting.removeAll { candidate in round.contains { $0.pair.desired.name == candidate.pair.desired.name } }
      do {
        try RolledBackTransaction.run(connection) { trial throws(MetaxyError) in
          try self.try(round, trial, into: &canonical)
        }
      } catch {
        guard error.sqlState != nil, !error.isInterruption else { throw error }
        // A standby takes no temporary tables, and a role may have no right to make them.
        canonical.undecided += round.map { .undecidedTable($0.pair.desired.name, error) }
      }
    }
    return canonical
  }

  private var candidates: [TemporaryTable] {
    desired.sorted.compactMap { table in
      guard let old = live[table.name] else { return nil }
      let pair = TablePair(live: old, desired: table)
      let differences = WordDifferences(pair, rules: dialect)
      return differences.isEmpty ? nil : TemporaryTable(pair, differences, dialect)
    }
  }

  private func `try`(
    _ tables: [TemporaryTable], _ trial: RolledBackTransaction, into canonical: inout CanonicalSchema
  ) throws(MetaxyError) {
    for sql in enumTypes {
      // A type that is not to be had is missed where a table has it, and is said there.
      _ = try trial.failure(of: sql)
    }
    for table in tables { canonical.undecided += try table.make(trial) }
    let found = try PostgreSQLIntrospector(trial.connection, .temporaryTables).schema { _ in false }
    for table in tables {
      guard let printed = found[TableName(table.pair.desired.name.name)] else { continue }
      let read = table.canonical(printed)
      canonical.schema[read.name] = try ConstantDefaults(trial).settling(read, beside: table.pair.live)
    }
  }

  /// Makes the enum types that are not there yet, or not as they shall be: names are looked for among the temporary ones first.
  private var enumTypes: [String] {
    desired.enums.values.sorted { $0.name < $1.name }
      .filter { $0.name.schema == nil && live.enums[$0.name]?.values != $0.values }
      .map { type in
        let values = type.values.map { dialect.literal(.string($0)) }.joined(separator: ", ")
        return "CREATE TYPE pg_temp.\(dialect.quoted(type.name.name)) AS ENUM (\(values))"
      }
  }
}

extension String {
  static func undecidedTable(_ table: TableName, _ error: MetaxyError) -> String {
    "it cannot be decided whether `\(table)` has the expressions that it shall have: \(error.message)"
  }
}
