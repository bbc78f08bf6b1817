internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Decodes a feature's rows from the values of a query: the system columns, then those of the properties.
final class RowReader<Root: Feature> {
  private let layout: RowLayout
  private let decoder: RowDecoder
  /// The position of the first system column.
  private let start: Int
  /// The fields by the texts of their keys, so that each key is parsed once.
  private let fields: [String: FieldKey]

  init(_ layout: RowLayout, from start: Int) {
    self.layout = layout
    self.start = start
    decoder = RowDecoder(layout, from: start + SystemColumn.names.count)
    fields = Dictionary(layout.feature.fields.map { ($0.key.text, $0.key) }) { first, _ in first }
  }

  func read(_ row: [SQLValue]) throws(MetaxyError) -> StoredRow<Root> {
    let value: Root
    do {
      value = try decoder.decode(Root.self, row)
    } catch let problem as CellProblem {
      throw unreadable(row, problem.column, problem.reason, problem.cause)
    } catch {
      throw unreadable(row, nil, "the row cannot be decoded: \(JSONText.reason(error))", error)
    }
    return StoredRow(
      value: value, dataVersion: try dataVersion(row), featureVersion: row[start + 1].text,
      featureSpecVersion: row[start + 2].text, snapshotVersion: row[start + 3].text)
  }

  private func dataVersion(_ row: [SQLValue]) throws(MetaxyError) -> [FieldKey: String] {
    // Metaxy's own tables allow NULL.
    guard row[start] != .null else { return [:] }
    guard case .text(let text) = row[start], let versions = DataVersions(text) else {
      throw unreadable(
        row, SystemColumn.dataVersion.rawValue, "\(row[start].displayText) is not a JSON object of texts", nil)
    }
    var byField: [FieldKey: String] = [:]
    for (key, hash) in versions.fields { byField[fields[key] ?? FieldKey(key)] = hash }
    return byField
  }

  private func unreadable(
    _ row: [SQLValue], _ column: String?, _ reason: String, _ cause: (any Error)?
  ) -> MetaxyError {
    let first = start + SystemColumn.names.count
    return .rowUnreadable(
      layout.feature.key, id: layout.displayID(layout.idPositions.map { row[first + $0] }), column: column, reason,
      cause: cause)
  }
}
