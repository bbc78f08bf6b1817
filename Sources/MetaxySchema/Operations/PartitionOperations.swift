/// Makes a table a part of another one, changes which rows it takes, or lets it stand by itself.
///
/// ```sql
/// ALTER TABLE "measurement" ATTACH PARTITION "measurement_y2006" FOR VALUES FROM ('2006-01-01') TO ('2007-01-01')
/// ```
public struct ChangePartition: MigrationOperation {
  public var table: TableName
  /// nil where the table stood by itself.
  public var old: Partition?
  /// nil where it shall.
  public var new: Partition?

  public init(table: TableName, from old: Partition?, to new: Partition?) {
    self.table = table
    self.old = old
    self.new = new
  }

  public var verb: String { "modify_partition" }
  public var reversed: any MigrationOperation { ChangePartition(table: table, from: new, to: old) }
  public var before: String? { old?.summary }
  public var after: String? { new?.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Changes the storage parameters of a table.
///
/// ```sql
/// ALTER TABLE "video" SET (fillfactor = 70)
/// ```
public struct ChangeStorage: MigrationOperation {
  public var table: TableName
  public var old: StorageParameters
  public var new: StorageParameters

  public init(table: TableName, from old: StorageParameters, to new: StorageParameters) {
    self.table = table
    self.old = old
    self.new = new
  }

  public var verb: String { "modify_storage" }
  public var reversed: any MigrationOperation { ChangeStorage(table: table, from: new, to: old) }
  public var before: String? { old.text }
  public var after: String? { new.text }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}
