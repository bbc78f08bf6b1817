internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// A three-way merge: the schema that two branches of the history make of their common one.
///
/// An object that only one branch changes is taken from it. A table that both change gets the changes of both if their order
/// does not matter: applying either after the other gives the same table.
struct SchemaMerge {
  private let base: Schema
  private let dialect: any Dialect
  /// The objects that both sides change in ways that cannot be combined; the left side's are kept.
  private(set) var conflicts: [TableName] = []
  private(set) var result: Schema

  init(base: Schema, _ left: Schema, _ right: Schema, _ dialect: any Dialect) {
    self.base = base
    self.dialect = dialect
    result = left
    mergeTables(left, right)
    result.enums = merged(base.enums, left.enums, right.enums)
    result.sequences = merged(base.sequences, left.sequences, right.sequences)
    result.materializedViews = merged(base.materializedViews, left.materializedViews, right.materializedViews)
    result.namespaces.formUnion(right.namespaces.subtracting(base.namespaces))
    result.namespaces.subtract(base.namespaces.subtracting(right.namespaces))
  }

  private mutating func mergeTables(_ left: Schema, _ right: Schema) {
    for name in Set(left.tables.keys).union(right.tables.keys).union(base.tables.keys).sorted() {
      let (old, ours, theirs) = (base[name], left[name], right[name])
      guard theirs != old, theirs != ours else { continue }
      if ours == old {
        result[name] = theirs
      } else if let old, let ours, let theirs, let both = combined(old, ours, theirs) {
        result[name] = both
      } else {
        conflicts.append(name)
      }
    }
  }

  /// Returns the table with the changes of both sides; nil if their order matters.
  private func combined(_ old: Table, _ left: Table, _ right: Table) -> Table? {
    func operations(to table: Table) -> [MigrationOperation] {
      dialect.operations(from: RenamedSchema(Schema([old])), to: Schema([table]).specifyingSettings)
    }
    let leftFirst = Schema([left]).applying(operations(to: right))[old.name]
    let rightFirst = Schema([right]).applying(operations(to: left))[old.name]
    guard let leftFirst, leftFirst.inOrderOfNames == rightFirst?.inOrderOfNames else { return nil }
    return leftFirst
  }

  private mutating func merged<Value: Equatable>(
    _ old: [TableName: Value], _ ours: [TableName: Value], _ theirs: [TableName: Value]
  ) -> [TableName: Value] {
    var result = ours
    for name in Set(old.keys).union(theirs.keys).sorted() where theirs[name] != old[name] && theirs[name] != ours[name]
    {
      if ours[name] == old[name] { result[name] = theirs[name] } else { conflicts.append(name) }
    }
    return result
  }
}

extension Table {
  /// The table with its parts sorted: on which side a part was added does not matter.
  fileprivate var inOrderOfNames: Table {
    var table = self
    table.columns.sort { $0.name < $1.name }
    table.uniques.sort { "\($0)" < "\($1)" }
    table.checks.sort { "\($0)" < "\($1)" }
    table.foreignKeys.sort { "\($0)" < "\($1)" }
    table.exclusions.sort { "\($0)" < "\($1)" }
    table.policies.sort { $0.name < $1.name }
    table.indexes.sort { $0.name.text < $1.name.text }
    return table
  }
}

extension Schema {
  /// The same schema, in which settings that a table does not name are those that it has: a record contains everything about
  /// its tables.
  var specifyingSettings: Schema {
    mapTables { table in
      var table = table
      table.specifiesSettings = true
      return table
    }
  }
}
