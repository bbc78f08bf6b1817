extension MetaxyError {
  /// The values that an error is about, for programs. A value that has no part in an error is nil.
  public struct Payload: Sendable, Hashable {
    /// A file or directory, as the message shows it.
    public var path: String?
    /// A store of the configuration.
    public var store: String?
    /// A database, without its password.
    public var database: String?
    /// The identifier of a revision.
    public var revision: String?
    /// The schema of ``table``; nil for the default one, and on SQLite.
    public var schema: String?
    public var table: String?
    public var column: String?
    /// The key of a feature, such as `video/crop`.
    public var feature: String?
    /// The key of a field of ``feature``.
    public var field: String?
    /// The place of a row among those of a write, from 1.
    public var row: Int?
    /// The place of a statement in its revision and direction, from 1.
    public var statement: Int?
    /// The SQL of a statement that was refused.
    public var sql: String?
    /// The place in ``sql`` where the engine found the problem, in UTF-8 bytes from 0.
    public var sqlOffset: Int?
    /// The SQLSTATE with which a PostgreSQL server refused a statement.
    public var sqlState: String?
    /// The constraint that a row violates.
    public var constraint: String?

    public init(
      path: String? = nil, store: String? = nil, database: String? = nil, revision: String? = nil,
      schema: String? = nil, table: String? = nil, column: String? = nil, feature: String? = nil,
      field: String? = nil, row: Int? = nil, statement: Int? = nil, sql: String? = nil, sqlOffset: Int? = nil,
      sqlState: String? = nil, constraint: String? = nil
    ) {
      self.path = path
      self.store = store
      self.database = database
      self.revision = revision
      self.schema = schema
      self.table = table
      self.column = column
      self.feature = feature
      self.field = field
      self.row = row
      self.statement = statement
      self.sql = sql
      self.sqlOffset = sqlOffset
      self.sqlState = sqlState
      self.constraint = constraint
    }
  }
}
