package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyRuntime

/// A connection that counts the statements and queries that it forwards.
package final class CountingConnection: ForwardingConnection {
  package let base: any Connection
  package private(set) var count = 0

  package init(_ base: any Connection) { self.base = base }

  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    count += 1
    return try base.execute(sql, parameters)
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    count += 1
    return try base.query(sql, parameters)
  }
}
