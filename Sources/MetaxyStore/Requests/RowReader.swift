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
    decoder = RowDecoder(layout, from: start + layout.systemColumns.count)
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
    guard layout.generation == .seed else { return try stored(value, RecordValues(row, from: start), row) }
    return StoredRow(
      value: value, dataVersion: try dataVersion(row), featureVersion: row[start + 1].text,
      featureSpecVersion: row[start + 2].text, snapshotVersion: row[start + 3].text, record: nil)
  }

  /// Returns a row since Metaxy 0.1.
  private func stored(
    _ value: Root, _ values: RecordValues, _ row: [SQLValue]
  ) throws(MetaxyError) -> StoredRow<Root> {
    do throws(RecordProblem) {
      return StoredRow(
        value: value, dataVersion: try values.hashes(.dataVersionByField, layout.feature.fields),
        featureVersion: values[.featureVersion].text, featureSpecVersion: nil, snapshotVersion: nil,
        record: try values.record(layout.feature.fields))
    } catch {
      throw unreadable(row, error.column, error.reason, nil)
    }
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
    let first = start + layout.systemColumns.count
    return .rowUnreadable(
      layout.feature.key, id: layout.displayID(layout.idPositions.map { row[first + $0] }), column: column, reason,
      cause: cause)
  }
}
