package import MetaxyNames

/// An object of a database, by its kind and name.
package enum CatalogObject: Sendable, Hashable {
  case table(TableName)
  case view(TableName)
  case index(TableName)
  case sequence(TableName)
  case type(TableName)
  case schema(String)
  case column(String, of: TableName)
  case constraint(String, of: TableName)
}
