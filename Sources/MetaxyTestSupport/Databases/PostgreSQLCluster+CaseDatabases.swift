internal import Synchronization

extension PostgreSQLCluster {
  /// The databases that a test case creates on the shared server; they are dropped some time after it, whatever is still
  /// connected.
  package final class CaseDatabases: Sendable {
    @TaskLocal static var current: CaseDatabases?
    private let urls = Mutex<[String]>([])

    /// Runs the body of a test case.
    package static func collecting(_ body: () async throws -> Void) async throws {
      let databases = CaseDatabases()
      defer { databases.release() }
      try await $current.withValue(databases) { try await body() }
    }

    func add(_ url: String) { urls.withLock { $0.append(url) } }

    private func release() {
      let urls = urls.withLock(\.self)
      guard !urls.isEmpty, let cluster = try? PostgreSQLCluster.shared() else { return }
      cluster.release(urls)
    }
  }

  /// Drops databases together with others: one by one, each needs a client and a checkpoint.
  ///
  /// The last ones are dropped with an own server, and at once on another.
  func release(_ urls: [String]) {
    let ready = released.withLock { waiting in
      waiting += urls
      guard waiting.count >= 32 || !isOwn else { return [String]() }
      defer { waiting = [] }
      return waiting
    }
    guard !ready.isEmpty else { return }
    // One that cannot be dropped, such as that of a replication slot, is dropped with the server.
    try? drop(ready, stopsOnErrors: false)
  }
}
