internal import MetaxyFeatures
internal import MetaxyNames

extension DesiredSchema {
  /// Takes over what Metaxy's own programs of generation 0.1 decided about existing tables, so that it is not a difference.
  ///
  /// A store makes a table from the first rows: every column is nullable, objects are JSONB, times have a precision, there
  /// is no key and no index, and a join can leave a second `metaxy_deleted_at_right`. The columns of a feature that is
  /// exported without a table are not known here at all.
  ///
  /// - Parameter existing: the live tables, or the recorded ones.
  package mutating func adoptStoreLayouts01(from existing: Schema, _ rules: some ComparisonRules) {
    for table in schema.sorted {
      guard let live = rules.table(table.name, in: existing), StoreLayout01.canAdopt(live, for: table),
        let layout = StoreLayout01(of: table)
      else { continue }
      schema[table.name] = layout.adopting(live, rules)
    }
  }
}

/// The table of a feature, or a system table, of generation 0.1.
private struct StoreLayout01 {
  private let desired: Table
  private let isFeature: Bool
  private static let systemNames = Generation.release01.systemColumnNames

  /// Returns nil for any other table.
  init?(of table: Table) {
    desired = table
    let names = Set(table.columns.map(\.name))
    isFeature = Self.systemNames.allSatisfy(names.contains)
    guard isFeature || SystemTables.generation(of: table.name) == .release01 else { return nil }
  }

  /// Whether `adopting` can change anything: most live tables have a key.
  static func canAdopt(_ live: Table, for table: Table) -> Bool {
    live.primaryKey == nil || table.columns.count == systemNames.count
  }

  func adopting(_ live: Table, _ rules: some ComparisonRules) -> Table {
    var table = desired
    if isMadeByStore(live, rules) {
      table.columns = table.columns.map { column in
        rules.column(column.name, of: live).map { Self.adopting($0, for: column) } ?? column
      }
      if !isFeature { table.indexes.removeAll { index in !live.indexes.contains { $0.elements == index.elements } } }
      table.columns += strangers(of: live, rules).filter { $0.name.hasPrefix("metaxy_") }
    }
    if isFeature, desired.columns.count == Self.systemNames.count {
      table.columns += strangers(of: live, rules).filter { !$0.name.hasPrefix("metaxy_") }
      table.primaryKey = live.primaryKey
      table.uniques = live.uniques
      table.checks = live.checks
      table.foreignKeys = live.foreignKeys
      table.indexes = live.indexes
    }
    return table
  }

  /// Whether the table has every system column, and all of them are nullable, as only a store makes it.
  private func isMadeByStore(_ live: Table, _ rules: some ComparisonRules) -> Bool {
    let names = isFeature ? Self.systemNames : desired.columns.map(\.name)
    let columns = names.compactMap { rules.column($0, of: live) }
    return live.primaryKey == nil && columns.count == names.count && columns.allSatisfy(\.isNullable)
  }

  private func strangers(of live: Table, _ rules: some ComparisonRules) -> [Column] {
    live.columns.filter { rules.column($0.name, of: desired) == nil }
  }

  private static func adopting(_ live: Column, for desired: Column) -> Column {
    var column = desired
    column.isNullable = column.isNullable || live.isNullable
    if isSameKind(live.type, desired.type) { column.type = live.type }
    return column
  }

  /// Whether a store can have made the one for the other.
  private static func isSameKind(_ live: ColumnType, _ desired: ColumnType) -> Bool {
    switch (live, desired) {
    case (.jsonb, .json): true
    case (.raw(let words), .timestamp): words.text.isTimestamp(withZone: true)
    case (.raw(let words), .raw(let other)):
      words.text.isTimestamp(withZone: false) && other.text.isTimestamp(withZone: false)
    default: false
    }
  }
}

extension String {
  /// Whether the text names PostgreSQL's timestamp, of any precision.
  fileprivate func isTimestamp(withZone: Bool) -> Bool {
    let text = lowercased()
    let hasZone = text.hasPrefix("timestamptz") || text.hasSuffix("with time zone")
    return text.hasPrefix("timestamp") && hasZone == withZone
  }
}
