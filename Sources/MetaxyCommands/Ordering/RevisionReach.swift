internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// What a revision changes. Two revisions whose reaches do not overlap can run in either order.
///
/// The tables are those of its record and those that its statements change. Without a record every name in a statement
/// counts, because the order of a change and of a statement that reads it matters.
struct RevisionReach {
  /// The tables, types, sequences, views and schemas that it changes, in lower case.
  private(set) var changed: Set<TableName> = []
  /// Those of them that it drops, renames or changes in an unknown way, so that no reference to them stays the same.
  private var reshaped: Set<TableName> = []
  /// The tables that its foreign keys refer to.
  private var referenced: Set<TableName> = []
  /// Other names that its statements depend on, in lower case.
  private var mentioned: Set<String> = []
  /// The place of a statement whose tables cannot be determined; nil if there is none.
  private(set) var unknown: String?

  /// - Parameter dialects: the dialects whose sections and definitions count.
  init(of file: RevisionFile, _ record: RevisionRecord?, for dialects: [any Dialect]) throws(MetaxyError) {
    for dialect in dialects {
      if let record { take(record.part(for: dialect.name)) }
      let sections = RevisionDirection.allCases.flatMap { file.sections($0, dialect: dialect.name) }
      try take(sections.flatMap(\.statements), dialect, in: file, hasRecord: record != nil)
    }
  }

  private mutating func take(_ record: RevisionRecord) {
    changed.formUnion(record.objectNames.map(Self.folded))
    for (name, former) in record.renames.tables {
      reshaped.formUnion([name, TableName(former, schema: name.schema)].map(Self.folded))
    }
    for (name, former) in record.renames.enums {
      reshaped.formUnion([name, TableName(former, schema: name.schema)].map(Self.folded))
    }
    reshaped.formUnion(record.renames.columns.keys.map(Self.folded))
    changed.formUnion(reshaped)
    for (name, table) in record.tables {
      guard let table else {
        reshaped.insert(Self.folded(name))
        continue
      }
      referenced.formUnion(table.foreignKeys.map { Self.folded($0.table) })
      if let parent = table.partition?.parent { mentioned.insert(parent.name.folded) }
      for column in table.columns {
        if case .raw(let type) = column.type { mentioned.formUnion(Self.words(of: type.text)) }
      }
    }
    mentioned.subtract(changed.map(\.name))
  }

  private mutating func take(
    _ statements: [RevisionStatement], _ dialect: any Dialect, in file: RevisionFile, hasRecord: Bool
  ) throws(MetaxyError) {
    var reaches: [(statement: RevisionStatement, reach: StatementReach)] = []
    for statement in statements {
      let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
      reaches.append((statement, StatementReach(tokens, lexicon: dialect.lexicon)))
    }
    // The downgrade drops the indexes that the upgrade creates.
    let indexes = Set(reaches.compactMap(\.reach.createdIndex))
    for (statement, reach) in reaches {
      let names = reach.changed?.map(Self.folded)
      changed.formUnion(names ?? [])
      if !hasRecord { reshaped.formUnion(names ?? []) }
      if !hasRecord || names == nil { mentioned.formUnion(reach.mentioned) }
      let dropsOwnIndexes = !reach.droppedIndexes.isEmpty && indexes.isSuperset(of: reach.droppedIndexes)
      // The record of a generated statement shows what it changes.
      guard names == nil, !dropsOwnIndexes, !hasRecord || reach.runsCode, unknown == nil else { continue }
      unknown = statement.position.map { "\(file.path):\($0.line)" } ?? file.path
    }
  }

  /// Returns why the order of two revisions matters; nil if it does not.
  func overlap(with other: RevisionReach) -> RevisionOverlap? {
    if let unknown = unknown ?? other.unknown { return .unknown(unknown) }
    let both =
      names(in: changed, other.changed) + names(in: referenced, other.reshaped)
      + names(in: reshaped, other.referenced)
    let read =
      other.changed.filter { mentioned.contains($0.name) } + changed.filter { other.mentioned.contains($0.name) }
    let names = Set(both + read).sorted()
    return names.isEmpty ? nil : .objects(names.map(\.description))
  }

  /// Whether it changes nothing, as a merge does.
  var isEmpty: Bool { changed.isEmpty && unknown == nil }

  /// The names in both sets. A name without a schema may be one in any schema.
  private func names(in left: Set<TableName>, _ right: Set<TableName>) -> [TableName] {
    let schemas = Dictionary(grouping: right, by: \.name)
    return left.filter { name in
      schemas[name.name]?.contains { $0.schema == nil || name.schema == nil || $0.schema == name.schema } ?? false
    }
  }

  private static func folded(_ name: TableName) -> TableName {
    TableName(name.name.folded, schema: name.schema?.folded)
  }

  private static func words(of type: String) -> [String] {
    type.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { String($0).folded }
  }
}

/// Why the order of two revisions matters.
enum RevisionOverlap: Sendable, Hashable {
  /// Both have to do with these tables or other objects.
  case objects([String])
  /// The tables of a statement cannot be determined; its place.
  case unknown(String)

  /// The reason, after the names of both revisions: `change `video``.
  var displayText: String {
    switch self {
    case .objects(let names): "both have to do with \(Wording.list(names))"
    case .unknown(let place): "the tables that the statement at \(place) changes cannot be determined"
    }
  }
}
