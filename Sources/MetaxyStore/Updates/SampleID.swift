internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// The columns that name a sample, with their values.
public struct SampleID<Root: Feature>: Sendable, Hashable, CustomStringConvertible {
  let columns: [String]
  let id: RowID
  /// The forms in which the columns store values.
  private let forms: [ColumnCodec]
  private let feature: FeatureKey

  init(_ layout: RowLayout, columns: [String], _ values: [SQLValue]) {
    self.columns = columns
    id = RowID(values)
    forms = columns.compactMap { layout.position(ofColumn: $0).map { layout.forms[$0] } }
    feature = layout.feature.key
  }

  /// Returns the value of a column: `try sample.id.value(of: VideoCrop.Columns.sampleId)`.
  ///
  /// - Parameter column: One of the columns that name the sample.
  /// - Returns: The value.
  /// - Throws: `MetaxyError`: `unknown_column` for another column, `unreadable_row` for a value of another type.
  public func value<Value: Decodable>(of column: FeatureColumn<Root, Value>) throws -> Value {
    guard let position = forms.firstIndex(where: { ScalarString($0.name) == ScalarString(column.name) }) else {
      throw MetaxyError.unknownColumn(feature, column.name)
    }
    do throws(ColumnProblem) {
      return try forms[position].value(id.values[position], Value.self, JSONText())
    } catch {
      throw MetaxyError.rowUnreadable(feature, id: description, column: column.name, error.reason, cause: error.cause)
    }
  }

  /// The columns with their values, for messages.
  public var description: String {
    zip(columns, id.values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
  }

  /// Whether two samples have the same values.
  public static func == (left: Self, right: Self) -> Bool { left.id == right.id }
  /// Hashes the values.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// How a sample of a feature differs from what its parents, or a program, have.
public enum SampleChange: Sendable, Hashable, CaseIterable {
  /// It has no row yet.
  case new
  /// Its newest row has another data version.
  case changed
  /// It has a row, and nothing that the row would be computed from.
  case orphaned
}

/// A sample whose rows are out of date.
public struct UpdatedSample<Root: Feature>: Sendable, Hashable {
  /// How the sample differs.
  public let change: SampleChange
  /// The columns that name the sample.
  public let id: SampleID<Root>
  /// The data version that a row would be written with now; empty for an orphaned sample.
  public let dataVersion: [FieldKey: String]
}
