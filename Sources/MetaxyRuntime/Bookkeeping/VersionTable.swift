internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
package import MetaxyNames
internal import MetaxySchema

/// The version table, with Alembic's layout.
package struct VersionTable {
  package let table: TableName
  private let dialect: any Dialect

  package init(_ table: TableName, dialect: any Dialect) {
    self.table = table
    self.dialect = dialect
  }

  /// Returns the current revisions of the database; none if the table does not exist.
  ///
  /// - Parameter exists: whether the table is known to exist.
  package func revisions(_ connection: any Connection, exists: Bool = false) throws(MetaxyError) -> Set<String> {
    if !exists { guard try connection.hasTable(table) else { return [] } }
    let rows = try connection.repeatedQuery("SELECT \(dialect.quoted(Self.column)) FROM \(quotedName(connection))")
    return Set(rows.compactMap { $0.first?.text })
  }

  /// Creates the table if it does not exist.
  package func createIfMissing(_ connection: any Connection) throws(MetaxyError) {
    guard try !connection.hasTable(table) else { return }
    let definition = definition(of: table.qualified(connection.defaultSchema))
    try connection.execute(SQLWriter(dialect).createTable(definition))
  }

  /// The statement that creates the table if it does not exist.
  var definition: String {
    get throws(MetaxyError) { try SQLWriter(dialect).createTable(definition(of: table), kind: "TABLE IF NOT EXISTS") }
  }

  private func definition(of table: TableName) -> Table {
    Table(
      name: table, columns: [Column(name: Self.column, type: .varchar(32), isNullable: false)],
      primaryKey: PrimaryKey(name: .given("\(table.name)_pkc"), columns: [Self.column]))
  }

  /// Changes the rows that only `old` contains to those that only `new` contains.
  ///
  /// - Throws: `overlapping_rows` if a revision has several rows, in a table that another program made without a key.
  package func replace(_ old: Set<String>, with new: Set<String>, _ connection: any Connection) throws(MetaxyError) {
    let name = quotedName(connection)
    let column = dialect.quoted(Self.column)
    let (gone, added) = (old.subtracting(new).sorted(), new.subtracting(old).sorted())
    for (place, revision) in gone.enumerated() {
      let condition = "\(column) = \(dialect.placeholder(1))"
      let rows =
        if place < added.count {
          try connection.executeRepeated(
            "UPDATE \(name) SET \(column) = \(dialect.placeholder(2)) WHERE \(condition)",
            [.text(revision), .text(added[place])])
        } else {
          try connection.executeRepeated("DELETE FROM \(name) WHERE \(condition)", [.text(revision)])
        }
      guard rows < 2 else { throw .duplicateRows(of: revision, count: rows, table) }
    }
    for revision in added.dropFirst(gone.count) {
      try connection.executeRepeated(
        "INSERT INTO \(name) (\(column)) VALUES (\(dialect.placeholder(1)))", [.text(revision)])
    }
  }

  /// Deletes every row.
  func clear(_ connection: any Connection) throws(MetaxyError) {
    try connection.execute("DELETE FROM \(quotedName(connection))")
  }

  /// Prevents other sessions from changing the version until the current transaction ends.
  ///
  /// - Parameter exists: whether the table is known to exist.
  func lock(_ connection: any Connection, exists: Bool = false) throws(MetaxyError) {
    if !exists { guard try connection.hasTable(table) else { return } }
    try connection.lockForWriting(table)
  }

  /// The name with its schema, so that no temporary table takes its place.
  func quotedName(_ connection: any Connection) -> String {
    SQLWriter(dialect).name(table.qualified(connection.defaultSchema))
  }

  static let column = "version_num"
}

extension MetaxyError {
  fileprivate static func duplicateRows(of revision: String, count: Int, _ table: TableName) -> MetaxyError {
    MetaxyError(
      .overlappingRows, "`\(table)` has \(count) rows for `\(revision)`, and may have one",
      Payload(revision: revision, schema: table.schema, table: table.name),
      hints: ["\(.stampPurging()) empties the table and sets the version"])
  }
}
