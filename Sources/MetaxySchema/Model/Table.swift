package import MetaxyFeatures
package import MetaxyNames

/// The definition of a table, independent of engines: desired, read from a database, or recorded beside a revision.
///
/// ``LiveTable`` adds the objects that only a database has.
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
  package var settings = TableSettings()
  /// The row policies, except those of a database that are not managed.
  package var policies: [RowPolicy] = []
  /// Whether the settings, and the storage of columns and constraints, are part of the definition. They are in a `.sql`
  /// file, but a feature has none: what its table has in a database then stays as it is.
  @Incomparable package var specifiesSettings = false
  /// The partition key in the engine's syntax: `RANGE (logdate)`; nil if the table is not partitioned.
  package var partitioning: String?
  /// The parent and bound of a partition; nil if the table is not one.
  package var partition: Partition?
  package var comment: String?

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

  /// Returns the column called exactly `name`, or else the one whose name differs only in case; nil if there is none.
  package func column(_ name: String) -> Column? {
    columns.first { $0.name == name } ?? columns.first { $0.name.folded == name.folded }
  }

  /// The table as `CREATE TABLE` creates it; indexes and policies have separate statements.
  package var withoutIndexes: Table {
    var table = self
    table.indexes = []
    table.policies = []
    table.settings = settings.without(indexes: Set(indexes.map(\.name.text)))
    return table
  }
}
