package import MetaxyErrors
import MetaxyFeatures
package import MetaxyGraph
package import MetaxyNames
internal import MetaxySQL

/// Derives tables from features.
package struct Derivation: Sendable {
  /// Whether tables are named after their features' keys; otherwise after their types, as in SQLModel.
  package var infersTableNames: Bool
  /// The folded names that features must not use, in any schema: an engine without schemas has only the name.
  private let reservedNames: Set<ScalarString>
  /// What the names of tables start with in the store; empty for nothing.
  package let prefix: String

  /// - Parameters:
  ///   - reservedTables: tables that features must not define: version and log tables.
  ///   - prefix: what the names of tables start with in the store.
  package init(infersTableNames: Bool, reservedTables: Set<TableName>, prefix: String = "") {
    self.infersTableNames = infersTableNames
    self.prefix = prefix
    reservedNames = Set(reservedTables.map { ScalarString($0.name.folded) })
  }

  /// Returns the tables of `features` and the problems of their names.
  ///
  /// External features have none, because another project manages their tables, and neither have those whose table another
  /// definition has.
  package func schema(of features: [FeatureDefinition]) -> (desired: DesiredSchema, problems: [Diagnostic]) {
    let text = self.prefix
    let prefix = TablePrefix(
      text,
      tables: features.map { feature in
        let name = TableDerivation.name(of: feature, infersTableNames: infersTableNames)
        // A declared table has its prefix already.
        return feature.definesTable || !name.hasPrefix(text) ? name : String(name.dropFirst(text.count))
      })
    let features = features.filter { $0.definesTable && !$0.details01.isExternal }
    var desired = DesiredSchema()
    var problems: [Diagnostic] = []
    var owners: [TableName: (name: TableName, feature: FeatureDefinition)] = [:]
    var objects: [TableName: (what: String, feature: FeatureDefinition)] = [:]
    for feature in features.sorted(by: { $0.source < $1.source }) {
      let derivation = TableDerivation(feature, infersTableNames: infersTableNames, prefix: prefix)
      let table = derivation.table
      problems += problem(of: table.name, feature)
      let folded = table.name.folded
      if let owner = owners[folded] {
        if [feature, owner.feature].allSatisfy({ $0.generation == .release01 && $0.table == nil }), infersTableNames {
          desired.sharedTables.append(.sharedTable01(table.name, feature, owner.feature))
          continue
        }
        problems.append(.sharedTable(table.name, feature, owner.name, owner.feature))
        continue
      }
      owners[folded] = (table.name, feature)
      for index in table.indexes {
        // Indexes and tables share one namespace in SQLite, and one in each schema of PostgreSQL.
        let key = TableName(index.name.text, schema: table.name.schema).folded
        if let other = objects[key] {
          problems.append(.sharedIndexName(index.name.text, feature, other.what, other.feature))
        }
        objects[key] = ("index `\(index.name.text)`", feature)
      }
      desired.add(table, of: feature, prefix: prefix.text)
    }
    for table in desired.schema.sorted {
      for index in table.indexes {
        let name = TableName(index.name.text, schema: table.name.schema)
        guard let owner = owners[name.folded], let feature = owners[table.name.folded]?.feature
        else { continue }
        problems.append(.sharedIndexName(index.name.text, feature, "the table `\(owner.name)`", owner.feature))
      }
    }
    problems += features.flatMap { uncheckableReferences(of: $0, desired) }
    return (desired, problems)
  }

  /// Returns the name of a feature's table.
  package func tableName(of feature: FeatureDefinition) -> TableName {
    TableDerivation(feature, infersTableNames: infersTableNames, prefix: TablePrefix(prefix, tables: [])).name
  }

  /// The same derivation for a store with another prefix.
  package func replacing(prefix: String) -> Derivation { Derivation(self, prefix: prefix) }

  private init(_ other: Derivation, prefix: String) {
    infersTableNames = other.infersTableNames
    reservedNames = other.reservedNames
    self.prefix = prefix
  }

  /// Reports foreign keys to columns of another feature that are neither its primary key nor unique: engines refuse
  /// them or writes to them.
  private func uncheckableReferences(of feature: FeatureDefinition, _ desired: DesiredSchema) -> [Diagnostic] {
    let name = tableName(of: feature)
    return (desired.schema[name]?.foreignKeys ?? []).compactMap { key in
      guard let other = desired.schema[key.table], !other.isUnique(key.referencedColumns) else { return nil }
      let columns = Wording.list(key.referencedColumns)
      return Diagnostic(
        .warning,
        "a foreign key of feature `\(feature.key)` refers to \(columns) of `\(key.table)`, which is neither its primary key"
          + " nor unique, which engines do not accept", at: feature.source)
    }
  }

  private func problem(of name: TableName, _ feature: FeatureDefinition) -> [Diagnostic] {
    let folded = name.name.folded
    if name.name.isEmpty { return [.unusableTableName(name, feature, "is empty")] }
    if name.name.utf8.count > ObjectNames.maximumLength {
      let length = name.name.utf8.count
      return [.unusableTableName(name, feature, "has \(length) bytes, and engines allow \(ObjectNames.maximumLength)")]
    }
    if SystemTables.isSystem(name) { return [.unusableTableName(name, feature, "belongs to Metaxy's own tables")] }
    if folded.hasPrefix("sqlite_") { return [.unusableTableName(name, feature, "belongs to SQLite's own tables")] }
    if reservedNames.contains(ScalarString(folded)) {
      return [.unusableTableName(name, feature, "is the name of a version table or a log")]
    }
    return []
  }
}

extension Table {
  /// Returns whether these columns identify a row: they are the primary key, or unique.
  fileprivate func isUnique(_ columns: [String]) -> Bool {
    guard !columns.isEmpty else { return primaryKey != nil }
    let wanted = Set(columns.map { $0.folded })
    let plain = indexes.filter { $0.isUnique && $0.predicate == nil }.compactMap(\.plainColumns)
    let keys = (primaryKey.map { [$0.columns] } ?? []) + uniques.map(\.columns) + plain
    return keys.contains { Set($0.map { $0.folded }) == wanted }
  }
}

extension Index {
  /// The columns of the index; nil if it contains an expression.
  fileprivate var plainColumns: [String]? {
    let columns = elements.compactMap { if case .column(let name) = $0.term { name } else { nil as String? } }
    return columns.count == elements.count ? columns : nil
  }
}

extension DesiredSchema {
  mutating func add(_ table: Table, of feature: FeatureDefinition, prefix: String) {
    schema[table.name] = table
    tableSources[table.name] = feature.source
    columnSources[table.name] = Dictionary(feature.columns.map { ($0.name, $0.source) }) { first, _ in first }
    renames.tables[table.name] = feature.tableRenamedFrom.map { prefix + $0 }
    let former = feature.columns.compactMap { column in column.renamedFrom.map { (column.name, $0) } }
    if !former.isEmpty { renames.columns[table.name] = Dictionary(former) { first, _ in first } }
    let values = feature.columns.filter { !$0.renamedValues.isEmpty }.map { ($0.name, $0.renamedValues) }
    if !values.isEmpty { renames.values[table.name] = Dictionary(values) { first, _ in first } }
  }
}

extension Diagnostic {
  fileprivate static func sharedTable(
    _ name: TableName, _ feature: FeatureDefinition, _ other: TableName, _ owner: FeatureDefinition
  ) -> Diagnostic {
    Diagnostic(
      "feature `\(feature.key)` has the table `\(name)`, which is the table of feature `\(owner.key)` too",
      at: feature.source,
      notes: [
        .init("feature `\(owner.key)` has the table `\(other)` here", at: owner.source),
        .init("rename one of them with `table:`"),
      ])
  }

  fileprivate static func sharedTable01(
    _ name: TableName, _ feature: FeatureDefinition, _ owner: FeatureDefinition
  ) -> Diagnostic {
    Diagnostic(
      "the keys `\(owner.key)` and `\(feature.key)` give both features the table `\(name)`: hyphens become underscores",
      at: feature.source,
      notes: [
        .init("feature `\(owner.key)` is declared here", at: owner.source),
        .init("use another key for one of them"),
      ])
  }

  fileprivate static func sharedIndexName(
    _ name: String, _ feature: FeatureDefinition, _ what: String, _ owner: FeatureDefinition
  ) -> Diagnostic {
    Diagnostic(
      "feature `\(feature.key)` has an index `\(name)`, but \(what) of feature `\(owner.key)` has that name, too",
      at: feature.source, notes: [.init("feature `\(owner.key)` is declared here", at: owner.source)])
  }

  fileprivate static func unusableTableName(
    _ name: TableName, _ feature: FeatureDefinition, _ reason: String
  ) -> Diagnostic {
    Diagnostic(
      "feature `\(feature.key)` cannot have the table `\(name)`: the name \(reason)", at: feature.source,
      notes: [.init("rename it with `table:`")])
  }
}
