import MetaxyErrors

/// A database of the configuration.
package struct Store: Sendable, Hashable {
  package let name: String
  package let url: StoreURL
  /// Whether scratch databases and automatic table creation are disabled.
  package let isProduction: Bool
  /// Whether a program that opens the store creates missing tables; always false in production.
  package let createsTables: Bool
  /// The user environment of this store; nil if it uses the project's.
  package let directory: String?
  /// The system environment of this store; nil if it uses the project's.
  package let systemDirectory: String?
  package let timeouts: Timeouts
  /// The role that owns created objects on PostgreSQL; nil for the connecting role.
  package let owner: String?
  /// `hash_algorithm` as written: the hash algorithm for rows; nil for Metaxy's default.
  package let hashAlgorithm: String?
  /// `table_prefix`: what the names of the tables of features, and of Metaxy's own tables, start with in this database.
  package let tablePrefix: String
}

extension Store {
  /// A database that is not in the configuration, at a URL. Its settings are the project's, and like a production store
  /// it is not a place to try anything out.
  init(at url: StoreURL, _ timeouts: Timeouts, tablePrefix: String) {
    self.init(
      name: url.redacted, url: url, isProduction: true, createsTables: false, directory: nil, systemDirectory: nil,
      timeouts: timeouts, owner: nil, hashAlgorithm: nil, tablePrefix: tablePrefix)
  }

  /// A database that is configured elsewhere; its settings are the defaults.
  package init(named name: String, at url: StoreURL, _ timeouts: Timeouts) {
    self.init(
      name: name, url: url, isProduction: false, createsTables: false, directory: nil, systemDirectory: nil,
      timeouts: timeouts, owner: nil, hashAlgorithm: nil, tablePrefix: "")
  }

  /// An empty SQLite database in memory in the place of this store, with its environments.
  package var inMemory: Store {
    Store(
      name: name, url: .memory, isProduction: false, createsTables: false, directory: directory,
      systemDirectory: systemDirectory, timeouts: timeouts, owner: nil, hashAlgorithm: hashAlgorithm,
      tablePrefix: tablePrefix)
  }

  /// Returns the name of a store as it is displayed: a URL in the place of a name without its password.
  package static func displayName(of name: String) -> String { StoreURL.isURL(name) ? StoreURL.redacted(name) : name }
}

/// A store of the configuration that cannot be used; this is only an error for commands that use it.
package struct UnusableStore: Sendable, Hashable {
  var reason: String
  var hint: String?
  var diagnostic: Diagnostic?
  /// Whether the only problem is an unset variable.
  package var needsVariable = false
  /// The engine, if it is known.
  package var dialect: StoreDialect?
}

/// The timeouts of an engine in milliseconds; 0 for none.
package struct Timeouts: Sendable, Hashable {
  /// The timeout for a lock.
  package var lock: Int
  /// The timeout for a statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
