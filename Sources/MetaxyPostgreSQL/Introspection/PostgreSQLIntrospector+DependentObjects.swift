internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Unmanaged dependent objects of tables: triggers, views and row policies.
extension PostgreSQLIntrospector {
  private var viewNames: [CatalogID: TableName] {
    Dictionary(catalog.views.map { ($0.id(0), name($0.text(2), in: $0.text(1))) }) { first, _ in first }
  }

  var views: [View] {
    let names = viewNames
    return catalog.views.map { row in
      let read = row.text(3).split(separator: ",").compactMap { Int($0).flatMap { names[$0] } }
      let rights = row.text(6).split(separator: "\n").map(String.init)
      return View(
        name: names[row.id(0)] ?? TableName(row.text(2)), reads: Set(read),
        creation: [row.text(4)] + (row.optionalText(5).map { [$0] } ?? []) + rights
          + (row.optionalText(7).map { [$0] } ?? []),
        obstacle: row.optionalText(8))
    }
  }

  /// The materialized views with their indexes.
  var materializedViews: [(id: CatalogID, view: MaterializedView)] {
    catalog.views.filter { $0.flag(9) }.map { row in
      let id = row.id(0)
      return (id, MaterializedView(name: name(row.text(2), in: row.text(1)), indexes: indexes(of: id)))
    }
  }

  func dependents(of table: CatalogID) -> DependentObjects {
    var dependents = DependentObjects(
      triggers: (catalog.triggers[table] ?? []).map { Trigger(name: $0.text(1), sql: $0.text(2)) })
    for row in catalog.viewColumns[table] ?? [] {
      let view = name(row.text(2), in: row.text(1))
      if dependents.wordsOfViews[view] == nil { dependents.views.append(view) }
      dependents.wordsOfViews[view, default: []].formUnion(row.optionalText(3).map { [$0.folded] } ?? [])
    }
    for row in catalog.policyColumns[table] ?? [] {
      let owner = name(row.text(3), in: row.text(2))
      if dependents.policies.last?.name != row.text(1) || dependents.policies.last?.table != owner {
        let creation = [row.text(5)] + (row.optionalText(6).map { [$0] } ?? [])
        dependents.policies.append(Policy(name: row.text(1), table: owner, creation: creation))
      }
      dependents.policies[dependents.policies.count - 1].columns.formUnion(row.optionalText(4).map { [$0] } ?? [])
    }
    return dependents
  }
}
