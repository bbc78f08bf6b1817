package import MetaxyConfiguration
internal import MetaxyFeatures
package import MetaxyNames

/// The table of a feature, as far as its samples and their newest rows depend on it.
package struct SampleTable: Sendable, Hashable {
  /// The table, with its schema if the engine has schemas.
  package var name: TableName
  package var dialect: StoreDialect
  package var generation: Generation
  package var idColumns: [String]
  /// The column whose greatest value marks the newest row of a sample; nil for none.
  package var order: String?

  package init(
    name: TableName, dialect: StoreDialect, generation: Generation, idColumns: [String], order: String?
  ) {
    self.name = name
    self.dialect = dialect
    self.generation = generation
    self.idColumns = idColumns
    self.order = order
  }

  /// The column that orders the rows of a sample, as far as one does: of rows that are not deleted, since Metaxy 0.1.
  package var orderColumn: String? { generation == .release01 ? SystemColumn01.updatedAt.rawValue : order }

  /// The time by which rows since Metaxy 0.1 are ordered, in the table with an alias.
  ///
  /// SQLite keeps the text that a program wrote, with a blank or a `T` between date and time.
  func time(of alias: String) -> String {
    let columns: [SystemColumn01] = [.deletedAt, .updatedAt]
    let time = "coalesce(\(columns.map { "\(alias).\(SQLText.identifier($0.rawValue))" }.joined(separator: ", ")))"
    return dialect == .sqlite ? "replace(\(time), 'T', ' ')" : time
  }
}
