internal import CPostgreSQL

/// The one of several hosts that a connection reached. <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS>
package struct PostgreSQLHost: Sendable, Hashable {
  /// A name, or the directory of a socket.
  private let name: String
  private let port: String
  /// The address of a name, which can have several; empty for a socket.
  private let address: String

  init(of connection: OpaquePointer, _ libpq: LibPQ) {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
    let functions = libpq.functions.pointee
    name = text(functions.PQhost(connection))
    port = text(functions.PQport(connection))
    address = text(functions.PQhostaddr(connection))
  }

  /// The parameters that replace the hosts of a connection string.
  var parameters: [(String, String)] {
    [("host", name), ("port", port), ("hostaddr", address)].filter { !$0.1.isEmpty }
  }
}
