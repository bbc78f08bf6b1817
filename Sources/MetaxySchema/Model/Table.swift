public import MetaxyFeatures

/// A table without an engine in sight: desired, live, or recorded beside a revision.
public struct Table: Sendable, Hashable {
  public var name: TableName
  public var columns: [Column]
  public var primaryKey: PrimaryKey?
  public var uniques: [UniqueConstraint]
  public var checks: [CheckConstraint]
  public var foreignKeys: [ForeignKey]
  public var indexes: [Index]
  public var exclusions: [ExclusionConstraint] = []
  public var options: [TableOption]
  /// Storage parameters, `fillfactor`, by name.
  public var storage = StorageParameters()
  /// How the rows are spread over other tables, in the engine's words: `RANGE (logdate)`; nil where they are not.
  public var partitioning: String?
  /// Of which table it is a part; nil where it stands by itself.
  public var partition: Partition?
  public var comment: String?
  /// The triggers on the table; they are nobody's definition and never compared, but a table that is made anew gets them
  /// back.
  public var triggers: [Trigger] = []
  /// The views that read the table.
  public var views: [String] = []
  /// The row policies that name columns of the table, those of other tables included. They are nobody's definition and
  /// never compared.
  public var policies: [Policy] = []
  /// The words of each of these views in small letters, among which are the columns that it names.
  public var wordsOfViews: [String: Set<String>] = [:]
  /// The words of the triggers that name the table, those of other tables included.
  public var wordsOfTriggers: [String: Set<String>] = [:]

  public init(
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
  public func views(naming column: String) -> [String] {
    views.filter { wordsOfViews[$0]?.contains(column.folded) == true }
  }

  /// The triggers that name a column, or seem to.
  public func triggers(naming column: String) -> [String] {
    wordsOfTriggers.filter { $0.value.contains(column.folded) }.keys.sorted()
  }

  /// Returns the column called `name`, to the letter, or else capitals and small letters alike; nil when there is none.
  public func column(_ name: String) -> Column? {
    columns.first { $0.name == name } ?? columns.first { $0.name.folded == name.folded }
  }

  /// The table as `CREATE TABLE` makes it; indexes are made by statements of their own.
  public var withoutIndexes: Table {
    var table = self
    table.indexes = []
    return table
  }
}

/// A trigger, in the words of its engine.
public struct Trigger: Sendable, Hashable {
  public var name: String
  public var sql: String

  public init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// A column of a table.
public struct Column: Sendable, Hashable {
  public var name: String
  public var type: ColumnType
  public var isNullable: Bool
  /// What happens to a row that holds NULL where that is not allowed; nil for the engine's usual refusal.
  public var onConflict: ConflictResolution?
  public var defaultValue: ColumnDefault?
  public var generated: GeneratedValue?
  /// How the engine numbers the rows; nil where it does not.
  public var numbering: Numbering?
  public var collation: String?
  public var comment: String?
  /// What the rows that exist get when the column is added; no default of the database.
  public var backfill: LiteralValue?

  public init(
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
public struct Schema: Sendable, Hashable {
  public private(set) var tables: [TableName: Table]
  public var enums: [TableName: EnumType] = [:]
  public var sequences: [TableName: SequenceDefinition] = [:]
  /// The schemas besides the one in which unqualified names are.
  public var namespaces: Set<String> = []
  /// The views that read the tables, or each other.
  public var views: [View] = []

  public init(_ tables: [Table] = []) {
    self.tables = Dictionary(tables.map { ($0.name, $0) }) { _, last in last }
  }

  public subscript(name: TableName) -> Table? {
    get { tables[name] }
    set { tables[name] = newValue }
  }

  /// The tables by name.
  public var sorted: [Table] { tables.values.sorted { $0.name < $1.name } }

  /// Returns the schema with only those tables and views for whose names `isIncluded` holds.
  public func filter(_ isIncluded: (TableName) -> Bool) -> Schema {
    var schema = self
    schema.tables = tables.filter { isIncluded($0.key) }
    schema.views = views.filter { isIncluded($0.name) }
    return schema
  }

  /// Returns the schema with `change` made to each of its tables.
  public func mapTables(_ change: (Table) -> Table) -> Schema {
    var schema = self
    schema.tables = Dictionary(tables.values.map(change).map { ($0.name, $0) }) { _, last in last }
    return schema
  }
}
