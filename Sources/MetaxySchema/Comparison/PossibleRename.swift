package import MetaxyNames

/// A dropped and an added object that could be one object with a new name. Only the author of the change knows.
package struct PossibleRename: Sendable, Hashable {
  /// The table; the dropped one if the tables could be one.
  package var table: TableName
  /// The dropped column; nil for a table.
  package var column: String?
  package var newName: String

  /// The dropped object: `video` or `video.size`.
  package var oldText: String { Self.text(table, column) }
  /// The added object: `clip` or `video.bytes`.
  package var newText: String {
    column == nil ? "\(TableName(newName, schema: table.schema))" : Self.text(table, newName)
  }

  /// The value of the flag with which it is a rename.
  package var flag: String { "\(oldText)=\(newName)" }

  /// Returns a table or column as it is written in a flag.
  package static func text(_ table: TableName, _ column: String?) -> String {
    "\(table)" + (column.map { ".\($0)" } ?? "")
  }
}

extension ComparisonRules {
  /// Returns the dropped and added objects that could be renamed ones.
  ///
  /// A pair could be one if nothing else of its kind is dropped or added, in the same table for columns, and both have the
  /// same types and the same columns that may be NULL.
  package func possibleRenames(in operations: [MigrationOperation]) -> [PossibleRename] {
    [possibleTableRename(in: operations)].compactMap(\.self) + possibleColumnRenames(in: operations)
  }

  private func possibleTableRename(in operations: [MigrationOperation]) -> PossibleRename? {
    let dropped = operations.compactMap { if case .dropTable(let removal) = $0 { removal.definition } else { nil } }
    let created = operations.compactMap { if case .createTable(let creation) = $0 { creation.definition } else { nil } }
    guard let old = dropped.onlyElement, let new = created.onlyElement, old.name.schema == new.name.schema,
      old.partition == nil, new.partition == nil, old.columns.count == new.columns.count,
      old.columns.allSatisfy({ column in self.column(column.name, of: new).map { couldBe($0, column, in: new) } ?? false
      })
    else { return nil }
    return PossibleRename(table: old.name, column: nil, newName: new.name.name)
  }

  private func possibleColumnRenames(in operations: [MigrationOperation]) -> [PossibleRename] {
    var dropped: [TableName: [Column]] = [:]
    var added: [TableName: [Column]] = [:]
    for operation in operations {
      switch operation {
      case .dropColumn(let removal): dropped[removal.table, default: []].append(removal.column)
      case .addColumn(let addition): added[addition.table, default: []].append(addition.column)
      default: continue
      }
    }
    return dropped.sorted { $0.key < $1.key }.compactMap { table, columns in
      guard let old = columns.onlyElement, let new = added[table]?.onlyElement, couldBe(old, new, in: nil) else {
        return nil
      }
      return PossibleRename(table: table, column: old.name, newName: new.name)
    }
  }

  /// Whether the values of one column could be those of another. A computed column has none of its own.
  private func couldBe(_ old: Column, _ new: Column, in table: Table?) -> Bool {
    old.generated == nil && new.generated == nil && old.isNullable == new.isNullable
      && isSame(old.type, new.type, in: table?.options ?? [])
  }
}

extension Array {
  fileprivate var onlyElement: Element? { count == 1 ? self[0] : nil }
}
