internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames

/// A column of a feature's table, as the sources and the database have it.
struct TableColumn {
  /// Its name in files, and the forms of its values.
  let form: RowColumn
  let live: StoredColumn

  /// Its name in the database; SQLite's can differ in case.
  var name: String { SQLText.identifier(live.name) }

  /// Joins the desired columns of a table with the live ones.
  ///
  /// - Parameters:
  ///   - desired: the columns of the sources; nil where another program defines the table, whose columns all count then.
  ///   - problems: gets the differences between both.
  static func columns(
    _ desired: [(name: String, type: ColumnType)]?, _ live: [StoredColumn], in samples: SampleTable,
    _ database: any RowDatabase,
    _ problems: inout [String]
  ) -> [TableColumn] {
    let system = Set(samples.generation.systemColumnNames)
    var columns: [TableColumn] = []
    func add(_ name: String, _ type: ColumnType, _ column: StoredColumn) {
      // Of a type of one engine, the database knows more than its text.
      let isRaw = if case .raw = type { true } else { false }
      columns.append(
        TableColumn(
          form: RowColumn(
            name: name, type: isRaw ? column.type : type, dialect: samples.dialect, isNullable: column.isNullable,
            isSystem: system.contains(name)),
          live: column))
    }
    guard let desired else {
      for column in live { add(column.name, column.type, column) }
      return columns
    }
    for wanted in desired {
      let found =
        live.first { ScalarString($0.name) == ScalarString(wanted.name) }
        ?? live.first { samples.dialect == .sqlite && $0.name.folded == wanted.name.folded }
      guard let found else {
        problems.append("it has no column `\(wanted.name)`")
        continue
      }
      if let other = otherType(found.type, wanted.type, database) {
        problems.append("its column `\(found.name)` is \(other), not \(database.typeName(of: wanted.type))")
      }
      add(wanted.name, wanted.type, found)
    }
    return columns
  }

  /// Returns the engine's name of a live type that differs from the desired one; raw types are not compared.
  private static func otherType(
    _ live: ColumnType, _ desired: ColumnType, _ database: any RowDatabase
  ) -> String? {
    if case .raw = live { return nil }
    if case .raw = desired { return nil }
    let (found, wanted) = (database.typeName(of: live), database.typeName(of: desired))
    return found == wanted ? nil : found
  }
}
