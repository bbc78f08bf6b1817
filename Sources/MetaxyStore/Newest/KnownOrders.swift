internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// What determines the newest rows of tables, as far as a store has found it out.
struct KnownOrders {
  private struct Table: Hashable {
    let feature: FeatureKey
    let hasAllVersions: Bool
  }

  private var orders: [Table: NewestOrder] = [:]
  /// The version of SQLite's schema that they are of.
  private var schema: Int64?

  /// Forgets the orders that are of another version of the schema.
  mutating func keep(ofSchema version: Int64?) {
    guard schema != version else { return }
    orders = [:]
    schema = version
  }

  subscript(_ layout: RowLayout, _ version: VersionChoice) -> NewestOrder? {
    get { orders[Table(feature: layout.feature.key, hasAllVersions: version == .allVersions)] }
    set { orders[Table(feature: layout.feature.key, hasAllVersions: version == .allVersions)] = newValue }
  }
}

extension MetadataStore {
  /// Returns what determines the newest rows among those of a version; of a table whose key allows a sample one row,
  /// ``NewestOrder/unique``.
  ///
  /// Another program may change the table at any time. On SQLite the version of the schema shows it. On PostgreSQL only a key
  /// is asked for again: a query that works without one gives the right rows in any case.
  nonisolated func newestOrder(
    of layout: RowLayout, in version: VersionChoice, _ connection: any RowConnection
  ) throws(MetaxyError) -> NewestOrder {
    if dialect == .sqlite {
      // https://sqlite.org/pragma.html#pragma_schema_version
      knownOrders.keep(
        ofSchema: try connection.query("SELECT schema_version FROM pragma_schema_version").first?.first?.integer)
    }
    if let known = knownOrders[layout, version], known != .unique || dialect == .sqlite { return known }
    let order = try isUnique(layout, in: version, connection) ? .unique : NewestOrder(of: layout, connection)
    knownOrders[layout, version] = order
    return order
  }

  /// Returns whether a key of a table allows a sample one row; since Metaxy 0.1 that row can mark a deletion.
  private nonisolated func isUnique(
    _ layout: RowLayout, in version: VersionChoice, _ connection: any RowConnection
  ) throws(MetaxyError) -> Bool {
    guard layout.generation == .seed else { return false }
    return try connection.keys(of: layout.table).contains { $0.allowsOneRow(of: layout, in: version) }
  }
}

extension StoredKey {
  /// Whether a sample cannot have two rows in a version.
  fileprivate func allowsOneRow(of layout: RowLayout, in version: VersionChoice) -> Bool {
    columns.allSatisfy { column in
      if layout.feature.idColumns.contains(where: { isSame($0, column.name, layout) }) { return !column.isNullable }
      // Rows of one version do not have NULL in its column.
      return isSame(layout.generation.featureVersionColumn, column.name, layout)
        && (!column.isNullable || version != .allVersions)
    }
  }

  private func isSame(_ name: String, _ stored: String, _ layout: RowLayout) -> Bool {
    layout.dialect == .sqlite ? name.folded == stored.folded : ScalarString(name) == ScalarString(stored)
  }
}
