internal import MetaxyNames

/// How PostgreSQL stores the values of a column, and what it samples for its statistics.
package struct ColumnStorage: Sendable, Omittable {
  /// The strategy in lower case, such as `external`; nil for that of the type.
  package var strategy: String?
  /// The compression method; nil for the default of the server.
  package var compression: String?
  /// The number of values that `ANALYZE` keeps; nil for the default of the server.
  package var statistics: Int?
  /// The options, `n_distinct`, by name.
  package var options = StorageParameters()
  /// The strategy of the type, where it is known.
  @Incomparable package var usualStrategy: String?

  package init(
    strategy: String? = nil, compression: String? = nil, statistics: Int? = nil, options: StorageParameters = [:],
    usualStrategy: String? = nil
  ) {
    self.strategy = strategy
    self.compression = compression
    self.statistics = statistics
    self.options = options
    self.usualStrategy = usualStrategy
  }

  package static let omitted = ColumnStorage()

  package var isOmitted: Bool { self == .omitted && usualStrategy == nil }
}
