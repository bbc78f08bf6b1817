internal import CPostgreSQL
internal import MetaxyDatabase

/// The server's result of one statement; freed with the value.
final class PostgreSQLResult {
  private let handle: OpaquePointer
  private let libpq: LibPQ

  init(_ handle: OpaquePointer, _ libpq: LibPQ) {
    self.handle = handle
    self.libpq = libpq
  }

  deinit {
    functions.PQclear(handle)
  }

  enum Outcome {
    case done, empty, failed
    /// The server sends, or expects, rows of a COPY.
    case copyingOut, copyingIn
  }

  var outcome: Outcome {
    switch Int(functions.PQresultStatus(handle)) {
    case METAXY_PQ_COMMAND_OK, METAXY_PQ_TUPLES_OK: .done
    case METAXY_PQ_EMPTY_QUERY: .empty
    case METAXY_PQ_COPY_OUT: .copyingOut
    case METAXY_PQ_COPY_IN, METAXY_PQ_COPY_BOTH: .copyingIn
    default: .failed
    }
  }

  /// The number of inserted, updated or deleted rows.
  var changedRows: Int {
    // SELECT, FETCH and others also report a number of rows but change none.
    let word = String(cString: functions.PQcmdStatus(handle)).prefix { $0 != " " }
    guard ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(word) else { return 0 }
    return Int(String(cString: functions.PQcmdTuples(handle))) ?? 0
  }

  var rows: [[SQLValue]] {
    let types = self.types
    return (0..<count).map { number in
      var row: [SQLValue] = []
      read(number, types, into: &row)
      return row
    }
  }

  /// The number of rows.
  var count: Int { Int(functions.PQntuples(handle)) }

  var columnNames: [String] {
    (0..<functions.PQnfields(handle)).map { functions.PQfname(handle, $0).map { String(cString: $0) } ?? "" }
  }

  /// The types of the columns, as oids of `pg_type`.
  var types: [UInt32] { (0..<functions.PQnfields(handle)).map { functions.PQftype(handle, $0) } }

  /// Reads the values of a row into `row`.
  func read(_ number: Int, _ types: [UInt32], into row: inout [SQLValue]) {
    let functions = self.functions
    row.removeAll(keepingCapacity: true)
    for (column, type) in types.enumerated() {
      guard functions.PQgetisnull(handle, Int32(number), Int32(column)) == 0 else {
        row.append(.null)
        continue
      }
      row.append(SQLValue(text: text(Int32(number), Int32(column)), type: type))
    }
  }

  var report: PostgreSQLReport { PostgreSQLReport(handle, libpq) }

  private var functions: metaxy_libpq { libpq.functions.pointee }

  private func text(_ row: Int32, _ column: Int32) -> String {
    let start = UnsafeRawPointer(functions.PQgetvalue(handle, row, column))
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(functions.PQgetlength(handle, row, column)))
    return String(decoding: bytes, as: UTF8.self)
  }
}
