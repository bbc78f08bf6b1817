internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

extension Table {
  /// The table without the expressions that convert values to its types.
  package var withoutConversions: Table {
    guard columns.contains(where: { $0.using != nil }) else { return self }
    var table = self
    for place in table.columns.indices { table.columns[place].using = nil }
    return table
  }

  /// The columns by which a person recognises a row: those of the primary key, or of a unique constraint or index; those
  /// that the index on samples and versions has before the version; empty for a table without any.
  package var identifyingColumns: [String] {
    if let key = primaryKey { return key.columns }
    if let unique = uniques.lazy.compactMap({ Self.columns($0.elements) }).first { return unique }
    let plain = indexes.filter { $0.predicate == nil }
    if let unique = plain.lazy.filter(\.isUnique).compactMap({ Self.columns($0.elements) }).first { return unique }
    let ids = plain.lazy.compactMap { Self.columns($0.elements) }
      .filter { $0.count > 1 && $0.last?.folded == SystemColumn.featureVersion.rawValue }
    return ids.first?.dropLast() ?? []
  }

  private static func columns(_ elements: [IndexElement]) -> [String]? {
    let names = elements.compactMap { element in
      if case .column(let name) = element.term { name } else { nil }
    }
    return names.count == elements.count && !names.isEmpty ? names : nil
  }
}
