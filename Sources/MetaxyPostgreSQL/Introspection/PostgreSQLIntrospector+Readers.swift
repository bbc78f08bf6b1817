internal import MetaxyNames
internal import MetaxySchema

// What reads tables, and is nobody's definition: views and row policies.
extension PostgreSQLIntrospector {
  var views: [View] {
    let names = Dictionary(catalog.views.map { ($0.id(0), name($0.text(2), in: $0.text(1))) }) { first, _ in first }
    return catalog.views.map { row in
      let read = row.text(3).split(separator: ",").compactMap { Int($0).flatMap { names[$0]?.description } }
      let rights = row.text(6).split(separator: "\n").map(String.init)
      var view = View(
        name: names[row.id(0)] ?? TableName(row.text(2)), reads: Set(read),
        creation: [row.text(4)] + (row.optionalText(5).map { [$0] } ?? []) + rights
          + (row.optionalText(7).map { [$0] } ?? []),
        obstacle: row.optionalText(8))
      view.isMaterialized = row.flag(9)
      view.indexes = indexes(of: row.id(0))
      return view
    }
  }

  func addReaders(of id: CatalogID, to table: inout Table) {
    for row in catalog.viewColumns[id] ?? [] {
      let view = name(row.text(2), in: row.text(1)).description
      if table.wordsOfViews[view] == nil { table.views.append(view) }
      table.wordsOfViews[view, default: []].formUnion(row.optionalText(3).map { [$0.folded] } ?? [])
    }
    for row in catalog.policyColumns[id] ?? [] {
      let owner = name(row.text(3), in: row.text(2))
      if table.policies.last?.name != row.text(1) || table.policies.last?.table != owner {
        let creation = [row.text(5)] + (row.optionalText(6).map { [$0] } ?? [])
        table.policies.append(Policy(name: row.text(1), table: owner, creation: creation))
      }
      table.policies[table.policies.count - 1].columns.formUnion(row.optionalText(4).map { [$0] } ?? [])
    }
  }
}
