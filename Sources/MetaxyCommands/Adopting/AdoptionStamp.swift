internal import MetaxyErrors
internal import MetaxyRuntime

/// Marks the history of an adopted database as applied, in one transaction with what its tables need for that.
struct AdoptionStamp {
  let environment: EnvironmentContext
  /// The change of the layout of the live tables; nil for tables that stay as they are.
  var conversion: SystemTablesConversion?
  /// The move of rows out of a version table that both environments shared; nil if there are none.
  var move: VersionRowMove?

  /// - Parameters:
  ///   - head: the row of the version table.
  ///   - applied: the revisions of the history.
  ///   - connection: a connection for writing.
  func set(
    _ head: String, applied: [Stamp.Revision], _ connection: any Connection
  ) throws(MetaxyError) {
    let stamp = Stamp(
      connection: connection, dialect: environment.dialect, environment: environment.runnerEnvironment,
      toolVersion: ToolVersion.current)
    let set = { () throws(MetaxyError) in
      try stamp.set(rows: [head], applied: applied, reverted: []) { () throws(MetaxyError) in
        try move?.run(connection)
        try conversion?.run(connection)
      }
    }
    guard let conversion else { return try set() }
    try conversion.prepared(connection) { () throws(MetaxyError) in try set() }
  }
}
