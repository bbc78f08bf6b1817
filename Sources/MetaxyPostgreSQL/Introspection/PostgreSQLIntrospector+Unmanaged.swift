internal import MetaxyNames
internal import MetaxySchema

// Objects that depend on tables and are not managed.
extension PostgreSQLIntrospector {
  /// The unmanaged objects, with what they need.
  var unmanagedObjects: [UnmanagedObject] {
    var uses: [CatalogAddress: Set<UnmanagedObject.Use>] = [:]
    var others: [(address: CatalogAddress, description: String)] = []
    for row in catalog.uses {
      let address = CatalogAddress(row, at: 0)
      if uses[address] == nil { others.append((address, row.text(2))) }
      if let use = use(row) { uses[address, default: []].insert(use) }
    }
    var known: Set<CatalogAddress> = []
    let objects = catalog.objects.compactMap { row -> UnmanagedObject? in
      let address = CatalogAddress(row, at: 1)
      known.insert(address)
      guard var object = object(row) else { return nil }
      object.uses.formUnion(uses[address] ?? [])
      return object
    }
    return objects
      + others.filter { !known.contains($0.address) && !$0.description.isEmpty }.map { address, description in
        var object = UnmanagedObject(.other, TableName(description))
        object.uses = uses[address] ?? []
        object.obstacle = "it is not managed"
        return object
      }
  }

  /// Returns what an object needs: the narrowest name that the row has.
  private func use(_ row: CatalogRow) -> UnmanagedObject.Use? {
    if let type = row.optionalText(8) { return .type(name(type, in: row.text(7))) }
    guard let relation = row.optionalText(4) else { return nil }
    let owner = name(relation, in: row.text(3))
    if let constraint = row.optionalText(6) { return .constraint(constraint, of: owner) }
    return row.optionalText(5).map { .column($0, of: owner) } ?? .relation(owner)
  }

  private func object(_ row: CatalogRow) -> UnmanagedObject? {
    guard let kind = UnmanagedObject.Kind(rawValue: row.text(0)) else { return nil }
    let relation = row.optionalText(4).map { name($0, in: row.text(3)) }
    let own = row.optionalText(5).map { name(row.text(6), in: $0) } ?? TableName(row.text(6))
    var object = UnmanagedObject(kind, own, on: relation)
    object.definition = row.optionalText(7)
    object.comment = row.optionalText(8)
    object.state = row.optionalText(9)
    object.rights = row.text(10).split(separator: "\n").map(String.init)
    object.owner = row.optionalText(11)
    object.obstacle = row.optionalText(12)
    if kind == .columnRights, let relation { object.uses = [.column(own.name, of: relation)] }
    return object
  }

  /// The materialized views with their indexes.
  var materializedViews: [(id: CatalogID, view: MaterializedView)] {
    catalog.objects.filter { $0.text(0) == UnmanagedObject.Kind.materializedView.rawValue }.map { row in
      let id = row.id(2)
      return (id, MaterializedView(name: name(row.text(6), in: row.text(5)), indexes: indexes(of: id)))
    }
  }
}

/// An object of the catalog: the table of the catalog that describes it, and its number there.
private struct CatalogAddress: Hashable {
  var catalog: CatalogID
  var number: CatalogID

  init(_ row: CatalogRow, at place: Int) {
    catalog = row.id(place)
    number = row.id(place + 1)
  }
}
