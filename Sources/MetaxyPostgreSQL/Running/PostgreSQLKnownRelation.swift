internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames

/// What a run knows of a user's table, view or other relation with rows, or of a composite type.
struct PostgreSQLKnownRelation {
  enum Kind: String {
    case table = "r"
    case partitioned = "p"
    case view = "v"
    case materialized = "m"
    case foreign = "f"
    case compositeType = "c"
  }

  var relation: PostgreSQLRelation
  var kind: Kind
  var state: PostgreSQLTableState

  /// What ``init(_:_:)`` reads of `c`, a row of `pg_class`, and `n`, its schema.
  static let columns = """
    (\(PostgreSQLMigrationConnection.isUserRelation))::integer, c.relname, n.nspname, n.oid::bigint, c.relkind::text,
    \(PostgreSQLTableState.columns)
    """

  /// Returns nil for another kind of relation, and for one that is not the user's.
  init?(_ row: ArraySlice<SQLValue>, _ connection: PostgreSQLMigrationConnection) {
    let row = Array(row)
    guard row[0].integer == 1, let name = row[1].text, let schema = row[2].text,
      let kind = row[4].text.flatMap(Kind.init)
    else { return nil }
    self.kind = kind
    relation = PostgreSQLRelation(
      name: connection.tableName(name, inSchema: schema), schema: schema, schemaNumber: row[3].integer ?? 0,
      isTable: kind == .table || kind == .partitioned)
    state = PostgreSQLTableState(row[5...])
  }

  /// Whether it has columns whose values are measured.
  var isMeasured: Bool { relation.isTable || kind == .compositeType }
}
