package import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyMigrationErrors

/// The prefixes of tables. Revisions name tables, so the stores that run the same ones have the same prefix.
extension Project {
  /// Refuses a store whose tables have another prefix than those of a store that runs the same revisions.
  ///
  /// - Throws: `prefixes_differ`.
  package func requireOnePrefix(
    of kind: MigrationEnvironment.Kind, for store: Store
  ) throws(MetaxyError) {
    let own = SourceTree.canonical(directory(of: kind, for: store))
    let other = configuration.prefixes.first { other in
      other.prefix != store.tablePrefix && SourceTree.canonical(directory(of: kind, for: other)) == own
    }
    if let other { throw .prefixesDiffer(store, other, kind, displayPath(directory(of: kind, for: store))) }
  }

  /// Returns the prefix of the tables of a command that needs no database: that of the named store, or that of all stores.
  ///
  /// - Throws: `ambiguous_store` if no store is named, and their prefixes differ.
  package func tablePrefix() throws(MetaxyError) -> String {
    let name = overrides.store ?? configuration.store
    if let named = configuration.prefixes.first(where: { $0.store == name }) { return named.prefix }
    let prefixes = Set(configuration.prefixes.map(\.prefix))
    guard prefixes.count > 1 else { return prefixes.first ?? "" }
    throw .ambiguousPrefix(configuration.prefixes)
  }

  private func directory(of kind: MigrationEnvironment.Kind, for store: StorePrefix) -> String {
    switch kind {
    case .user: Paths.resolve(store.directory ?? migrations.directory, in: root)
    case .system: Paths.resolve(store.systemDirectory ?? migrations.systemDirectory, in: root)
    }
  }
}

extension MetaxyError {
  fileprivate static func prefixesDiffer(
    _ store: Store, _ other: StorePrefix, _ kind: MigrationEnvironment.Kind, _ directory: String
  ) -> MetaxyError {
    func words(_ prefix: String) -> String { prefix.isEmpty ? "no prefix" : "the prefix `\(prefix)`" }
    let key = kind == .user ? "directory" : "system_directory"
    return MetaxyError(
      .prefixesDiffer,
      "the stores `\(store.name)` and `\(other.store)` share the revisions in `\(directory)`, and the tables of the one have"
        + " \(words(store.tablePrefix)), those of the other \(words(other.prefix))",
      Payload(path: directory, store: store.name),
      hints: [
        "a revision has one name for each table: set another `\(key)` in [ext.migrations.stores.\(other.store)], or the same"
          + " `table_prefix` for both"
      ])
  }

  fileprivate static func ambiguousPrefix(_ stores: [StorePrefix]) -> MetaxyError {
    let names = stores.map { "`\($0.store)` with \($0.prefix.isEmpty ? "none" : "`\($0.prefix)`")" }
    return MetaxyError(
      .ambiguousStore, "the tables of the stores have different prefixes: \(names.joined(separator: ", "))",
      hints: ["choose a store with `--store NAME`, or set `store`"])
  }
}
