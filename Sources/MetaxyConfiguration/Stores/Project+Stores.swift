package import MetaxyErrors

extension Project {
  /// Returns the store of a command: the one named by a flag, by `METAXY_STORE` or by `store`, or the only one.
  ///
  /// - Throws: `unknown_store`, `unusable_store`, `no_store`, `ambiguous_store`.
  package func store() throws(MetaxyError) -> Store {
    if let name = overrides.store ?? configuration.store { return try store(named: name) }
    // A store with an unset variable still counts; otherwise another store could become the only one.
    let unset = configuration.unusableStores.filter { $0.value.needsVariable }.keys.sorted()
    let names = configuration.stores.map(\.name) + unset
    guard names.count < 2 else { throw .ambiguousStore(names) }
    guard let only = names.first else {
      throw .noStore(displayPath(configFile), unusable: configuration.unusableStores)
    }
    return try store(named: only)
  }

  /// Returns a store by its name.
  package func store(named name: String) throws(MetaxyError) -> Store {
    if let store = configuration.stores.first(where: { $0.name == name }) { return store }
    if let unusable = configuration.unusableStores[name] { throw .unusableStore(name, unusable) }
    throw .unknownStore(name, known: configuration.stores.map(\.name))
  }
}
