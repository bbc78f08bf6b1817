internal import MetaxyDatabase
public import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyTime

/// The system columns that a row has since Metaxy 0.1, besides its data version by field and feature version.
public struct RowRecord: Sendable, Hashable {
  /// The hash of what each field was computed from; for a feature without dependencies, what the program gave.
  public let provenance: [FieldKey: String]
  /// The one hash of the provenance.
  public let provenanceHash: String?
  /// The one hash of the data versions.
  public let dataVersionHash: String?
  /// The version of the project that the row was written for.
  public let projectVersion: String?
  /// The time when the row was created, in UTC: `2026-11-22 10:07:31.123456`.
  public let createdAt: String?
  /// The time when the row was written, in UTC.
  public let updatedAt: String?
  /// The run that wrote the row.
  public let materializationID: String?
}

/// The values of the system columns of a row.
struct RecordValues {
  private let values: ArraySlice<SQLValue>

  init(_ row: [SQLValue], from start: Int) { values = row[start..<start + SystemColumn01.allCases.count] }

  subscript(column: SystemColumn01) -> SQLValue {
    let position = SystemColumn01.allCases.firstIndex(of: column) ?? 0
    return values[values.startIndex + position]
  }

  func record(_ fields: [RegisteredField]) throws(RecordProblem) -> RowRecord {
    RowRecord(
      provenance: try hashes(.provenanceByField, fields), provenanceHash: self[.provenance].text,
      dataVersionHash: self[.dataVersion].text, projectVersion: self[.projectVersion].text,
      createdAt: time(.createdAt), updatedAt: time(.updatedAt), materializationID: self[.materializationID].text)
  }

  /// Returns the hashes by field; a field whose hash is null has none.
  func hashes(_ column: SystemColumn01, _ fields: [RegisteredField]) throws(RecordProblem) -> [FieldKey: String] {
    // The tables that Metaxy's store makes allow NULL.
    guard self[column] != .null else { return [:] }
    guard case .text(let text) = self[column], let hashes = FieldHashes(text) else {
      throw RecordProblem(
        column: column.rawValue, reason: "\(self[column].displayText) is not a JSON object of texts and nulls")
    }
    var byField: [FieldKey: String] = [:]
    for field in fields { byField[field.key] = hashes[field.key.memberName] }
    return byField
  }

  private func time(_ column: SystemColumn01) -> String? { self[column].text.map(Timestamp.normalised) }
}

/// A system column with a value of another form.
struct RecordProblem: Error {
  let column: String
  let reason: String
}
