internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// The columns of a feature's rows that find the rows of a parent.
struct ParentColumns {
  /// Their names in the table of the parent.
  let names: [String]
  let child: RowLayout
  private let parent: FeatureKey
  private let positions: [Int]

  /// - Parameters:
  ///   - columns: the columns of the child.
  ///   - names: their names in the table of the parent, in the same order.
  ///   - child: the layout of the feature.
  ///   - parent: the parent.
  /// - Throws: `parent_ids_missing` if the child lacks a column.
  init(
    _ columns: [String], named names: [String], of child: RowLayout, to parent: RegisteredFeature
  ) throws(MetaxyError) {
    positions = try columns.map { column throws(MetaxyError) in
      guard let position = child.position(ofColumn: column) else {
        throw .parentFarther(child.feature.key, parent, column: column)
      }
      return position
    }
    self.names = names
    self.child = child
    self.parent = parent.key
  }

  /// Returns what a row has in the columns.
  func id<Root: Feature>(_ row: PendingRow<Root>) -> RowID { RowID(positions.map { row.values[$0] }) }

  /// Returns values in a form that does not depend on the engine's.
  func normalised(_ id: RowID) -> RowID {
    RowID(zip(positions, id.values).map { child.forms[$0].normalised($1) })
  }

  /// The error for a row whose parent cannot be used.
  func refusal<Root: Feature>(_ row: PendingRow<Root>, _ reason: String) -> MetaxyError {
    let id = zip(names, id(row).values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
    return .rowRefused(
      child.feature.key, row: row.number, id: child.displayID(row.id.values),
      "its parent `\(parent)` with \(id) \(reason)")
  }
}
