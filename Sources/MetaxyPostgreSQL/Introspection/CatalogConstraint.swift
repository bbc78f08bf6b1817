internal import MetaxyFeatures
internal import MetaxySchema

/// A constraint of the catalog. https://www.postgresql.org/docs/current/catalog-pg-constraint.html
struct CatalogConstraint {
  var id: CatalogID
  /// One letter: `p`, `u`, `c`, `f` or `x`.
  var kind: String
  var name: String
  var deferral: ConstraintDeferral
  var isValidated: Bool
  var isInherited: Bool
  var index: CatalogID
  var expression: String
  var otherSchema: String
  var otherTable: String
  var onUpdate: ForeignKeyAction
  var onDelete: ForeignKeyAction
  /// nil for the default, `SIMPLE`.
  var match: String?
  var comment: String?
  var columns: [String] = []
  var otherColumns: [String] = []
  var operators: [String] = []
  var columnsSetOnDelete: [String] = []

  init(_ row: CatalogRow) {
    id = row.id(1)
    kind = row.text(2)
    name = row.text(3)
    deferral = row.flag(4) ? (row.flag(5) ? .initiallyDeferred : .initiallyImmediate) : .notDeferrable
    isValidated = row.flag(6)
    isInherited = !row.flag(7)
    index = row.id(8)
    expression = row.text(9)
    otherSchema = row.text(10)
    otherTable = row.text(11)
    onUpdate = Self.action(row.text(12))
    onDelete = Self.action(row.text(13))
    match = row.text(14) == "f" ? "FULL" : nil
    comment = row.optionalText(15)
  }

  /// Adds the columns of one row of the constraint.
  mutating func take(_ row: CatalogRow) {
    if let column = row.optionalText(16) { columns.append(column) }
    if let column = row.optionalText(17) { otherColumns.append(column) }
    if let comparison = row.optionalText(18) { operators.append(comparison) }
    if let column = row.optionalText(19) { columnsSetOnDelete.append(column) }
  }

  private static func action(_ letter: String) -> ForeignKeyAction {
    switch letter {
    case "r": .restrict
    case "c": .cascade
    case "n": .setNull
    case "d": .setDefault
    default: .noAction
    }
  }
}
