package import MetaxyDatabase

/// Options for opening a store's database, in addition to the configuration.
package struct EngineOptions: Sendable {
  /// Whether existing tables are changed without locking out other sessions, on engines that support it.
  package var isOnline: Bool
  /// The source of interruptions of statements on a server; nil if there is none.
  package var interruption: Interruption?
  /// How many seconds connecting to a server may take, where its URL and the environment do not limit it; nil for no limit.
  package var connectLimit: Int?
  /// Called with a server's notices, and whether they are warnings.
  package var notice: (@Sendable (_ text: String, _ isWarning: Bool) -> Void)?

  package init(
    isOnline: Bool = true, interruption: Interruption? = nil,
    notice: (@Sendable (_ text: String, _ isWarning: Bool) -> Void)? = nil
  ) {
    self.isOnline = isOnline
    self.interruption = interruption
    self.notice = notice
  }
}
