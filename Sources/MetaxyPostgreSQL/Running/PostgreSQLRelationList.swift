internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames

/// The user's relations before a section, by oid: the composite types only where a table uses them.
struct PostgreSQLRelationList {
  var relations: [Int64: PostgreSQLKnownRelation]
  /// The number of the next transaction of the server; nil while others are in progress.
  let next: Int64?
  /// The states of the relations that the policy refuses, and the modes of the runner's own locks, as the section before it
  /// knew them; nil if they are not known to be so still.
  var refused: [Int64: PostgreSQLRelation.State]?
  let ownModes: [Int64: String]?
  /// Whether the transaction had written something before, as the first one of a run does, which makes the version table: its
  /// locks are others than those of the later ones.
  let isWritten: Bool
  /// Whether a later section can use the list. A composite type can become used without a trace in its own state.
  let canBeKept: Bool

  /// Reads all of them.
  init(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    let rows = try connection.catalogQuery(
      """
      SELECT \(Self.next), \(Self.isWritten), c.oid::bigint,
        (c.relkind <> 'c' OR \(PostgreSQLCompositeType.isUsed))::integer, \(PostgreSQLKnownRelation.columns)
      \(PostgreSQLMigrationConnection.userRelations) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
      """)
    relations = [:]
    (refused, ownModes) = (nil, nil)
    next = rows.first?[0].integer
    isWritten = rows.first?[1].integer == 1
    canBeKept = next != nil && rows.allSatisfy { $0[8].text != PostgreSQLKnownRelation.Kind.compositeType.rawValue }
    for row in rows where row[3].integer == 1 {
      guard let number = row[2].integer else { continue }
      relations[number] = PostgreSQLKnownRelation(row[4...], connection)
    }
  }

  /// Takes the list from the section before; nil if another transaction has written anything since, or this one has, such as
  /// the first one of a run, which makes the version table.
  init?(_ kept: PostgreSQLKeptRelations, _ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    let rows = try connection.catalogQuery(
      """
      SELECT \(Self.next), \(Self.isWritten), c.oid::bigint, \(PostgreSQLKnownRelation.columns)
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.oid = ANY ((SELECT $1::oid[])::oid[])
      """, [.text("{\(kept.changeable.sorted().map(String.init).joined(separator: ","))}")])
    next = rows.first?[0].integer
    isWritten = rows.first?[1].integer == 1
    guard next == kept.next, !isWritten else { return nil }
    (relations, refused, ownModes, canBeKept) = (kept.relations, kept.refused, kept.ownModes, true)
    for row in rows {
      guard let number = row[2].integer, let known = PostgreSQLKnownRelation(row[3...], connection) else { continue }
      relations[number] = known
      refused?[number]?.rows = known.state.counts
    }
  }

  private static let isWritten = "(pg_catalog.txid_current_if_assigned() IS NOT NULL)::integer"

  /// The snapshot of a query with no transaction in progress but its own is `x:x:`, with the number that the next one gets.
  /// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
  private static let next = """
    CASE WHEN pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())
        = pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())
      THEN pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) END
    """
}

/// The relations after a section, for the next one of the same run.
///
/// Reading them for each section would take longer than the statements of small revisions. They are the same as long as the
/// section's transaction is the only one that gets a number between the two readings: the catalog is written by transactions
/// with numbers only. Savepoints have numbers too, and end this like the transactions of others.
struct PostgreSQLKeptRelations {
  var relations: [Int64: PostgreSQLKnownRelation]
  /// The states of those that the policy refuses.
  var refused: [Int64: PostgreSQLRelation.State]
  /// The modes of the locks that the runner itself holds; nil if those of the next section are others.
  var ownModes: [Int64: String]?
  /// The number that the transaction of the next section must get.
  var next: Int64
  /// The relations whose counts of changed rows can be others at the next section: the server sets them back now and then.
  /// https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-VIEWS
  var changeable: Set<Int64> {
    Set(relations.lazy.filter { !$0.value.state.counts.allSatisfy { $0 == 0 } }.map(\.key)).union(refused.keys)
      .union(touched)
  }
  /// The relations that the section changed, or may have.
  var touched: Set<Int64>
}
