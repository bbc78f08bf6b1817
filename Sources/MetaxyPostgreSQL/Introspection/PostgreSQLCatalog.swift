internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime

/// The catalog's content about tables and their dependencies, in a fixed number of queries regardless of the number of tables and
/// schemas.
///
/// Only `pg_catalog` is queried, which every role can read; `information_schema` only shows objects on which the role
/// has privileges, and is slow. https://www.postgresql.org/docs/current/catalogs.html
struct PostgreSQLCatalog {
  /// The objects to read.
  enum Scope {
    /// All schemas except PostgreSQL's own and those of temporary tables.
    case database
    /// The temporary tables of this session.
    case temporaryTables
  }

  /// The schema of unqualified names.
  let defaultSchema: String
  let namespaces: [CatalogRow]
  let tables: [CatalogRow]
  let enumValues: [CatalogRow]
  let sequences: [CatalogSequence]
  /// The unmanaged objects, and what they and others need.
  let objects: [CatalogRow]
  let uses: [CatalogRow]
  /// The names of all relations: schema, name.
  let relationNames: [CatalogRow]
  /// The columns by table, like the properties below.
  let columns: [CatalogID: [CatalogRow]]
  let constraintColumns: [CatalogID: [CatalogRow]]
  let indexColumns: [CatalogID: [CatalogRow]]
  let policies: [CatalogID: [CatalogRow]]

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
    let unmanaged = UnmanagedObjectQueries(queries)
    objects = try rows(unmanaged.objects)
    uses = scope == .database ? try rows(unmanaged.uses) : []
    relationNames = scope == .database ? try rows(queries.relationNames) : []
    columns = try rowsByTable(queries.columns)
    constraintColumns = try rowsByTable(queries.constraintColumns)
    indexColumns = try rowsByTable(queries.indexColumns)
    policies = try rowsByTable(queries.policies)
  }
}
