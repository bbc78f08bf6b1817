internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime

/// What the catalog holds of tables and what they need, in twelve queries, however many tables and schemas there are.
///
/// Only `pg_catalog` is asked, which every role may read; `information_schema` shows no more than what a role has rights on,
/// and is slow. https://www.postgresql.org/docs/current/catalogs.html
struct PostgreSQLCatalog {
  /// What is read.
  enum Scope {
    /// All schemas but PostgreSQL's own and those of temporary tables.
    case database
    /// The schema in which unqualified names are, where others are not this database's own.
    case defaultSchema
    /// The temporary tables of this session.
    case temporaryTables
  }

  /// The schema in which unqualified names are.
  let defaultSchema: String
  let namespaces: [CatalogRow]
  let tables: [CatalogRow]
  let enumValues: [CatalogRow]
  let sequences: [CatalogSequence]
  let views: [CatalogRow]
  /// By their tables, as are those that follow.
  let columns: [CatalogID: [CatalogRow]]
  let constraintColumns: [CatalogID: [CatalogRow]]
  let indexColumns: [CatalogID: [CatalogRow]]
  let triggers: [CatalogID: [CatalogRow]]
  let viewColumns: [CatalogID: [CatalogRow]]
  let policyColumns: [CatalogID: [CatalogRow]]

  init(_ connection: any Connection, _ scope: Scope) throws(MetaxyError) {
    func rows(_ sql: String) throws(MetaxyError) -> [CatalogRow] { try connection.query(sql).map(CatalogRow.init) }
    func rowsByTable(_ sql: String) throws(MetaxyError) -> [CatalogID: [CatalogRow]] {
      Dictionary(grouping: try rows(sql)) { $0.id(0) }
    }
    let settings = try rows("SELECT current_schema(), current_setting('server_version_num')::integer")
    defaultSchema = settings.first?.text(0) ?? ""
    let queries = CatalogQueries(scope, version: PostgreSQLVersion(number: settings.first?.number(1) ?? 0))
    namespaces = try rows(queries.namespaces)
    tables = try rows(queries.tables)
    enumValues = try rows(queries.enumValues)
    sequences = try rows(queries.sequences).map(CatalogSequence.init)
    views = try rows(queries.views)
    columns = try rowsByTable(queries.columns)
    constraintColumns = try rowsByTable(queries.constraintColumns)
    indexColumns = try rowsByTable(queries.indexColumns)
    triggers = try rowsByTable(queries.triggers)
    viewColumns = try rowsByTable(queries.viewColumns)
    policyColumns = try rowsByTable(queries.policyColumns)
  }
}
