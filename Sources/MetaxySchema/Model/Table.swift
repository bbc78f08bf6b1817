package import MetaxyFeatures
package import MetaxyNames

/// A table without an engine in sight: desired, live, or recorded beside a revision.
package struct Table: Sendable, Hashable {
  package var name: TableName
  package var columns: [Column]
  package var primaryKey: PrimaryKey?
  package var uniques: [UniqueConstraint]
  package var checks: [CheckConstraint]
  package var foreignKeys: [ForeignKey]
  package var indexes: [Index]
  package var exclusions: [ExclusionConstraint] = []
  package var options: [TableOption]
  /// Storage parameters, `fillfactor`, by name.
  package var storage = StorageParameters()
  /// The partition key in the engine's syntax: `RANGE (logdate)`; nil if the table is not partitioned.
  package var partitioning: String?
  /// The parent and bound of a partition; nil if the table is not one.
  package var partition: Partition?
  package var comment: String?
  /// The triggers on the table; they are nobody's definition and never compared, but a table that is made anew gets them
  /// back.
  package var triggers: [Trigger] = []
  /// The views that read the table.
  package var views: [String] = []
  /// The row policies that name columns of the table, those of other tables included. They are nobody's definition and
  /// never compared.
  package var policies: [Policy] = []
  /// The words of each of these views in small letters, among which are the columns that it names.
  package var wordsOfViews: [String: Set<String>] = [:]
  /// The words of the triggers that name the table, those of other tables included.
  package var wordsOfTriggers: [String: Set<String>] = [:]

  package init(
    name: TableName, columns: [Column] = [], primaryKey: PrimaryKey? = nil, uniques: [UniqueConstraint] = [],
    checks: [CheckConstraint] = [], foreignKeys: [ForeignKey] = [], indexes: [Index] = [],
    options: [TableOption] = [], comment: String? = nil
  ) {
    self.name = name
    self.columns = columns
    self.primaryKey = primaryKey
    self.uniques = uniques
    self.checks = checks
    self.foreignKeys = foreignKeys
    self.indexes = indexes
    self.options = options
    self.comment = comment
  }

  /// The views that name a column, or seem to.
  package func views(naming column: String) -> [String] {
    views.filter { wordsOfViews[$0]?.contains(column.folded) == true }
  }

  /// The triggers that name a column, or seem to.
  package func triggers(naming column: String) -> [String] {
    wordsOfTriggers.filter { $0.value.contains(column.folded) }.keys.sorted()
  }

  /// Returns the column called `name`, to the letter, or else capitals and small letters alike; nil when there is none.
  package func column(_ name: String) -> Column? {
    columns.first { $0.name == name } ?? columns.first { $0.name.folded == name.folded }
  }

  /// The table as `CREATE TABLE` creates it; indexes have separate statements.
  package var withoutIndexes: Table {
    var table = self
    table.indexes = []
    return table
  }
}

/// A trigger, in the words of its engine.
package struct Trigger: Sendable, Hashable {
  package var name: String
  package var sql: String

  package init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// A column of a table.
package struct Column: Sendable, Hashable {
  package var name: String
  package var type: ColumnType
  package var isNullable: Bool
  /// What happens to a row that holds NULL where that is not allowed; nil for the engine's usual refusal.
  package var onConflict: ConflictResolution?
  package var defaultValue: ColumnDefault?
  package var generated: GeneratedValue?
  /// How the engine numbers the rows; nil where it does not.
  package var identity: Identity?
  package var collation: String?
  package var comment: String?
  /// What the rows that exist get when the column is added; no default of the database.
  package var backfill: LiteralValue?

  package init(
    name: String, type: ColumnType, isNullable: Bool = true, defaultValue: ColumnDefault? = nil,
    generated: GeneratedValue? = nil, collation: String? = nil, comment: String? = nil, backfill: LiteralValue? = nil
  ) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.defaultValue = defaultValue
    self.generated = generated
    self.collation = collation
    self.comment = comment
    self.backfill = backfill
  }
}

/// The tables of a database, or of what it shall become, with the types and sequences that they use.
package struct Schema: Sendable, Hashable {
  package private(set) var tables: [TableName: Table]
  package var enums: [TableName: EnumType] = [:]
  package var sequences: [TableName: SequenceDefinition] = [:]
  /// The schemas besides the one in which unqualified names are.
  package var namespaces: Set<String> = []
  /// The views that read the tables, or each other.
  package var views: [View] = []

  package init(_ tables: [Table] = []) {
    self.tables = Dictionary(tables.map { ($0.name, $0) }) { _, last in last }
  }

  package subscript(name: TableName) -> Table? {
    get { tables[name] }
    set { tables[name] = newValue }
  }

  /// The tables by name.
  package var sorted: [Table] { tables.values.sorted { $0.name < $1.name } }

  /// Returns the schema with only those tables and views for whose names `isIncluded` holds.
  package func filter(_ isIncluded: (TableName) -> Bool) -> Schema {
    var schema = self
    schema.tables = tables.filter { isIncluded($0.key) }
    schema.views = views.filter { isIncluded($0.name) }
    return schema
  }

  /// Returns the schema with `change` made to each of its tables.
  package func mapTables(_ change: (Table) -> Table) -> Schema {
    var schema = self
    schema.tables = Dictionary(tables.values.map(change).map { ($0.name, $0) }) { _, last in last }
    return schema
  }
}
