internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// Finds the newest parent rows of a batch in one query.
struct ParentLookup {
  let parent: RowLayout
  /// The child's columns that identify the parent's sample, in the order of the parent's ID columns.
  private let columns: ParentColumns
  private let fields: [FieldKey]
  private let algorithm: HashAlgorithm
  private let length: Int?
  private let database: any RowDatabase

  init(
    _ parent: RowLayout, of child: RowLayout, fields: [FieldKey], algorithm: HashAlgorithm, length: Int?,
    database: any RowDatabase
  ) throws(MetaxyError) {
    let ids = parent.feature.idColumns
    columns = try ParentColumns(ids, named: ids, of: child, to: parent.feature)
    self.parent = parent
    self.fields = fields
    self.algorithm = algorithm
    self.length = length
    self.database = database
  }

  /// Returns the data versions of each row's parent.
  func rows<Root: Feature>(
    of rows: [PendingRow<Root>], _ connection: any RowConnection
  ) throws(MetaxyError) -> [DataVersions] {
    let found = try find(Set(rows.map(columns.id)), connection)
    var versions: [DataVersions] = []
    for row in rows {
      switch found[columns.normalised(columns.id(row))] {
      case .one(let one): versions.append(one)
      case .conflict: throw conflict(row)
      case .unusable(let reason): throw columns.refusal(row, reason)
      case nil: throw columns.refusal(row, "has no row of its current version `\(parent.feature.featureVersion)`")
      }
    }
    return versions
  }

  private enum Finding {
    case one(DataVersions)
    case conflict
    case unusable(String)
  }

  private func find(
    _ ids: Set<RowID>, _ connection: any RowConnection
  ) throws(MetaxyError) -> [RowID: Finding] {
    var found: [RowID: Finding] = [:]
    let lookup = NewestLookup(layout: parent, database: database)
    try lookup.rows(of: Array(ids), [SystemColumn.dataVersion.rawValue], connection) { row in
      let id = columns.normalised(RowID(row.id))
      found[id] = finding(row.values[0], beside: found[id])
    }
    return found
  }

  private func finding(_ value: SQLValue, beside other: Finding?) -> Finding {
    if case .unusable? = other, let other { return other }
    guard case .text(let text) = value, let versions = DataVersions(text) else {
      return .unusable("has a row whose `data_version` is not a JSON object of texts: \(value.displayText)")
    }
    let isExplicit = DataVersionRecipe.isExplicit(parent.feature)
    for field in fields {
      if let hash = versions.hash(of: "\(field)"), algorithm.isForeign(hash, length: length, isExplicit: isExplicit) {
        return .unusable(
          "has a row that was hashed by another algorithm than `\(algorithm.rawValue)`: field `\(field)` is `\(hash)`")
      }
    }
    guard case .one(let first)? = other else { return other ?? .one(versions) }
    let agree = fields.allSatisfy { first.hash(of: "\($0)") == versions.hash(of: "\($0)") }
    return agree ? .one(first) : .conflict
  }

  private func conflict<Root: Feature>(_ row: PendingRow<Root>) -> MetaxyError {
    guard let order = parent.feature.order else {
      var error = columns.refusal(row, "has several rows, and their data versions differ")
      error.hints = [.orderColumn(of: parent.feature.key), "delete the rows of the sample that are out of date"]
      return error
    }
    return columns.refusal(row, "has several rows with the same greatest `\(order)`, and their data versions differ")
  }
}
