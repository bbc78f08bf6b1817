package import MetaxyNames

/// Attaches a table to a partitioned table, changes its bounds, or detaches it.
///
/// ```sql
/// ALTER TABLE "measurement" ATTACH PARTITION "measurement_y2006" FOR VALUES FROM ('2006-01-01') TO ('2007-01-01')
/// ```
package struct ChangePartition: OperationPayload {
  package var table: TableName
  /// nil if the table was not a partition.
  package var old: Partition?
  /// nil if the table will not be a partition.
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
