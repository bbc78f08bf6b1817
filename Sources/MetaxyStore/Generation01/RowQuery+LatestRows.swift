internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

extension RowQuery {
  /// Returns the table of a request; since Metaxy 0.1 a query for its latest rows, or for all rows that are not deleted.
  mutating func rows(_ selection: RowSelection, _ layout: RowLayout, _ alias: String) -> String {
    guard layout.generation == .release01 else { return table(layout, alias) }
    let latest = LatestRows(layout)
    guard !selection.hasHistory else { return "(\(latest.history)) AS \(alias)" }
    return "(\(latest.text(ofVersion: selection.version.text(layout).map { place(.text($0)) }))) AS \(alias)"
  }
}
