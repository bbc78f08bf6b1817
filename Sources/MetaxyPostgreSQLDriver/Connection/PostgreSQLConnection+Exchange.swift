internal import CPostgreSQL
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPlatform

// Sends one statement, waits for its result, and cancels it when the user interrupts the run.
// https://www.postgresql.org/docs/current/libpq-async.html
extension PostgreSQLConnection {
  /// Runs one statement; the server refuses several in one text.
  ///
  /// - Throws: `interrupted` with the statement cancelled; `statement_timeout`; `connection_lost`; otherwise the
  ///   server's error with its SQLSTATE.
  @discardableResult
  func run(
    _ sql: String, _ parameters: [SQLValue] = [], isInterruptible: Bool = true
  ) throws(MetaxyError) -> PostgreSQLResult {
    let parameters = try PostgreSQLParameters(parameters)
    return try exchange(sql, isInterruptible: isInterruptible) { () throws(MetaxyError) in try send(sql, parameters) }
  }

  /// Makes a plan for a query.
  func prepare(_ sql: String, as name: String) throws(MetaxyError) {
    _ = try exchange(sql, isInterruptible: true) { () throws(MetaxyError) in
      try requireSent(functions.PQsendPrepare(handle, name, sql, 0, nil), sql)
    }
  }

  /// Runs a query by its plan.
  func runPlan(_ name: String, _ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> PostgreSQLResult {
    let parameters = try PostgreSQLParameters(parameters)
    return try exchange(sql, isInterruptible: true) { () throws(MetaxyError) in
      let isSent = parameters.withPointers { types, values, lengths, formats in
        functions.PQsendQueryPrepared(handle, name, Int32(clamping: types.count), values, lengths, formats, 0)
      }
      try requireSent(isSent, sql)
    }
  }

  /// Sends something to the server, and waits for its result.
  ///
  /// - Parameter sql: the statement, for errors.
  private func exchange(
    _ sql: String, isInterruptible: Bool, _ send: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> PostgreSQLResult {
    if isInterruptible { try stopIfAsked() }
    observer?.beginStatement()
    exchanges += 1
    let start = ContinuousClock.now
    try send()
    var answer: PostgreSQLResult?
    var copies = false
    while let result = nextResult(isInterruptible: isInterruptible) {
      if result.outcome == .copyingIn || result.outcome == .copyingOut {
        copies = true
        leaveCopy(result.outcome)
      } else if answer?.outcome != .failed {
        answer = result
      }
    }
    guard !copies else { throw .copyRefused() }
    guard let answer, answer.outcome != .failed else {
      throw failure(answer?.report, sql: sql, elapsed: ContinuousClock.now - start)
    }
    if answer.outcome == .empty { throw .emptyStatement() }
    return answer
  }

  /// Runs one statement that a request to stop does not cancel.
  package func executeUninterrupted(_ sql: String) throws(MetaxyError) { try run(sql, isInterruptible: false) }

  var functions: metaxy_libpq { libpq.functions.pointee }

  func stopIfAsked() throws(MetaxyError) {
    guard isAskedToStop || interruption?.take() == true else { return }
    isAskedToStop = false
    throw .interrupted()
  }

  func send(_ sql: String, _ parameters: PostgreSQLParameters) throws(MetaxyError) {
    guard !sql.utf8.contains(0) else { throw .nulInText() }
    let isSent = parameters.withPointers { types, values, lengths, formats in
      functions.PQsendQueryParams(handle, sql, Int32(clamping: types.count), types, values, lengths, formats, 0)
    }
    try requireSent(isSent, sql)
  }

  private func requireSent(_ isSent: Int32, _ sql: String) throws(MetaxyError) {
    guard isSent == 1 else { throw failure(nil, sql: sql, elapsed: .zero) }
  }

  /// Waits for the next result of the current statement; nil after the last one.
  func nextResult(isInterruptible: Bool) -> PostgreSQLResult? {
    while functions.PQisBusy(handle) == 1 {
      waitForServer(isInterruptible: isInterruptible)
      // For a broken connection, libpq itself creates a result with the error.
      guard functions.PQconsumeInput(handle) == 1 else { break }
    }
    return functions.PQgetResult(handle).map { PostgreSQLResult($0, libpq) }
  }

  private func waitForServer(isInterruptible: Bool) {
    var descriptors = [pollfd(fd: functions.PQsocket(handle), events: Int16(POLLIN), revents: 0)]
    // Once is enough: the result of the cancelled statement follows.
    if isInterruptible, !isAskedToStop, let interruption {
      descriptors.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let ready = poll(&descriptors, nfds_t(descriptors.count), observer?.interval ?? -1)
    if ready == 0 { observer?.look() }
    guard ready > 0 else { return }  // a signal or no data yet; the caller polls again
    if descriptors.count > 1, descriptors[1].revents != 0, interruption?.take() == true {
      isAskedToStop = true
      cancel()
    }
  }

  /// Asks the server to cancel the current statement. The statement may end before, or the request may fail and the
  /// statement continues; a result follows in either case.
  private func cancel() {
    guard let request = functions.PQgetCancel(handle) else { return }
    defer { functions.PQfreeCancel(request) }
    var message = [CChar](repeating: 0, count: 256)
    _ = functions.PQcancel(request, &message, Int32(message.count))
  }

  /// Ends a COPY, so that the connection can be used again.
  private func leaveCopy(_ outcome: PostgreSQLResult.Outcome) {
    guard outcome == .copyingOut else {
      _ = functions.PQputCopyEnd(handle, "metaxy sends no rows")
      return
    }
    cancel()
    var row: UnsafeMutablePointer<CChar>?
    while functions.PQgetCopyData(handle, &row, 0) > 0 { functions.PQfreemem(row) }
  }

  func failure(_ report: PostgreSQLReport?, sql: String, elapsed: Duration) -> MetaxyError {
    let details = report ?? PostgreSQLReport(message: String(cString: functions.PQerrorMessage(handle)).trimmed)
    let refusal = MetaxyError.refused(details, sql: sql)
    guard Int(functions.PQstatus(handle)) == METAXY_PQ_CONNECTION_OK else {
      return .connectionLost(displayName, cause: refusal)
    }
    if details.sqlState == "55P03" { blocking = observer?.blocking ?? [] }
    guard details.sqlState == "57014" else { return refusal }  // query_canceled
    if isAskedToStop {
      isAskedToStop = false
      return .interrupted(cause: refusal)
    }
    let hasExpired = timeouts.statement > 0 && elapsed >= .milliseconds(timeouts.statement)
    return hasExpired ? .statementTimedOut(cause: refusal) : refusal
  }
}
