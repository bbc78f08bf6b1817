internal import CPostgreSQL

/// What a server says of an error, or in a notice, field by field.
///
/// <https://www.postgresql.org/docs/current/protocol-error-fields.html>
struct PostgreSQLReport {
  var severity: String?
  /// Five characters that say what kind of error it is, in every language; nil for what libpq found out itself.
  var sqlState: String?
  var message: String
  var detail: String?
  var hint: String?
  /// Where in the statement, in characters from 1.
  var position: Int?
  /// The statement of a function that the server was running, and where in it.
  var internalQuery: String?
  var internalPosition: Int?
  /// What led to that statement, from the inside out.
  var context: String?
  var constraint: String?

  init(message: String) { self.message = message }

  init(_ result: OpaquePointer, _ libpq: LibPQ) {
    func field(_ letter: Unicode.Scalar) -> String? {
      libpq.functions.pointee.PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
    let whole = String(cString: libpq.functions.pointee.PQresultErrorMessage(result))
    message = field("M") ?? whole.trimmed
    severity = field("V") ?? field("S")
    sqlState = field("C")
    detail = field("D")
    hint = field("H")
    position = field("P").flatMap { Int($0) }
    internalQuery = field("q")
    internalPosition = field("p").flatMap { Int($0) }
    context = field("W")
    constraint = field("n")
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    return String(rest)
  }
}
