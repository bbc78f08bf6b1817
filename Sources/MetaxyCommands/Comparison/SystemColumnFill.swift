internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// Two system columns with the same meaning in the two generations of Metaxy.
struct SystemColumnPair {
  let seed: SystemColumn
  let release01: SystemColumn01

  static let dataVersion = SystemColumnPair(seed: .dataVersion, release01: .dataVersionByField)
  static let all = [
    dataVersion, SystemColumnPair(seed: .featureVersion, release01: .featureVersion),
    SystemColumnPair(seed: .snapshotVersion, release01: .projectVersion),
  ]

  func name(_ generation: Generation) -> String { generation == .seed ? seed.rawValue : release01.rawValue }

  /// Whether the values change with the names of members, so that the column cannot only get another name.
  func hasOtherMembers(_ members: [MemberName]) -> Bool { seed == .dataVersion && !members.isEmpty }
}

/// The name of a field in the data version of a row: `audio/left` in the first generation, `audio_left` since 0.1.
struct MemberName {
  let seed: String
  let release01: String

  init(_ field: FieldKey) { (seed, release01) = (field.text, field.memberName) }

  func name(_ generation: Generation) -> String { generation == .seed ? seed : release01 }
}

/// The values that existing rows get in system columns which the other generation of Metaxy does not have.
///
/// | column | value |
/// |---|---|
/// | `metaxy_provenance_by_field` | the data version by field: Metaxy's first releases had one for both |
/// | `metaxy_provenance`, `metaxy_data_version` | the empty text: not every engine can compute the hashes |
/// | `metaxy_created_at`, `metaxy_updated_at` | the time of the conversion |
/// | others | NULL |
struct SystemColumnFill {
  /// The members of data versions that the generations spell in different ways.
  private let members: [MemberName]
  /// The generation of the columns.
  private let generation: Generation
  /// The data version when the columns are added.
  private let dataColumn: String

  /// - Parameters:
  ///   - members: the members of data versions that the generations spell in different ways.
  ///   - generation: that of the columns.
  ///   - dataColumn: the generation whose name the data version has when the columns are added; nil for the same one.
  init(of members: [MemberName], in generation: Generation, dataColumn: Generation? = nil) {
    self.members = members
    self.generation = generation
    // A column whose values change is a new one.
    self.dataColumn = SystemColumnPair.dataVersion.name(
      members.isEmpty ? dataColumn ?? generation : generation.other)
  }

  /// Returns the value in a column; nil for NULL, and for a column that is not a system column.
  func value(of column: String) -> ColumnDefault? {
    if generation == .seed {
      return column == SystemColumn.dataVersion.rawValue && !members.isEmpty ? .expression(respelled) : nil
    }
    switch SystemColumn01(rawValue: column) {
    case .provenanceByField: return .expression(members.isEmpty ? SQLExpression(dataColumn) : respelled)
    case .dataVersionByField: return members.isEmpty ? nil : .expression(respelled)
    case .provenance, .dataVersion: return .literal(.string(""))
    case .createdAt, .updatedAt: return .currentTimestamp
    case .featureVersion, .projectVersion, .materializationID, .deletedAt, nil: return nil
    }
  }

  /// The data version with the names of members that the generation of the columns has.
  private var respelled: SQLExpression {
    let cases = members.map { member in
      "WHEN \(SQLText.literal(member.name(generation.other))) THEN \(SQLText.literal(member.name(generation)))"
    }
    let name = "CASE key \(cases.joined(separator: " ")) ELSE key END"
    func object(_ rows: String, _ aggregate: String) -> String {
      "CASE WHEN \(dataColumn) IS NOT NULL THEN coalesce((SELECT \(aggregate)(\(name), value) FROM \(rows)), '{}') END"
    }
    return SQLExpression(
      object("json_each(\(dataColumn)::json)", "json_object_agg"),
      variants: ["sqlite": object("json_each(\(dataColumn))", "json_group_object")])
  }
}
