internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Finds the newest parent rows of a batch in one query.
struct ParentLookup {
  let parent: RowLayout
  private let child: RowLayout
  /// The child's columns that identify the parent's sample, in the order of the parent's ID columns.
  private let positions: [Int]
  private let fields: [FieldKey]
  private let algorithm: HashAlgorithm
  private let length: Int?
  private let database: any RowDatabase

  init(
    _ parent: RowLayout, of child: RowLayout, fields: [FieldKey], algorithm: HashAlgorithm, length: Int?,
    database: any RowDatabase
  ) throws(MetaxyError) {
    var positions: [Int] = []
    for column in parent.feature.idColumns {
      guard let position = child.position(ofColumn: column) else {
        throw .parentFarther(child.feature.key, parent.feature, column: column)
      }
      positions.append(position)
    }
    self.parent = parent
    self.child = child
    self.positions = positions
    self.fields = fields
    self.algorithm = algorithm
    self.length = length
    self.database = database
  }

  /// Returns the data versions of each row's parent.
  func rows<Root: Feature>(
    of rows: [PendingRow<Root>], _ connection: any RowConnection
  ) throws(MetaxyError) -> [DataVersions] {
    let found = try find(Set(rows.map(id)), connection)
    var versions: [DataVersions] = []
    for row in rows {
      switch found[normalised(id(row))] {
      case .one(let one): versions.append(one)
      case .conflict: throw conflict(row)
      case .unusable(let reason): throw refusal(row, reason)
      case nil: throw refusal(row, "has no row of its current version `\(parent.feature.featureVersion)`")
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
    try lookup.rows(of: Array(ids), connection) { row in
      let id = normalised(RowID(row.id))
      found[id] = finding(row.dataVersion, beside: found[id])
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

  private func id<Root: Feature>(_ row: PendingRow<Root>) -> RowID { RowID(positions.map { row.values[$0] }) }

  private func normalised(_ id: RowID) -> RowID {
    RowID(zip(positions, id.values).map { child.forms[$0].normalised($1) })
  }

  private func conflict<Root: Feature>(_ row: PendingRow<Root>) -> MetaxyError {
    guard let order = parent.feature.order else {
      var error = refusal(row, "has several rows, and their data versions differ")
      error.hints = [.orderColumn(of: parent.feature.key), "delete the rows of the sample that are out of date"]
      return error
    }
    return refusal(row, "has several rows with the same greatest `\(order)`, and their data versions differ")
  }

  private func refusal<Root: Feature>(_ row: PendingRow<Root>, _ reason: String) -> MetaxyError {
    let id = zip(parent.feature.idColumns, id(row).values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
    return .rowRefused(
      child.feature.key, row: row.number, id: child.displayID(row.id.values),
      "its parent `\(parent.feature.key)` with \(id) \(reason)")
  }
}
