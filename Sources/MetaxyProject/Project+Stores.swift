public import MetaxyErrors

extension Project {
  /// Returns the store that a command works on: the one named by a flag, by `METAXY_STORE` or `store`, or the only one.
  ///
  /// - Throws: `unknown_store`, `unusable_store`, `no_store`, `ambiguous_store`.
  public func store() throws(MetaxyError) -> Store {
    if let name = overrides.store ?? configuration.store { return try store(named: name) }
    let stores = configuration.stores
    guard stores.count < 2 else { throw .ambiguousStore(stores.map(\.name)) }
    guard let only = stores.first else { throw .noStore(shown(configFile), unusable: configuration.unusableStores) }
    return only
  }

  /// Returns a store by its name.
  public func store(named name: String) throws(MetaxyError) -> Store {
    if let store = configuration.stores.first(where: { $0.name == name }) { return store }
    if let reason = configuration.unusableStores[name] { throw .unusableStore(name, reason: reason) }
    throw .unknownStore(name, known: configuration.stores.map(\.name))
  }
}
