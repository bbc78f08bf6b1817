internal import MetaxyFeatures
internal import MetaxySchema

extension PostgreSQLIntrospector {
  func addConstraints(of id: CatalogID, to table: inout Table) {
    let indexes = Dictionary(catalogIndexes(of: id).map { ($0.id, $0) }) { first, _ in first }
    for constraint in catalogConstraints(of: id) {
      let index = indexes[constraint.index]
      switch constraint.kind {
      case "p": table.primaryKey = primaryKey(constraint, index)
      case "u": table.uniques.append(unique(constraint, index))
      case "c": table.checks.append(check(constraint))
      case "f": table.foreignKeys.append(foreignKey(constraint))
      case "x": if let index { table.exclusions.append(exclusion(constraint, index)) }
      default: break  // the query returns no others
      }
    }
  }

  private func catalogConstraints(of table: CatalogID) -> [CatalogConstraint] {
    var constraints: [CatalogConstraint] = []
    for row in catalog.constraintColumns[table] ?? [] {
      if constraints.last?.id != row.id(1) { constraints.append(CatalogConstraint(row)) }
      constraints[constraints.count - 1].take(row)
    }
    return constraints
  }

  private func primaryKey(_ found: CatalogConstraint, _ index: CatalogIndex?) -> PrimaryKey {
    var key = PrimaryKey(name: .derived(found.name), columns: found.columns)
    key.deferral = found.deferral
    key.includes = index?.includes ?? []
    key.storage = index?.storage ?? [:]
    key.comment = found.comment
    return key
  }

  private func unique(_ found: CatalogConstraint, _ index: CatalogIndex?) -> UniqueConstraint {
    var unique = UniqueConstraint(name: .derived(found.name), columns: found.columns)
    unique.deferral = found.deferral
    unique.includes = index?.includes ?? []
    unique.storage = index?.storage ?? [:]
    unique.nullsAreEqual = index?.nullsAreEqual ?? false
    unique.comment = found.comment
    return unique
  }

  private func check(_ found: CatalogConstraint) -> CheckConstraint {
    var check = CheckConstraint(name: .derived(found.name), expression: ExpressionText.bare(found.expression))
    check.isValidated = found.isValidated
    check.isInherited = found.isInherited
    check.comment = found.comment
    return check
  }

  private func foreignKey(_ found: CatalogConstraint) -> ForeignKey {
    var key = ForeignKey(
      name: .derived(found.name), columns: found.columns, table: name(found.otherTable, in: found.otherSchema),
      referencedColumns: found.otherColumns, onDelete: found.onDelete, onUpdate: found.onUpdate,
      deferral: found.deferral)
    key.match = found.match
    key.isValidated = found.isValidated
    key.columnsSetOnDelete = found.columnsSetOnDelete
    key.comment = found.comment
    return key
  }

  private func exclusion(_ found: CatalogConstraint, _ index: CatalogIndex) -> ExclusionConstraint {
    var exclusion = ExclusionConstraint(
      name: .derived(found.name), method: index.method,
      elements: zip(index.elements, found.operators).map { ExclusionConstraint.Element($0, with: $1) },
      predicate: index.predicate)
    exclusion.includes = index.includes
    exclusion.storage = index.storage
    exclusion.deferral = found.deferral
    exclusion.comment = found.comment
    return exclusion
  }
}
