internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The rows of generation 0.1 that are marked as deleted: the first generation has no mark, so they count again.
struct SoftDeletedRows {
  private let dialect: any Dialect
  private let connection: any Connection

  init(_ dialect: any Dialect, _ connection: any Connection) {
    self.dialect = dialect
    self.connection = connection
  }

  /// Returns a warning for each converted table with such rows.
  func warnings(_ loaded: LoadedSchemas) throws(MetaxyError) -> [String] {
    guard loaded.generation == .seed else { return [] }
    let mark = SystemColumn01.deletedAt.rawValue
    var warnings: [String] = []
    for name in loaded.converted {
      guard let table = loaded.live.before.definition[name], table.column(mark) != nil else { continue }
      let rows = try connection.query(
        "SELECT count(*) FROM \(SQLWriter(dialect).name(name)) WHERE \(dialect.quoted(mark)) IS NOT NULL")
      guard let count = rows.first?.first?.integer, count > 0 else { continue }
      warnings.append(
        "\(name) has \(Wording.count(count, "deleted row")), by `\(mark)`: generation `seed` has none, so"
          + " \(count == 1 ? "it counts" : "they count") again unless DELETE removes \(count == 1 ? "it" : "them") before"
      )
    }
    return warnings
  }
}
