package import MetaxyDatabase
package import MetaxyErrors

/// The queries that a session repeats, and the names under which the server keeps their plans.
struct PreparedQueries {
  private var names: [String: String] = [:]
  private var seen: Set<String> = []
  private var count = 0

  /// Returns the name of a query's plan; nil if it has none.
  subscript(_ sql: String) -> String? { names[sql] }

  /// Returns the name for the plan of a query that is to be prepared now; nil for one that runs for the first time.
  mutating func nameForRepetition(of sql: String) -> String? {
    guard !seen.insert(sql).inserted else { return nil }
    count += 1
    return "metaxy_\(count)"
  }

  mutating func add(_ sql: String, as name: String) { names[sql] = name }

  /// Forgets every plan; names are never used again.
  mutating func forget() { names = [:] }
}

extension PostgreSQLConnection {
  /// Runs a query of the catalog. From its second run on, the server uses a plan of the first ones: planning such a query
  /// takes longer than running it.
  ///
  /// - Parameter sql: a text with parameters instead of values. Its result types never change, which a plan does not survive.
  package func catalogQuery(_ sql: String, _ parameters: [SQLValue] = []) throws(MetaxyError) -> [[SQLValue]] {
    try runRepeated(sql, parameters).rows
  }

  /// Runs a statement by a plan of the session, as ``catalogQuery(_:_:)`` does.
  ///
  /// - Returns: the number of changed rows.
  package func executeRepeated(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    try runRepeated(sql, parameters).changedRows
  }

  private func runRepeated(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> PostgreSQLResult {
    if let name = prepared[sql] { return try runPlan(name, sql, parameters) }
    guard let name = prepared.nameForRepetition(of: sql) else { return try run(sql, parameters) }
    try prepare(sql, as: name)
    prepared.add(sql, as: name)
    return try runPlan(name, sql, parameters)
  }

  /// Must be called after a statement that may have removed the session's plans, such as DEALLOCATE.
  package func forgetPlans() { prepared.forget() }
}
