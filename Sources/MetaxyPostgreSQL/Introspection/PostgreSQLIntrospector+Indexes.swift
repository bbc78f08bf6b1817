internal import MetaxyFeatures
internal import MetaxySchema

extension PostgreSQLIntrospector {
  /// Returns the indexes that do not implement a constraint.
  func indexes(of table: CatalogID) -> [Index] {
    catalogIndexes(of: table).filter { !$0.belongsToConstraint }.map { found in
      var index = Index(
        name: .derived(found.name), elements: found.elements, isUnique: found.isUnique, predicate: found.predicate)
      index.method = found.method == "btree" ? nil : found.method
      index.includes = found.includes
      index.nullsAreEqual = found.nullsAreEqual
      index.storage = found.storage
      index.comment = found.comment
      return index
    }
  }

  /// The names of the indexes that an interrupted build left behind.
  func invalidIndexes(of table: CatalogID) -> Set<String> {
    Set(catalogIndexes(of: table).filter { !$0.belongsToConstraint && !$0.isValid }.map(\.name))
  }

  /// All indexes of a table, those behind its constraints among them.
  func catalogIndexes(of table: CatalogID) -> [CatalogIndex] {
    var indexes: [CatalogIndex] = []
    for row in catalog.indexColumns[table] ?? [] {
      if indexes.last?.id != row.id(1) { indexes.append(CatalogIndex(row)) }
      indexes[indexes.count - 1].take(row)
    }
    return indexes
  }
}

/// An index of the catalog.
struct CatalogIndex {
  var id: CatalogID
  var name: String
  var method: String
  var isUnique: Bool
  var isValid: Bool
  var nullsAreEqual: Bool
  var belongsToConstraint: Bool
  var storage: StorageParameters
  var predicate: SQLExpression?
  var comment: String?
  var elements: [IndexElement] = []
  var includes: [String] = []

  init(_ row: CatalogRow) {
    id = row.id(1)
    name = row.text(2)
    method = row.text(3)
    isUnique = row.flag(4)
    isValid = row.flag(5)
    nullsAreEqual = row.flag(6)
    belongsToConstraint = row.flag(7)
    storage = row.parameters(8)
    predicate = row.optionalText(9).map(ExpressionText.bare)
    comment = row.optionalText(10)
  }

  /// Adds the column or expression of one row of the index.
  mutating func take(_ row: CatalogRow) {
    if row.flag(11) {
      includes.append(row.text(12))
      return
    }
    let term: IndexElement.Term =
      row.optionalText(13).map { .expression(ExpressionText.bare($0)) } ?? .column(row.text(12))
    // The bits of indoption. https://www.postgresql.org/docs/current/catalog-pg-index.html
    let isDescending = (row.number(14) ?? 0) & 1 != 0
    let nullsFirst = (row.number(14) ?? 0) & 2 != 0
    elements.append(
      IndexElement(
        term, isDescending: isDescending, collation: row.optionalText(15),
        nullsFirst: nullsFirst == isDescending ? nil : nullsFirst, operatorClass: row.optionalText(16)))
  }
}
