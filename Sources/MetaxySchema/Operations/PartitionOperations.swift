package import MetaxySQL

/// Makes a table a part of another one, changes which rows it takes, or lets it stand by itself.
///
/// ```sql
/// ALTER TABLE "measurement" ATTACH PARTITION "measurement_y2006" FOR VALUES FROM ('2006-01-01') TO ('2007-01-01')
/// ```
package struct ChangePartition: OperationPayload {
  package var table: TableName
  /// nil where the table stood by itself.
  package var old: Partition?
  /// nil where it shall.
  package var new: Partition?

  package init(table: TableName, from old: Partition?, to new: Partition?) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_partition" }
  package var reversed: MigrationOperation { .changePartition(.init(table: table, from: new, to: old)) }
  package var before: String? { old?.displayText }
  package var after: String? { new?.displayText }
}

/// Changes the storage parameters of a table.
///
/// ```sql
/// ALTER TABLE "video" SET (fillfactor = 70)
/// ```
package struct ChangeStorage: OperationPayload {
  package var table: TableName
  package var old: StorageParameters
  package var new: StorageParameters

  package init(table: TableName, from old: StorageParameters, to new: StorageParameters) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_storage" }
  package var reversed: MigrationOperation { .changeStorage(.init(table: table, from: new, to: old)) }
  package var before: String? { old.text }
  package var after: String? { new.text }
}
