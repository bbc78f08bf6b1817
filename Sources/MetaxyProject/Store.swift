import MetaxyErrors

/// A database that the configuration names.
public struct Store: Sendable, Hashable {
  public let name: String
  public let url: StoreURL
  /// Whether scratch databases and automatic tables are out of the question here.
  public let isProduction: Bool
  /// Whether a program that opens the store creates the tables that are missing; never in production.
  public let createsTables: Bool
  /// The user environment of this store alone; nil where it shares the project's.
  public let directory: String?
  /// The system environment of this store alone; nil where it shares the project's.
  public let systemDirectory: String?
  public let timeouts: Timeouts
  /// The role that shall own what is created, on PostgreSQL; nil for the one that connects.
  public let owner: String?
  /// `hash_algorithm`, as it is written: what rows are hashed with; nil for Metaxy's default.
  public let hashAlgorithm: String?
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
public struct Timeouts: Sendable, Hashable {
  /// For a lock.
  public var lock: Int
  /// For a statement.
  public var statement: Int

  public init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
