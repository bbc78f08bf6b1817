import MetaxyTestSupport

/// Random tables of every kind, and what becomes of them, with no regard for what SQLite can do in place.
struct RandomTables {
  private var random: SplitMix64
  private var taken: Set<String> = []

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The tables before and after, at most eight each, and the new names of tables and columns by those that they have in
  /// both; no two things share a name.
  mutating func pair() -> (first: [SampleTable], second: [SampleTable], renames: [String: String]) {
    var first = (0..<number(1...6)).map { _ in table() }
    for position in first.indices { addForeignKeys(to: &first[position], among: first) }
    first = repaired(first)
    var second = first.filter { _ in !chance(6) }
    for position in second.indices where !chance(4) {
      for _ in 0..<number(1...4) { change(&second[position]) }
    }
    second += (0..<number(0...2)).map { _ in table() }
    for position in second.indices where chance(3) { addForeignKeys(to: &second[position], among: second) }
    second = repaired(keepingReferences(of: second, from: first))
    addOthers(&first, &second)
    return (first, second, renames(first, second))
  }

  /// A row refers to another by what is stored: `1` and `1.0` are one number and two texts.
  private func keepingReferences(of second: [SampleTable], from first: [SampleTable]) -> [SampleTable] {
    let keys = (first + second).flatMap(\.foreignKeys)
    let referring = Set(keys.flatMap { $0.columns + $0.referenced })
    var second = second
    for (position, table) in second.enumerated() {
      for (place, column) in table.columns.enumerated() where referring.contains(column.name) {
        guard let old = first.first(where: { $0.name == table.name })?.column(column.name), old.kind != column.kind,
          ![old.kind, column.kind].allSatisfy({ $0 == .text || $0 == .integer })
        else { continue }
        second[position].columns[place] = old
      }
    }
    return second
  }

  private mutating func renames(_ first: [SampleTable], _ second: [SampleTable]) -> [String: String] {
    guard chance(2) else { return [:] }
    var renames: [String: String] = [:]
    for table in first {
      guard let other = second.first(where: { $0.name == table.name }) else { continue }
      if chance(3) { renames[table.name] = name() }
      // NB: SQLite 3.40 fails to rename the INTEGER key of a table without rowid where a unique constraint names it, too.
      let keys = [table, other].filter(\.isWithoutRowID).flatMap(\.key)
      for column in table.columns where other.column(column.name) != nil && !keys.contains(column.name) && chance(4) {
        renames[column.name] = name()
      }
    }
    return renames
  }

  private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...(elements.count - 1))] }

  /// A name that no object and no column has yet.
  private mutating func name() -> String {
    let base = pick([
      "order", "Select", "group", "index", "key", "a b", "say \"hi\"", "it's", "gr\u{f6}\u{df}e", "\u{540d}\u{524d}",
      "semi;colon", "a--b", "c/*d", "e]f", "g`h", "h,i", "100%", "9lives", "\u{1f980}", "plain", "Mixed_Case", "n(o",
      "\u{c9}t\u{e9}", "MIXED_case",
    ])
    let name = taken.contains(Self.folded(base)) ? "\(base)\(taken.count)" : base
    taken.insert(Self.folded(name))
    return name
  }

  /// The name as SQLite compares it, which knows small letters only for A to Z.
  private static func folded(_ name: String) -> String {
    String(name.map { $0.isASCII ? Character($0.lowercased()) : $0 })
  }

  private mutating func table() -> SampleTable {
    var table = SampleTable(name: name(), columns: (0..<number(1...3)).map { _ in column() })
    for _ in 0..<number(0...5) { change(&table) }
    if chance(5) { rekey(&table) }
    return table
  }

  private mutating func column() -> SampleTable.Column {
    var column = SampleTable.Column(name: name(), kind: .text, type: "")
    setType(of: &column, to: pick(SampleTable.Column.Kind.allCases))
    if chance(3) { column.defaultText = defaultText(of: column.kind) }
    if chance(4) { column.collation = pick(["NOCASE", "RTRIM"]) }
    if chance(5) { column.check = check(column.name) }
    if chance(8) { column.isUnique = true }
    if chance(4) {
      column.isNotNull = true
      column.nullConflict = pick(["", "", "", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE"])
      if !chance(4) { column.defaultText = defaultText(of: column.kind) }
    }
    return column
  }

  private mutating func setType(of column: inout SampleTable.Column, to kind: SampleTable.Column.Kind) {
    column.kind = kind
    column.type =
      switch kind {
      case .text: pick(["VARCHAR", "VARCHAR(99)", "TEXT", "varchar(88)", "clob", "CHARACTER VARYING(70)"])
      case .integer:
        pick(["BIGINT", "INTEGER", "SMALLINT", "INT", "UNSIGNED BIG INT", "NUMERIC(12, 3)", "DECIMAL(10,5)"])
      case .real: pick(["FLOAT", "REAL", "double precision"])
      case .blob: pick(["BLOB", ""])
      }
    if column.defaultText != nil { column.defaultText = defaultText(of: kind) }
  }

  private mutating func defaultText(of kind: SampleTable.Column.Kind) -> String {
    switch kind {
    case .text: pick(["'it''s, ('", "CURRENT_TIMESTAMP", "('a' || lower('B'))", "''"])
    case .integer: pick(["-4", "(1 + (2))", "TRUE", "0", "(abs(-7))"])
    case .real: pick(["1.5", "-2e3", "(1.5 * 2)"])
    case .blob: pick(["x'0A'", "(x'0b')"])
    }
  }

  private mutating func check(_ column: String) -> String {
    let name = SampleTable.quoted(column)
    return pick(["\(name) IS NULL OR \(name) <> ' ),x('", "length(\(name)) < 100", "\(name) NOT IN ('x', 'y')"])
  }

  private mutating func change(_ table: inout SampleTable) {
    let position = number(0...(table.columns.count - 1))
    let column = table.columns[position]
    let quoted = SampleTable.quoted(column.name)
    switch number(0...17) {
    case 0, 1: table.columns.insert(self.column(), at: number(0...table.columns.count))
    case 2: if table.columns.count > 1 { table.columns.remove(at: position) }
    case 3: setType(of: &table.columns[position], to: pick(SampleTable.Column.Kind.allCases))
    case 4: table.columns[position].isNotNull.toggle()
    case 5: table.columns[position].defaultText = chance(3) ? nil : defaultText(of: column.kind)
    case 6: table.columns[position].collation = pick([nil, "NOCASE", "RTRIM"])
    case 7: table.columns[position].check = column.check == nil ? check(column.name) : nil
    case 8: table.columns[position].isUnique.toggle()
    case 9, 10:
      var generated = SampleTable.Column(name: name(), kind: .text, type: "TEXT")
      generated.generated = (
        pick(["\(quoted) || 'x'", "lower(\(quoted))", "substr(\(quoted), 1, 2)"]), column.name, chance(2)
      )
      table.columns.append(generated)
    case 11:
      let columns = some(of: table)
      let name = chance(2) ? "CONSTRAINT \(SampleTable.quoted(self.name())) " : ""
      table.constraints.append(
        .init(
          text: "\(name)UNIQUE (\(SampleTable.list(columns)))\(conflict(in: table))", columns: columns, isTarget: true))
    case 12:
      let name = chance(2) ? "CONSTRAINT \(SampleTable.quoted(self.name())) " : ""
      table.constraints.append(.init(text: "\(name)CHECK (\(check(column.name)))", columns: [column.name]))
    case 13: if !table.constraints.isEmpty { table.constraints.removeLast() }
    case 14: table.indexes.append(index(on: table))
    case 15: if chance(2), !table.indexes.isEmpty { table.indexes.removeFirst() }
    case 16: if chance(2) { table.isStrict.toggle() } else { table.isWithoutRowID.toggle() }
    default: if chance(2) { rekey(&table) } else if !table.foreignKeys.isEmpty { table.foreignKeys.removeFirst() }
    }
  }

  private mutating func some(of table: SampleTable) -> [String] {
    Array(table.stored.map(\.name).shuffled(using: &random).prefix(number(1...2)))
  }

  /// Two for the same columns must not differ, so that a table has but one.
  private mutating func conflict(in table: SampleTable) -> String {
    guard table.keyConflict.isEmpty, !table.constraints.contains(where: { $0.text.contains(" ON CONFLICT ") }) else {
      return ""
    }
    return pick(["", "", "", " ON CONFLICT REPLACE", " ON CONFLICT FAIL", " ON CONFLICT ROLLBACK"])
  }

  private mutating func rekey(_ table: inout SampleTable) {
    table.key = chance(4) ? [] : some(of: table)
    table.isKeyInline = table.key.count == 1 && chance(2)
    table.isKeyDescending = chance(4)
    table.keyConflict = ""
    table.keyConflict = conflict(in: table)
    table.isAutoincrement = table.isKeyInline && !table.isKeyDescending && chance(2)
    guard table.isAutoincrement, let position = table.columns.firstIndex(where: { [$0.name] == table.key }) else {
      return
    }
    table.columns[position].kind = .integer
    table.columns[position].type = "INTEGER"
    table.columns[position].defaultText = nil
  }

  private mutating func index(on table: SampleTable) -> SampleTable.Part {
    let columns = Array(table.columns.map(\.name).shuffled(using: &random).prefix(number(1...3)))
    let elements = columns.map { column in
      let quoted = SampleTable.quoted(column)
      return (chance(4) ? "(lower(\(quoted)))" : quoted) + (chance(4) ? " COLLATE NOCASE" : "")
        + (chance(3) ? " DESC" : "")
    }
    let condition = chance(4) ? " WHERE \(SampleTable.quoted(columns[0])) IS NOT NULL" : ""
    let text =
      "CREATE \(chance(4) ? "UNIQUE " : "")INDEX \(SampleTable.quoted(name())) ON \(SampleTable.quoted(table.name))"
      + " (\(elements.joined(separator: ", ")))\(condition)"
    return .init(text: text, columns: columns)
  }

  /// Foreign keys to what is unique in some table, itself and later ones included.
  private mutating func addForeignKeys(to table: inout SampleTable, among tables: [SampleTable]) {
    for _ in 0..<number(0...2) {
      let other = pick(tables)
      let current = other.name == table.name ? table : other
      let targets = [current.key] + current.constraints.filter(\.isTarget).map(\.columns)
      let target = pick(targets)
      guard !target.isEmpty else { continue }
      let columns = Array(table.stored.map(\.name).shuffled(using: &random).prefix(target.count))
      guard columns.count == target.count else { continue }
      table.foreignKeys.append(
        .init(
          columns: columns, table: current.name, referenced: target,
          namesColumns: target != current.key || chance(2),
          actions: pick([
            "", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE", " ON UPDATE RESTRICT",
            " MATCH FULL ON DELETE SET DEFAULT", " ON DELETE RESTRICT MATCH SIMPLE",
          ])
            + pick(["", "", " DEFERRABLE INITIALLY DEFERRED"]),
          isInline: columns.count == 1 && chance(2)))
    }
  }

  /// Returns the tables without references to missing objects, and without anything that SQLite always refuses.
  private func repaired(_ tables: [SampleTable]) -> [SampleTable] {
    var tables = tables
    for position in tables.indices { repair(&tables[position]) }
    let sound = tables
    for position in tables.indices {
      let table = sound[position]
      tables[position].foreignKeys.removeAll { key in
        guard let other = sound.first(where: { $0.name == key.table }) else { return true }
        let isKey = other.key == key.referenced
        let isTarget = isKey || other.constraints.contains { $0.isTarget && $0.columns == key.referenced }
        return !isTarget || (!key.namesColumns && !isKey) || !key.columns.allSatisfy { table.column($0) != nil }
      }
    }
    return tables
  }

  private func repair(_ table: inout SampleTable) {
    var names: Set<String> = []
    // A generated column depends on columns of its table; chains are removed from their start.
    repeat {
      names = Set(table.columns.map(\.name))
      table.columns.removeAll { $0.generated.map { !names.contains($0.source) } ?? false }
    } while names.count != table.columns.count
    for position in table.columns.indices where table.columns[position].generated != nil {
      table.columns[position].defaultText = nil
    }
    // A table of generated columns alone is refused.
    if table.stored.isEmpty { table.columns.append(.init(name: "\(table.name) only", kind: .integer, type: "INT")) }
    names = Set(table.columns.map(\.name))
    let isThere = { (part: SampleTable.Part) in
      !part.columns.isEmpty && part.columns.allSatisfy(names.contains)
    }
    table.constraints = table.constraints.filter(isThere)
    table.indexes = table.indexes.filter(isThere)
    table.key = table.key.filter(names.contains)
    if table.key.isEmpty {
      table.isKeyInline = false
      table.isWithoutRowID = false
      table.keyConflict = ""
    }
    table.isKeyInline = table.isKeyInline && table.key.count == 1
    let isInteger =
      table.key.first.flatMap { table.column($0) }.map { $0.kind == .integer && $0.type == "INTEGER" } ?? false
    table.isAutoincrement =
      table.isAutoincrement && table.isKeyInline && !table.isKeyDescending && isInteger && !table.isWithoutRowID
  }

  /// Triggers and views on tables that stay, which name only what stays.
  private mutating func addOthers(_ first: inout [SampleTable], _ second: inout [SampleTable]) {
    for position in first.indices {
      guard let later = second.firstIndex(where: { $0.name == first[position].name }) else { continue }
      let table = SampleTable.quoted(first[position].name)
      let kept = first[position].columns.map(\.name).filter { second[later].column($0) != nil }
      guard chance(3), let column = kept.first.map(SampleTable.quoted) else { continue }
      let text =
        chance(2)
        ? "CREATE TRIGGER \(SampleTable.quoted(name())) AFTER DELETE ON \(table) BEGIN SELECT OLD.\(column); END"
        : "CREATE VIEW \(SampleTable.quoted(name())) AS SELECT \(column) FROM \(table)"
      let other = SampleTable.Part(text: text, columns: [])
      first[position].others.append(other)
      second[later].others.append(other)
    }
  }
}
