internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// The existing rows that prevent that a table becomes a partition, or gets other bounds.
extension PostgreSQLRenderer {
  func conditions(ofAttaching table: TableName, as partition: Partition) -> [RowCondition] {
    rowsOutside(partition, of: table) + rowsOfDefault(within: partition, of: table)
  }

  private func rowsOutside(_ partition: Partition, of table: TableName) -> [RowCondition] {
    guard plan.mayHoldRows(table) else { return [] }
    let condition: String
    let keys: [String]
    if let bound = bound(of: partition) {
      (condition, keys) = ("NOT coalesce(\(bound.condition), false)", bound.keys)
    } else if isDefault(partition) {
      let bounds = siblings(of: table, in: partition.parent).compactMap { $0.partition.flatMap(bound) }
      guard let first = bounds.first else { return [] }
      keys = first.keys
      condition = "coalesce(\(bounds.map { "(\($0.condition))" }.joined(separator: " OR ")), false)"
    } else {
      return []
    }
    return rows(condition, keys, of: table).map { rows in
      [
        RowCondition(
          message: "rows of \(table) are outside \(partition.bound)", rows: rows,
          remedy: "move these rows first, or change the bounds")
      ]
    } ?? []
  }

  /// The rows of the default partition that belong to the new one: PostgreSQL does not move them.
  private func rowsOfDefault(within partition: Partition, of table: TableName) -> [RowCondition] {
    guard let bound = bound(of: partition),
      let other = siblings(of: table, in: partition.parent).first(where: { $0.partition.map(isDefault) ?? false }),
      plan.mayHoldRows(other.name),
      let rows = rows("coalesce(\(bound.condition), false)", bound.keys, of: other.name)
    else { return [] }
    return [
      RowCondition(
        message: "rows of \(other.name) belong to \(table), \(partition.bound)", rows: rows,
        remedy: "move these rows first: detach \(other.name), and insert its rows again after the revision")
    ]
  }

  private func rows(_ condition: String, _ keys: [String], of table: TableName) -> ViolatingRows? {
    let names = keys.reduce(into: Set<String>()) { $0.formUnion(SQLExpression($1).names) }
    return rows(names, of: table).map {
      ViolatingRows(
        count: "(SELECT count(*) FROM \($0) WHERE \(condition))",
        examples: examples(of: table, showing: names, where: condition))
    }
  }

  private func bound(of partition: Partition) -> PostgreSQLPartitionBound? {
    guard let partitioning = state[partition.parent]?.partitioning else { return nil }
    let parent = plan.mayHoldRows(partition.parent) && !changesTypes(of: partition.parent)
    return PostgreSQLPartitionBound(
      partition.bound, partitioning: partitioning,
      parent: parent ? writer.name(plan.formerNames.name(of: partition.parent)) : nil)
  }

  /// A hash is that of the type that the parent has before the revision.
  private func changesTypes(of table: TableName) -> Bool {
    plan.operations(on: table).contains { operation in
      if case .changeColumn(let change) = operation { change.aspect == .type } else { false }
    }
  }

  private func isDefault(_ partition: Partition) -> Bool { partition.bound.uppercased() == "DEFAULT" }

  /// The other partitions, whose place does not change.
  private func siblings(of table: TableName, in parent: TableName) -> [Table] {
    let changed = plan.operations.compactMap { operation -> TableName? in
      switch operation {
      case .changePartition(let change): change.table
      case .dropTable(let removal): removal.table
      default: nil
      }
    }
    return state.sorted.filter { $0.partition?.parent == parent && $0.name != table && !changed.contains($0.name) }
  }
}
