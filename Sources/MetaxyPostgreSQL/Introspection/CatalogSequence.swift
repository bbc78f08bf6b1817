/// A sequence of the catalog.
struct CatalogSequence {
  /// A column, identified by its table and its number.
  struct Column: Hashable {
    var table: CatalogID
    var number: Int
  }

  var schema: String
  var name: String
  var type: String
  var start: Int
  var increment: Int
  var minimum: Int
  var maximum: Int
  var cache: Int
  var cycles: Bool
  var comment: String?
  /// The column that owns the sequence.
  var owner: Column?
  /// Whether the sequence numbers the column: as an identity, or by a default.
  var isNumbering: Bool
  var isUnlogged: Bool

  init(_ row: CatalogRow) {
    schema = row.text(0)
    name = row.text(1)
    type = row.text(2)
    start = row.number(3) ?? 1
    increment = row.number(4) ?? 1
    minimum = row.number(5) ?? 1
    maximum = row.number(6) ?? Int.max
    cache = row.number(7) ?? 1
    cycles = row.flag(8)
    comment = row.optionalText(9)
    owner = row.number(10).flatMap { table in row.number(11).map { Column(table: table, number: $0) } }
    isNumbering = row.flag(12) || row.flag(13)
    isUnlogged = row.text(14) == "u"
  }
}
