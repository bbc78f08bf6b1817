package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures

/// A database on a PostgreSQL server for the rows of programs, not yet connected to.
package struct PostgreSQLRowDatabase: RowDatabase {
  private let endpoint: PostgreSQLEndpoint

  package init(_ endpoint: PostgreSQLEndpoint) { self.endpoint = endpoint }

  package var displayName: String { endpoint.displayName }
  package var exists: Bool { true }

  package func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection {
    var endpoint = endpoint
    if endpoint.interruption == nil { endpoint.interruption = try Interruption() }
    return try PostgreSQLConnection(to: endpoint, mode: purpose == .reading ? .reading : .writing)
  }

  package func openForDefinitions() throws(MetaxyError) -> (connection: any RowConnection, lock: any RunLock) {
    let connection = try PostgreSQLConnection(to: endpoint, mode: .writing)
    return (connection, try PostgreSQLRunLock(connection) { _ in })
  }

  package func typeName(of type: ColumnType) -> String { PostgreSQLTypes.name(of: type) }
  package func placeholder(_ position: Int) -> String { PostgreSQLConnection.placeholder(position) }
}

extension PostgreSQLConnection {
  /// The placeholder of a parameter; the first is 1.
  package static func placeholder(_ position: Int) -> String { "$\(position)" }
}
