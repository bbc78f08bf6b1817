import MetaxyFeatures

/// The former names of tables and columns, where a person declared them. Nothing is ever guessed.
public struct Renames: Sendable, Hashable {
  /// Former names by the new ones.
  public var tables: [TableName: String]
  /// Former names by the table, under its new name, and the new ones.
  public var columns: [TableName: [String: String]]
  /// Former names of enum types by the new ones.
  public var enums: [TableName: String] = [:]
  /// The tables whose name and columns are wanted in these very capitals and small letters, which else are no difference.
  public var toTheLetter: Set<TableName>

  public init(
    tables: [TableName: String] = [:], columns: [TableName: [String: String]] = [:], toTheLetter: Set<TableName> = []
  ) {
    self.tables = tables
    self.columns = columns
    self.toTheLetter = toTheLetter
  }
}

/// Finds the renames to be done: those whose old name is live and whose new one is not.
struct RenameComparator<Rules: ComparisonRules> {
  let rules: Rules

  /// Returns the renames, the drops of the indexes that are called after an old name, and the schema after them.
  ///
  /// Such an index is made again under its new name by the index comparator, which no longer finds it.
  func operations(
    in live: Schema, to desired: Schema, _ renames: Renames
  ) -> (operations: [any MigrationOperation], live: Schema) {
    var operations: [any MigrationOperation] = []
    var schema = live
    func apply(_ operation: some MigrationOperation) {
      operations.append(operation)
      schema = schema.applying([operation]) { rules.renaming($1, to: $2, in: $0) }
    }
    for (new, former) in renames.enums.sorted(by: { $0.key < $1.key }) {
      let old = TableName(former, schema: new.schema)
      if schema.enums[old] != nil, schema.enums[new] == nil { apply(RenameEnum(old, to: new)) }
    }
    for (new, former) in renames.tables.sorted(by: { $0.key < $1.key }) {
      let old = TableName(former, schema: new.schema)
      if let table = rules.table(old, in: schema), rules.table(new, in: schema) == nil {
        apply(RenameTable(table.name, to: new))
      }
    }
    for (name, columns) in renames.columns.sorted(by: { $0.key < $1.key }) {
      for (new, former) in columns.sorted(by: { $0.key < $1.key }) {
        guard let table = rules.table(name, in: schema), let column = rules.column(former, of: table),
          rules.column(new, of: table) == nil
        else { continue }
        apply(RenameColumn(table: table.name, from: column.name, to: new))
      }
    }
    for table in desired.sorted where renames.toTheLetter.contains(table.name) {
      guard let old = rules.table(table.name, in: schema) else { continue }
      if old.name != table.name { apply(RenameTable(old.name, to: table.name)) }
      for column in table.columns {
        guard let former = rules.column(column.name, of: old), former.name != column.name else { continue }
        apply(RenameColumn(table: table.name, from: former.name, to: column.name))
      }
    }
    for drop in outdatedIndexes(before: live, after: schema) { apply(drop) }
    return (operations, schema)
  }

  /// The indexes whose names were derived from what is renamed.
  private func outdatedIndexes(before: Schema, after: Schema) -> [DropIndex] {
    let old = Dictionary(
      before.sorted.flatMap { table in table.indexes.map { ($0.name.text, (table: table.name, index: $0)) } }
    ) { first, _ in first }
    return after.sorted.flatMap { table in
      table.indexes.filter { index in
        guard let former = old[index.name.text] else { return false }
        let formerName = ObjectNames.index(of: former.table, terms: former.index.terms)
        return formerName.text == index.name.text
          && ObjectNames.index(of: table.name, terms: index.terms).text != index.name.text
      }.map { DropIndex(table: table.name, index: $0) }
    }
  }
}

extension Index {
  /// What an index is called after: its columns, and a hash for each expression.
  var terms: [String] { elements.map(\.nameTerm) }
}

extension IndexElement {
  fileprivate var nameTerm: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): ObjectNames.hash(of: expression.text)
    }
  }
}
