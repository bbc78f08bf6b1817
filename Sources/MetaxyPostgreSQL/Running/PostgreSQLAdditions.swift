internal import MetaxyDatabase
internal import MetaxyErrors
package import MetaxyNames
internal import MetaxyRuntime
package import MetaxySQL

/// A section whose statements, by their grammar, only make tables, indexes on these, and columns without values.
///
/// Such a section loses nothing and touches no other table, so the catalog need not be compared before and after each of its
/// statements, which would take longer than they do. Most revisions are of this kind. Whatever is not on this short list is
/// measured: other types than the server's own, defaults of existing rows, expressions, references, `IF NOT EXISTS`.
package struct PostgreSQLAdditions: Sendable, Hashable {
  /// The tables that it makes, as it names them.
  package private(set) var created: [TableName] = []
  /// The tables that get columns, without those that it makes.
  package private(set) var altered: [TableName] = []

  /// Returns nil for a section with any other statement, and for one without any.
  package init?(_ statements: [[SQLToken]]) {
    for statement in statements {
      guard readCreation(of: statement) || readColumns(of: statement) || readIndex(of: statement) else { return nil }
    }
    // What is temporary ends with its section, which a measured one sees to.
    guard !statements.isEmpty, created.allSatisfy({ $0.schema?.hasPrefix("pg_") != true }),
      (created + altered).allSatisfy({ $0.isUntruncated })
    else { return nil }
  }

  /// Reads `CREATE TABLE name (…)`.
  private mutating func readCreation(of statement: [SQLToken]) -> Bool {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("CREATE", "TABLE"), let table = words.qualifiedName(), words.tokens.first?.isSymbol("(") == true
    else { return false }
    let elements = words.over(words.parenthesised()).parts(separatedBy: ",")
    guard words.tokens.isEmpty, elements.allSatisfy({ Self.isKeyOrColumn(words.over($0)) }) else { return false }
    created.append(table)
    return true
  }

  /// Reads `ALTER TABLE name ADD COLUMN name type, …`.
  private mutating func readColumns(of statement: [SQLToken]) -> Bool {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("ALTER", "TABLE"), let table = words.qualifiedName() else { return false }
    for action in words.parts(separatedBy: ",") {
      var column = words.over(action)
      guard column.skip("ADD") else { return false }
      _ = column.skip("COLUMN")
      guard column.skipColumn() else { return false }
      _ = column.skip("NULL")
      guard column.tokens.isEmpty else { return false }
    }
    if !created.contains(table) { altered.append(table) }
    return true
  }

  /// Reads `CREATE INDEX name ON table (column, …)` for a table that the section makes: no function reads its rows.
  private func readIndex(of statement: [SQLToken]) -> Bool {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("CREATE") else { return false }
    _ = words.skip("UNIQUE")
    guard words.skip("INDEX"), words.name() != nil, words.skip("ON"), let table = words.qualifiedName(),
      created.contains(table), words.skipNames()
    else { return false }
    return words.tokens.isEmpty
  }

  /// Whether an element of CREATE TABLE is a primary or unique key, or a column with at most a constant as its default.
  private static func isKeyOrColumn(_ element: TokenReader) -> Bool {
    var words = element
    if words.skip("CONSTRAINT") { guard words.name() != nil else { return false } }
    if words.skip("PRIMARY", "KEY") || words.skip("UNIQUE") { return words.skipNames() && words.tokens.isEmpty }
    words = element
    guard words.skipColumn() else { return false }
    while !words.tokens.isEmpty {
      guard
        words.skip("NOT", "NULL") || words.skip("NULL") || words.skip("PRIMARY", "KEY") || words.skip("UNIQUE")
          || words.skipConstantDefault()
      else { return false }
    }
    return true
  }
}

extension PostgreSQLAdditions {
  /// What such a section is in a database.
  struct Checked {
    /// The tables that it makes.
    var created: Set<TableName>
    /// The oids of the tables that get columns.
    var altered: Set<Int64>
  }

  /// Looks for what the statements would also reach: event triggers, other types and tables of the same names, inheriting
  /// tables.
  ///
  /// - Returns: nil if the section must be measured, also because `policy` refuses one of its tables.
  func checked(
    under policy: AccessPolicy, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> Checked? {
    let made = Set(created.map { connection.tableName($0.name, inSchema: $0.schema ?? connection.defaultSchema) })
    guard made.allSatisfy({ policy.refusal($0) == nil }) else { return nil }
    let names = created + altered
    let rows = try connection.catalogQuery(
      Self.query, [.text(Self.array(names.map { SQLText.identifier($0) })), .text(connection.defaultSchema)])
    guard rows.count == names.count else { return nil }
    var numbers: Set<Int64> = []
    for (place, row) in rows.enumerated() {
      guard row[0].integer == 1 else { return nil }
      if place < created.count {
        guard row[1] == .null else { return nil }
        continue
      }
      guard let number = row[1].integer, let schema = row[2].text, let name = row[3].text, row[4].integer == 1,
        !schema.hasPrefix("pg_"), policy.refusal(connection.tableName(name, inSchema: schema)) == nil
      else { return nil }
      numbers.insert(number)
    }
    return Checked(created: made, altered: numbers)
  }

  /// A list of texts as the server reads it. https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
  private static func array(_ texts: [String]) -> String {
    let elements = texts.map { text in
      var scalars = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" { scalars.append("\\") }
        scalars.append(scalar)
      }
      return "\"\(String(scalars))\""
    }
    return "{\(elements.joined(separator: ","))}"
  }

  /// The names of types are the server's own as long as its catalog comes first, before temporary objects too. A schema of the
  /// search path that an earlier section made would get the tables without one.
  /// https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-CATALOG
  private static let query = """
    SELECT (NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D')
        AND (pg_catalog.current_schemas(true))[1] = 'pg_catalog'
        AND pg_catalog.current_schema() = $2::text)::integer,
      c.oid::bigint, n.nspname, c.relname, (c.relkind = 'r' AND NOT c.relhassubclass AND c.reloftype = 0)::integer
    FROM unnest($1::text::text[]) WITH ORDINALITY AS t(name, place)
    LEFT JOIN pg_catalog.pg_class AS c ON c.oid = pg_catalog.to_regclass(t.name)
    LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    ORDER BY t.place
    """
}

/// The meter of a section that only adds.
final class PostgreSQLAdditionMeter: LossMeter {
  func measure(
    _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    Measurement(changedRows: try body())
  }

  func finish() throws(MetaxyError) -> [MeasuredLoss] { [] }
}

extension TokenReader {
  /// Skips `name type`.
  fileprivate mutating func skipColumn() -> Bool {
    // A column does not begin with one of these words.
    guard tokens.first?.isWord(in: "LIKE", "CONSTRAINT", "CHECK", "FOREIGN", "EXCLUDE", "PRIMARY", "UNIQUE") == false,
      tokens.first?.kind != .string, name() != nil
    else { return false }
    return skipServerType()
  }

  /// Skips one of the server's own types.
  private mutating func skipServerType() -> Bool {
    guard
      skip("DOUBLE", "PRECISION") || skip("CHARACTER", "VARYING")
        || PostgreSQLAdditions.types.contains(where: { skip($0) })
    else { return false }
    if tokens.first?.isSymbol("(") == true {
      guard parenthesised().allSatisfy({ $0.kind == .number || $0.isSymbol(",") }) else { return false }
    }
    return !skip("WITH") && !skip("WITHOUT") || skip("TIME", "ZONE")
  }

  /// Skips `(a, b)`, names of columns.
  fileprivate mutating func skipNames() -> Bool {
    guard tokens.first?.isSymbol("(") == true else { return false }
    return over(parenthesised()).parts(separatedBy: ",").allSatisfy { part in
      part.count == 1 && part.allSatisfy { $0.kind == .word || $0.kind == .quotedIdentifier }
    }
  }

  fileprivate mutating func skipConstantDefault() -> Bool {
    guard skip("DEFAULT") else { return false }
    if skip("NULL") || skip("TRUE") || skip("FALSE") { return true }
    guard let value = tokens.first, value.kind == .number || value.kind == .string else { return false }
    skipToken()
    return true
  }
}

extension PostgreSQLAdditions {
  fileprivate static let types = [
    "SMALLINT", "INTEGER", "INT", "BIGINT", "REAL", "NUMERIC", "DECIMAL", "BOOLEAN", "VARCHAR", "TEXT", "DATE",
    "TIMESTAMP", "TIMESTAMPTZ", "TIME", "BYTEA", "UUID", "JSON", "JSONB",
  ]
}

extension TableName {
  /// Whether the server keeps the whole name. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
  fileprivate var isUntruncated: Bool { name.utf8.count < 64 && (schema ?? "").utf8.count < 64 }
}
