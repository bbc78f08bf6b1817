package import MetaxyFeatures

/// A column of a table.
package struct Column: Sendable, Hashable {
  package var name: String
  package var type: ColumnType
  package var isNullable: Bool
  /// The conflict resolution for a row that violates NOT NULL; nil for the default of the engine.
  package var onConflict: ConflictResolution?
  package var defaultValue: ColumnDefault?
  @Boxed package var generated: GeneratedValue?
  /// The identity of the column, which numbers the rows; nil if it has none.
  @Boxed package var identity: Identity? = nil
  package var collation: String?
  /// How the values are stored, apart from their type.
  @Boxed package var storage = ColumnStorage()
  package var comment: String?
  /// Whether the table has the column only because a parent has it.
  @Incomparable package var isInherited = false
  /// The value that existing rows get when the column is added or becomes NOT NULL.
  @Boxed package var backfill: Backfill?
  /// The expression that converts the values to a new type, over the columns before; nil for the conversion of the engine.
  @Incomparable package var using: SQLExpression?
  /// Whether `integer` stands for an integer of any size: SQLite's INTEGER, as a database or a `.sql` file has it.
  @Incomparable package var isWide = false

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
    self.backfill = backfill.map(Backfill.initial)
  }
}
