internal import MetaxyErrors
internal import MetaxyRevisions

/// A statement of a revision while it runs.
package struct RunningStatement: Sendable {
  package let revision: String
  package let direction: String
  package let sql: String
  package let start: ContinuousClock.Instant
  /// What the engine reports about it meanwhile; nil if it reports nothing.
  package let progress: (any StatementProgress)?
}

/// How far the running statement of a connection is.
///
/// It is asked from another thread than the one that waits for the statement.
package protocol StatementProgress: Sendable {
  /// The rows, blocks or bytes that are done, or what it waits for; nil if the engine does not report it.
  var text: String? { get }
}

/// The begin and the end of a statement of a revision.
package enum StatementEvent: Sendable {
  case began(RunningStatement)
  /// - rows: the changed rows; nil if it failed.
  case ended(RunningStatement, Duration, rows: Int?)
}

extension Runner {
  /// Runs one statement, and reports its begin and its end.
  func observing(
    _ sql: String, _ step: RunStep, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Int {
    guard let observe else { return try body() }
    let running = RunningStatement(
      revision: step.file.revision, direction: step.direction.rawValue, sql: sql, start: .now,
      progress: connection.statementProgress)
    observe(.began(running))
    var rows: Int?
    defer { observe(.ended(running, ContinuousClock.now - running.start, rows: rows)) }
    let count = try body()
    rows = count
    return count
  }
}
