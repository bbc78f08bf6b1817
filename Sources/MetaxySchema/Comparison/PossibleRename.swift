package import MetaxyNames

/// A dropped and an added object that could be one object with a new name. Only the author of the change knows.
package struct PossibleRename: Sendable, Hashable {
  /// The table; the dropped one if the tables could be one.
  package var table: TableName
  /// The dropped column, or the column of the value; nil for a table.
  package var column: String?
  /// The value that the column loses; nil for a table or a column.
  package var value: String?
  package var newName: String
  /// The same value in the other columns of its enum type, as ``oldText``.
  package var others: [String] = []

  /// The dropped object: `video`, `video.size` or `video.state:done`.
  package var oldText: String { Self.text(table, column, value) }
  /// The added object: `clip` or `video.bytes`.
  package var newText: String {
    if value != nil { return Self.text(table, column, newName) }
    return column == nil ? "\(TableName(newName, schema: table.schema))" : Self.text(table, newName)
  }

  /// The value of the flag with which it is a rename.
  package var flag: String { "\(oldText)=\(newName)" }

  /// The pair in a message.
  package var sentence: String {
    value.map { "`\(Self.text(table, column))` loses the value `\($0)` and gets `\(newName)`" }
      ?? "`\(oldText)` is dropped and `\(newText)` is added"
  }

  /// The question to the author.
  package var question: String {
    value.map { "is `\(newName)` the new name of the value `\($0)` of `\(Self.text(table, column))`, with its rows?" }
      ?? "is `\(newText)` the new name of `\(oldText)`, with its rows?"
  }

  /// Whether one of the values of `--no-rename` is about the pair.
  package func isNamed(in drops: [String]) -> Bool { drops.contains(oldText) || others.contains(where: drops.contains) }

  /// Returns a table, column or value as it is written in a flag.
  package static func text(_ table: TableName, _ column: String?, _ value: String? = nil) -> String {
    "\(table)" + (column.map { ".\($0)" } ?? "") + (value.map { ":\($0)" } ?? "")
  }
}

extension ComparisonRules {
  /// Returns the dropped and added objects that could be renamed ones.
  ///
  /// A pair could be one if nothing else of its kind is dropped or added, in the same table for columns, and both have the
  /// same types and the same columns that may be NULL. Values could be one if a column loses one and gets one.
  ///
  /// - Parameter desired: the tables after the operations, some of which may have a changed enum type.
  package func possibleRenames(in operations: [MigrationOperation], to desired: Schema) -> [PossibleRename] {
    [possibleTableRename(in: operations)].compactMap(\.self) + possibleColumnRenames(in: operations)
      + possibleValueRenames(in: operations) + possibleEnumValueRenames(in: operations, desired)
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

  /// The values of checks that list those of a column.
  private func possibleValueRenames(in operations: [MigrationOperation]) -> [PossibleRename] {
    var added: [TableName: [AllowedValues]] = [:]
    for case .addConstraint(let addition) in operations {
      guard case .check(let check) = addition.constraint, let values = allowedValues(of: check.expression) else {
        continue
      }
      added[addition.table, default: []].append(values)
    }
    return operations.compactMap { operation in
      guard case .dropConstraint(let removal) = operation, case .check(let check) = removal.constraint,
        let old = allowedValues(of: check.expression), !renamesValues(of: old.column, in: removal.table, operations),
        let new = added[removal.table]?.first(where: { isSame(name: $0.column, old.column) }),
        let pair = Self.onlyDifference(from: old.values, to: new.values)
      else { return nil }
      return PossibleRename(table: removal.table, column: old.column, value: pair.old, newName: pair.new)
    }
  }

  /// Whether a rename of the values is decided.
  private func renamesValues(of column: String, in table: TableName, _ operations: [MigrationOperation]) -> Bool {
    operations.contains { operation in
      guard case .renameValue(let rename) = operation else { return false }
      return rename.table == table && isSame(name: rename.column, column)
    }
  }

  private func possibleEnumValueRenames(
    in operations: [MigrationOperation], _ desired: Schema
  ) -> [PossibleRename] {
    operations.compactMap { operation in
      guard case .changeEnum(let change) = operation,
        let pair = Self.onlyDifference(from: change.old.values, to: change.new.values)
      else { return nil }
      let places = desired.sorted.flatMap { table in
        table.columns.filter(change.new.isType).map { (table: table.name, column: $0.name) }
      }
      guard let first = places.first else { return nil }
      let texts = places.map { PossibleRename.text($0.table, $0.column, pair.old) }
      return PossibleRename(
        table: first.table, column: first.column, value: pair.old, newName: pair.new,
        others: Array(texts.dropFirst()))
    }
  }

  /// The only value that is gone and the only one that is new; nil if there is not one of each.
  private static func onlyDifference(from old: [String], to new: [String]) -> RenamedValue? {
    guard let gone = old.filter({ !new.contains($0) }).onlyElement,
      let come = new.filter({ !old.contains($0) }).onlyElement
    else { return nil }
    return RenamedValue(gone, to: come)
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
