internal import MetaxySchema

extension PostgreSQLIntrospector {
  /// The enum types, with their values in sort order.
  var enums: [EnumType] {
    var types: [(id: CatalogID, type: EnumType)] = []
    for row in catalog.enumValues {
      if types.last?.id != row.id(0) {
        types.append(
          (row.id(0), EnumType(name: name(row.text(2), in: row.text(1)), values: [], comment: row.optionalText(3))))
      }
      if let value = row.optionalText(4) { types[types.count - 1].type.values.append(value) }
    }
    return types.map(\.type)
  }
}
