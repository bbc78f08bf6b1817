import MetaxyFeatures
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport

/// Random tables, and changes of them that SQLite can do in place, both ways.
struct RandomSchema {
  private var random: SplitMix64
  private var counter = 0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A schema and what it becomes.
  mutating func pair() -> (first: Schema, second: Schema) {
    let kept = (0..<Int.random(in: 1...3, using: &random)).map { _ in table() }
    let gone = chance(2) ? [table(references: kept)] : []
    let new = chance(2) ? [table(references: kept)] : []
    return (Schema(kept.map { changed($0, kept) } + gone), Schema(kept.map { changed($0, kept) } + new))
  }

  private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func name(_ prefix: String) -> String {
    counter += 1
    return prefix + (pick(["", " ", "\"", "\u{e9}"])) + String(counter)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  /// Returns a table whose fixed part has more than columns.
  private mutating func table(references others: [Table] = []) -> Table {
    let name = TableName(self.name(pick(["t", "Select"])))
    let first = Column(name: "id", type: .string, isNullable: false)
    let second = Column(name: self.name("n"), type: pick(types), defaultValue: pick(defaults))
    var table = Table(name: name, columns: [first, second], primaryKey: PrimaryKey(columns: ["id"]))
    if chance(2) { table.uniques = [UniqueConstraint(name: .derived(self.name("u")), columns: ["id", second.name])] }
    if chance(3) {
      let quoted = second.name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      table.checks = [CheckConstraint(expression: SQLExpression("\"\(quoted)\" IS NULL OR id <> ''"))]
    }
    if let other = others.first {
      table.foreignKeys = [
        ForeignKey(columns: ["id"], table: other.name, referencedColumns: ["id"], onDelete: .cascade)
      ]
    }
    if chance(4) {
      table.options = [.strict]
      table.columns[1].type = .string
    }
    return table
  }

  /// The table with some columns and indexes more.
  private mutating func changed(_ table: Table, _ others: [Table]) -> Table {
    var table = table
    for _ in 0..<Int.random(in: 0...3, using: &random) { add(&table, others) }
    for _ in 0..<Int.random(in: 0...2, using: &random) { table.indexes.append(index(on: table)) }
    return table
  }

  private mutating func add(_ table: inout Table, _ others: [Table]) {
    let name = self.name("c")
    let quoted = "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    var column = Column(name: name, type: pick(types))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: column.defaultValue = pick(defaults)
    case 1:
      column.defaultValue = .literal(.integer("3"))
      column.isNullable = false
    case 2: column.generated = .virtual("id || 'x'")
    case 3: column.collation = pick(["NOCASE", "RTRIM"])
    case 4:
      table.checks.append(
        CheckConstraint(
          name: chance(2) ? .derived(self.name("k")) : nil, expression: SQLExpression("\(quoted) <> ','"), column: name)
      )
    default:
      table.foreignKeys.append(
        ForeignKey(
          columns: [name], table: pick(others).name, referencedColumns: ["id"],
          onDelete: pick([.cascade, .setNull, .setDefault]), column: name))
    }
    if table.options.contains(.strict) { column.type = column.defaultValue == nil ? .string : .double }
    table.columns.append(column)
  }

  private mutating func index(on table: Table) -> Index {
    let elements: [IndexElement] = [
      IndexElement(
        .column(pick(table.columns).name), isDescending: chance(2), collation: chance(3) ? "NOCASE" : nil),
      chance(2) ? "id" : .expression("lower(id)", descending: chance(2)),
    ]
    return Index(
      name: .given(name("i")), elements: elements, isUnique: chance(3), predicate: chance(3) ? "id <> ')'" : nil)
  }

  private let types: [ColumnType] = [
    .string, .varchar(9), .bigint, .double, .boolean, .timestamp, .binary, .json, .raw(""),
  ]
  private let defaults: [ColumnDefault?] = [
    nil, .literal(.integer("-4")), .literal(.float("1.5")), .literal(.integer("0")),
  ]
}
