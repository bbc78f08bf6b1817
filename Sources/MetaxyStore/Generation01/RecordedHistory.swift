internal import MetaxyFeatures
internal import MetaxyNames

extension RowQuery {
  /// Returns the table of a request for all rows; since Metaxy 0.1 without those that mark a deletion.
  func history(of layout: RowLayout, _ alias: String) -> String {
    guard layout.generation == .release01 else { return table(layout, alias) }
    let deletedAt = SQLText.identifier(SystemColumn01.deletedAt.rawValue)
    return "(SELECT * FROM \(SQLText.identifier(layout.table)) WHERE \(deletedAt) IS NULL) AS \(alias)"
  }
}
