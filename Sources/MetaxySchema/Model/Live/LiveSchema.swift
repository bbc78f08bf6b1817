package import MetaxyNames
internal import MetaxySQL

/// The schema of a database: its definitions, and the objects that only a database has.
///
/// Only definitions are compared. Rendering needs the other objects: dependent objects of a table that changes must be dropped
/// and restored.
package struct LiveSchema: Sendable, Hashable {
  package var definition: Schema
  /// The dependent objects of each table.
  package var dependents: [TableName: DependentObjects] = [:]
  /// The objects that depend on tables, or on each other, of an engine that records dependencies.
  package var unmanaged: [UnmanagedObject] = []
  /// The unmanaged objects that were dropped with a table or column, and are restored with it.
  package var lost: [UnmanagedObject] = []
  /// The names that no new table, index or sequence can take, those of unmanaged objects included.
  package var takenNames: Set<TableName> = []
  /// The indexes that an interrupted build left behind, by the table or materialized view on which they are.
  package var invalidIndexes: [TableName: Set<String>] = [:]

  package init(_ definition: Schema = Schema()) { self.definition = definition }

  package subscript(name: TableName) -> LiveTable? {
    get {
      definition[name].map {
        LiveTable($0, dependents: dependents[name] ?? .init(), invalidIndexes: invalidIndexes[name] ?? [])
      }
    }
    set {
      definition[name] = newValue?.definition
      dependents[name] = newValue?.dependents
      invalidIndexes[name] = newValue?.invalidIndexes
    }
  }

  /// Returns the schema with only those tables for whose names `isIncluded` holds.
  package func filter(_ isIncluded: (TableName) -> Bool) -> LiveSchema {
    var schema = self
    schema.definition = definition.filter(isIncluded)
    schema.dependents = dependents.filter { isIncluded($0.key) }
    schema.invalidIndexes = invalidIndexes.filter { isIncluded($0.key) }
    return schema
  }
}
