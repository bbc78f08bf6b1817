public import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxySchema

/// The table that says at which revisions a database is, laid out as Alembic's.
public struct VersionTable {
  public let name: String
  private let dialect: any Dialect

  public init(name: String, dialect: any Dialect) {
    self.name = name
    self.dialect = dialect
  }

  /// Returns the revisions that the database is at; none where the table does not exist.
  public func revisions(_ connection: any Connection) throws(MetaxyError) -> Set<String> {
    guard try exists(connection) else { return [] }
    let rows = try connection.query("SELECT \(dialect.quoted(Self.column)) FROM \(dialect.quoted(name))")
    return Set(rows.compactMap { $0.first?.text })
  }

  func createIfMissing(_ connection: any Connection) throws(MetaxyError) {
    guard try !exists(connection) else { return }
    let table = Table(
      name: TableName(name), columns: [Column(name: Self.column, type: .varchar(32), isNullable: false)],
      primaryKey: PrimaryKey(name: .given("\(name)_pkc"), columns: [Self.column]))
    try connection.execute(SQLWriter(dialect).createTable(table))
  }

  /// Takes out what is in `old` alone and puts in what is in `new` alone.
  func replace(_ old: Set<String>, with new: Set<String>, _ connection: any Connection) throws(MetaxyError) {
    let condition = "\(dialect.quoted(Self.column)) = \(dialect.placeholder(1))"
    for revision in old.subtracting(new).sorted() {
      try connection.execute("DELETE FROM \(dialect.quoted(name)) WHERE \(condition)", [.text(revision)])
    }
    for revision in new.subtracting(old).sorted() {
      try connection.execute(
        "INSERT INTO \(dialect.quoted(name)) (\(dialect.quoted(Self.column))) VALUES (\(dialect.placeholder(1)))",
        [.text(revision)])
    }
  }

  private func exists(_ connection: any Connection) throws(MetaxyError) -> Bool {
    try connection.tableNames().contains(name)
  }

  private static let column = "version_num"
}
