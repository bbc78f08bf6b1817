internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The layout of a feature's rows: the system columns first, then those of the properties.
struct RowLayout: Sendable {
  let feature: RegisteredFeature
  let dialect: StoreDialect
  let generation: Generation
  let table: TableName
  let forms: [ColumnCodec]
  /// The positions of the ID columns.
  let idPositions: [Int]
  /// The positions of the written columns: those that the database does not generate.
  let writtenPositions: [Int]
  private let positions: [String: Int]

  init(_ feature: RegisteredFeature, _ dialect: StoreDialect, _ generation: Generation) {
    self.feature = feature
    self.dialect = dialect
    self.generation = generation
    table = TableName(feature.table, schema: dialect == .postgresql ? feature.schema : nil)
    forms = feature.columns.map { ColumnCodec($0, dialect) }
    idPositions = feature.idColumns.compactMap { id in
      feature.columns.firstIndex { ScalarString($0.name) == ScalarString(id) }
    }
    writtenPositions = feature.columns.indices.filter { !feature.columns[$0].isGenerated }
    positions = Dictionary(forms.enumerated().map { ($1.codingKey, $0) }) { first, _ in first }
  }

  /// The names of the system columns, which come first in a row.
  var systemColumns: [String] { generation.systemColumnNames }
  /// The names of the columns that a query reads.
  var readColumns: [String] { systemColumns + forms.map(\.name) }
  /// The names of the columns that a write sets.
  var writtenColumns: [String] { systemColumns + writtenPositions.map { forms[$0].name } }

  /// The columns that decide whether a row is up to date: its data version, or its provenance and its data version by field.
  var versionColumns: [String] {
    switch generation {
    case .seed: [SystemColumn.dataVersion.rawValue]
    case .release01: [SystemColumn01.provenance.rawValue, SystemColumn01.dataVersionByField.rawValue]
    }
  }

  /// The columns that order the rows of a sample, as far as columns do; the first one contains the greatest value of a row that
  /// is not deleted.
  var orderColumns: [String] { samples.orderColumn.map { [$0] } ?? [] }

  /// Whether the program gives the data versions, because rows have no parents.
  var hasGivenVersions: Bool {
    generation == .seed ? DataVersionRecipe.isExplicit(feature) : feature.dependencies.isEmpty
  }

  /// The first fields that would share a member in a row: `a/b` and `a_b`, since Metaxy 0.1.
  var fieldsOfOneMember: [FieldKey]? {
    guard generation == .release01 else { return nil }
    let keys = feature.fields.map(\.key)
    let groups = Dictionary(grouping: keys) { ScalarString($0.memberName) }
    return keys.compactMap { groups[ScalarString($0.memberName)] }.first { $0.count > 1 }
  }

  /// The column of a coding key; `next` is the column that is probably asked for, since members are coded in order.
  func position(of codingKey: String, next: inout Int) -> Int? {
    if next < forms.count, forms[next].codingKey == codingKey {
      next += 1
      return next - 1
    }
    // An optional is queried twice: for its presence and for its value.
    if next > 0, forms[next - 1].codingKey == codingKey { return next - 1 }
    guard let position = positions[codingKey] else { return nil }
    next = position + 1
    return position
  }

  /// Returns whether a column contains JSON texts.
  func isJSON(_ column: String) -> Bool { position(ofColumn: column).map { forms[$0].isJSON } ?? false }

  func position(ofColumn name: String) -> Int? { forms.firstIndex { ScalarString($0.name) == ScalarString(name) } }

  /// Returns the values of the ID columns in a form that does not depend on the engine's.
  func normalisedID(_ values: [SQLValue]) -> RowID { RowID(zip(idPositions, values).map { forms[$0].normalised($1) }) }

  /// Returns the ID columns with their values, for messages.
  func displayID(_ values: [SQLValue]) -> String {
    zip(feature.idColumns, values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
  }
}
