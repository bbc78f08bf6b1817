internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// What a rebuild changes, which only the record shows.
extension LintedSections {
  func recordedChanges(of rebuild: TableRebuild) throws(MetaxyError) -> [StatementChange] {
    var changes: [StatementChange] = []
    for operation in operations where isSame(operation.table, rebuild.table) {
      if let change = try change(by: operation) { changes.append(.alterTable(rebuild.table, change)) }
    }
    return changes
  }

  private func change(by operation: MigrationOperation) throws(MetaxyError) -> TableChange? {
    switch operation {
    case .changeColumn(let change):
      switch change.aspect {
      case .nullable: change.new.isNullable ? .dropNotNull(change.new.name) : .setNotNull(change.new.name)
      case .type: .changeType(change.new.name, to: WrittenType(of: change.new))
      default: nil
      }
    case .addColumn(let addition): .addColumn(WrittenColumn(addition.column))
    case .addConstraint(let addition): .addConstraint(try written(addition.constraint))
    case .dropConstraint(let removal): .dropKnownConstraint(removal.constraint)
    default: nil
    }
  }

  /// A constraint of a record as a statement would define it.
  func written(_ constraint: Constraint) throws(MetaxyError) -> WrittenConstraint {
    var written: WrittenConstraint
    switch constraint {
    case .primaryKey(let key):
      written = WrittenConstraint(.primaryKey)
      written.columns = key.columns
    case .unique(let unique):
      written = WrittenConstraint(.unique)
      written.columns = unique.columns
    case .check(let check):
      written = WrittenConstraint(.check)
      written.expression = try SQLTokenizer.tokens(
        of: check.expression.text(for: dialect.name), lexicon: dialect.lexicon)
    case .foreignKey(let key):
      written = WrittenConstraint(.foreignKey)
      written.columns = key.columns
      written.referencedTable = key.table
    case .exclusion: written = WrittenConstraint(.exclusion)
    }
    written.name = constraint.name?.text
    return written
  }
}

extension WrittenColumn {
  /// A column of a record. Rows that a rebuild copies get its default, its backfill value or its number.
  fileprivate init(_ column: Column) {
    self.init(name: column.name, type: column.type.displayText)
    isNotNull = !column.isNullable
    isIdentity = column.identity != nil
    isStoredGenerated = column.generated?.isStored == true
    isVirtualGenerated = column.generated?.isStored == false
    isBackfilled = column.defaultValue != nil || column.backfill != nil
  }
}
