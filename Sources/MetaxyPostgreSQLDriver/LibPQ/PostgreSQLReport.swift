internal import CPostgreSQL

/// The fields of an error or notice of the server.
///
/// <https://www.postgresql.org/docs/current/protocol-error-fields.html>
struct PostgreSQLReport {
  var severity: String?
  /// The SQLSTATE, which does not depend on the server's language; nil for an error of libpq itself.
  var sqlState: String?
  var message: String
  var detail: String?
  var hint: String?
  /// The position in the statement, in characters from 1.
  var position: Int?
  /// The statement of a running function, with the position in it.
  var internalQuery: String?
  var internalPosition: Int?
  /// The calls that led to that statement, from the inside out.
  var context: String?
  var schema: String?
  var table: String?
  var column: String?
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
    schema = field("s")
    table = field("t")
    column = field("c")
    constraint = field("n")
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    return String(rest)
  }
}
