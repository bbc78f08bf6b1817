import MetaxyErrors

/// A database that the configuration names.
package struct Store: Sendable, Hashable {
  package let name: String
  package let url: StoreURL
  /// Whether scratch databases and automatic tables are out of the question here.
  package let isProduction: Bool
  /// Whether a program that opens the store creates the tables that are missing; never in production.
  package let createsTables: Bool
  /// The user environment of this store alone; nil where it shares the project's.
  package let directory: String?
  /// The system environment of this store alone; nil where it shares the project's.
  package let systemDirectory: String?
  package let timeouts: Timeouts
  /// The role that shall own what is created, on PostgreSQL; nil for the one that connects.
  package let owner: String?
  /// `hash_algorithm`, as it is written: what rows are hashed with; nil for Metaxy's default.
  package let hashAlgorithm: String?
}

/// A store that the configuration names and that cannot be used; only who uses it must know.
struct UnusableStore: Sendable, Hashable {
  var reason: String
  var hint: String?
  var diagnostic: Diagnostic?
  /// Whether only a variable is missing, and the store is one of ours otherwise.
  var needsVariable = false
  /// Its engine, where that is known.
  var dialect: StoreDialect?
}

/// How long an engine waits, in milliseconds; 0 for as long as it takes.
package struct Timeouts: Sendable, Hashable {
  /// For a lock.
  package var lock: Int
  /// For a statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
