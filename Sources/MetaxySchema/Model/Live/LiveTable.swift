package import MetaxyNames
internal import MetaxySQL

/// A table of a database: its definition, and the objects that only a database has.
package struct LiveTable: Sendable, Hashable {
  package var definition: Table
  package var dependents: DependentObjects
  /// The indexes that an interrupted build left behind, by name: the engine does not use them.
  package var invalidIndexes: Set<String>

  package init(_ definition: Table, dependents: DependentObjects = .init(), invalidIndexes: Set<String> = []) {
    self.definition = definition
    self.dependents = dependents
    self.invalidIndexes = invalidIndexes
  }

  package var name: TableName { definition.name }
}
