internal import CPostgreSQL

/// A message of the server in addition to the results: `table "video" does not exist, skipping`.
package struct PostgreSQLNotice: Sendable, Hashable {
  /// `NOTICE`, `WARNING`, `INFO`, …
  package var severity: String
  package var message: String
  package var detail: String?
  package var hint: String?

  package init(severity: String, message: String, detail: String? = nil, hint: String? = nil) {
    self.severity = severity
    self.message = message
    self.detail = detail
    self.hint = hint
  }

  /// The message, with its detail.
  package var text: String { [message, detail].compactMap(\.self).joined(separator: ": ") }

  package var isWarning: Bool { severity == "WARNING" }
}

/// Forwards a connection's notices.
final class NoticeReceiver {
  private let libpq: LibPQ
  private let receive: @Sendable (PostgreSQLNotice) -> Void
  /// Whether notices are dropped.
  var isSilent = false

  init(_ libpq: LibPQ, receive: @escaping @Sendable (PostgreSQLNotice) -> Void) {
    self.libpq = libpq
    self.receive = receive
  }

  /// Receives the notices of a connection, which must end before the receiver does.
  func attach(to connection: OpaquePointer) {
    _ = libpq.functions.pointee.PQsetNoticeReceiver(
      connection,
      { context, result in
        guard let context else { return }
        Unmanaged<NoticeReceiver>.fromOpaque(context).takeUnretainedValue().take(result)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func take(_ result: OpaquePointer) {
    guard !isSilent else { return }
    let fields = PostgreSQLReport(result, libpq)
    receive(
      PostgreSQLNotice(
        severity: fields.severity ?? "NOTICE", message: fields.message, detail: fields.detail, hint: fields.hint))
  }
}
