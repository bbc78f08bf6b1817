package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
internal import MetaxySQL

/// A connection that calls closures of the test before it sends statements, to simulate concurrent changes.
package final class MeddlingConnection: ForwardingConnection {
  package let base: any Connection
  private let beforeStatement: (String) -> Void
  /// Called with the number of the transaction that is about to begin; the first is 1.
  package var beforeTransaction: (Int) -> Void = { _ in }
  /// Called before each execution, with its number; the first is 1.
  package var beforeStep: (Int) -> Void = { _ in }
  /// The statements of revisions that were sent, in order.
  package private(set) var statements: [String] = []
  private var transactions = 0
  private var steps = 0

  /// - Parameter beforeStatement: called before each statement of a revision.
  package init(_ base: any Connection, beforeStatement: @escaping (String) -> Void = { _ in }) {
    self.base = base
    self.beforeStatement = beforeStatement
  }

  private func step() {
    steps += 1
    beforeStep(steps)
  }

  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    step()
    return try base.execute(sql, parameters)
  }

  package func beginTransaction() throws(MetaxyError) {
    step()
    transactions += 1
    beforeTransaction(transactions)
    try base.beginTransaction()
  }

  package func commitTransaction() throws(MetaxyError) {
    step()
    try base.commitTransaction()
  }

  package func lockForWriting(_ table: TableName) throws(MetaxyError) {
    step()
    try base.lockForWriting(table)
  }

  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    step()
    beforeStatement(sql)
    statements.append(sql)
    return try base.execute(sql, under: policy)
  }
}
