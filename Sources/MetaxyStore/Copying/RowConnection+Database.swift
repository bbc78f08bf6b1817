internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors

extension RowConnection {
  /// What two connections to one database have in common, and no others; nil for a database in memory.
  func databaseIdentity(_ dialect: StoreDialect) throws(MetaxyError) -> String? {
    let sql =
      switch dialect {
      // The path without links. https://sqlite.org/pragma.html#pragma_database_list
      case .sqlite: "SELECT nullif(file, '') FROM pragma_database_list WHERE name = 'main'"
      case .postgresql:
        "SELECT pg_catalog.current_database() || ' ' || CAST(pg_catalog.pg_postmaster_start_time() AS TEXT)"
      }
    return try query(sql).first?.first?.text
  }
}
