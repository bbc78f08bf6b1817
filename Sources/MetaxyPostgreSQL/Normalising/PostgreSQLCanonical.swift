internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

/// Determines the canonical form of desired tables whose text differs from the live ones.
///
/// PostgreSQL stores `kind IN ('a')` as a tree of nodes and prints it as `(kind = 'a'::text)`: the text does not show
/// whether two expressions are equivalent, but their printed forms do. So the desired tables are created as temporary
/// tables in a transaction that is rolled back, and read from the catalog.
/// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
struct PostgreSQLCanonical {
  private let dialect: PostgreSQLDialect
  private let desired: Schema
  private let live: Schema

  init(_ desired: Schema, beside live: Schema, _ dialect: PostgreSQLDialect) {
    self.dialect = dialect
    self.desired = desired
    self.live = live
  }

  /// - Parameter elsewhere: returns a connection to a server that allows temporary tables; called on a standby, which does not.
  func run(
    _ connection: any Connection, elsewhere: () -> (any Connection)?
  ) throws(MetaxyError) -> CanonicalSchema {
    var canonical = CanonicalSchema(desired)
    let candidates = candidates(of: desired)
    guard !candidates.isEmpty else { return canonical }
    let isStandby = try connection.query("SELECT pg_catalog.pg_is_in_recovery()").first?.first?.integer == 1
    let connection = isStandby ? elsewhere() ?? connection : connection
    try print(candidates, into: &canonical, connection)
    // PostgreSQL prints some expressions otherwise once it has read what it prints: so are those of a restored dump.
    var again = CanonicalSchema(canonical.schema)
    try print(self.candidates(of: canonical.schema), into: &again, connection)
    canonical.schema = again.schema
    return canonical
  }

  private func print(
    _ candidates: [TemporaryTable], into canonical: inout CanonicalSchema, _ connection: any Connection
  ) throws(MetaxyError) {
    var waiting = candidates
    while !waiting.isEmpty {
      // Temporary tables are all in one schema, with the names that expressions use for them.
      var names: Set<String> = []
      let round = waiting.filter { names.insert($0.pair.desired.name.name).inserted }
      waiting.removeAll { candidate in round.contains { $0.pair.desired.name == candidate.pair.desired.name } }
      do {
        try RolledBackTransaction.run(connection) { trial throws(MetaxyError) in
          try self.try(round, trial, into: &canonical)
        }
      } catch {
        guard error.sqlState != nil, !error.isInterruption else { throw error }
        // A standby does not allow temporary tables, and a role may lack the privilege.
        canonical.undecided += round.map { UndecidedPart(ofTable: $0.pair.desired.name, error) }
      }
    }
  }

  private func candidates(of desired: Schema) -> [TemporaryTable] {
    desired.sorted.compactMap { table in
      guard let old = live[table.name] else { return nil }
      let pair = TablePair(live: old, desired: table)
      let differences = TextDifferences(pair, rules: dialect)
      return differences.isEmpty ? nil : TemporaryTable(pair, differences, dialect)
    }
  }

  private func `try`(
    _ tables: [TemporaryTable], _ trial: RolledBackTransaction, into canonical: inout CanonicalSchema
  ) throws(MetaxyError) {
    for sql in enumTypes {
      // A missing type is reported at the table that uses it.
      _ = try trial.failure(of: sql)
    }
    for table in tables { canonical.undecided += try table.make(trial) }
    let found = try PostgreSQLIntrospector(trial.connection, .temporaryTables).schema { _ in false }
    for table in tables {
      guard let printed = found.definition[TableName(table.pair.desired.name.name)] else { continue }
      let read = table.canonical(printed)
      canonical.schema[read.name] = try ConstantDefaults(trial).settling(read, beside: table.pair.live)
    }
  }

  /// The statements that create missing or changed enum types; names are resolved in the temporary schema first.
  private var enumTypes: [String] {
    desired.enums.values.sorted { $0.name < $1.name }
      .filter { $0.name.schema == nil && live.enums[$0.name]?.values != $0.values }
      .map { type in
        let values = type.values.map { dialect.literal(.string($0)) }.joined(separator: ", ")
        return "CREATE TYPE pg_temp.\(dialect.quoted(type.name.name)) AS ENUM (\(values))"
      }
  }
}

extension UndecidedPart {
  /// All expressions of a table.
  init(ofTable table: TableName, _ error: MetaxyError) {
    self.init(of: table, "cannot compare the expressions of `\(table)`: \(error.message)")
  }
}
