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
  /// The views that read the tables, or each other.
  package var views: [View] = []
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

  /// Returns the schema with only those tables and views for whose names `isIncluded` holds.
  package func filter(_ isIncluded: (TableName) -> Bool) -> LiveSchema {
    var schema = self
    schema.definition = definition.filter(isIncluded)
    schema.dependents = dependents.filter { isIncluded($0.key) }
    schema.views = views.filter { isIncluded($0.name) }
    schema.invalidIndexes = invalidIndexes.filter { isIncluded($0.key) }
    return schema
  }
}
