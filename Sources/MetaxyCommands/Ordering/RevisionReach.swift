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
  private var changed = TouchedNames()
  /// Those of them that it drops, renames or changes in an unknown way, so that no reference to them stays the same.
  private var reshaped = TouchedNames()
  /// The tables that its foreign keys refer to.
  private var referenced = TouchedNames()
  /// Other names that its statements depend on, in lower case.
  private var mentioned: Set<String> = []
  /// The place of a statement whose tables cannot be determined; nil if there is none.
  private(set) var unknown: String?

  /// The reach of no revision, for ``formUnion(_:)``.
  init() {}

  /// - Parameter dialects: the dialects whose sections and definitions count.
  init(of file: RevisionFile, _ record: RevisionRecord?, for dialects: [any Dialect]) throws(MetaxyError) {
    for dialect in dialects {
      if let record { take(record.part(for: dialect.name)) }
      let sections = RevisionDirection.allCases.flatMap { file.sections($0, dialect: dialect.name) }
      try take(sections.flatMap(\.statements), dialect, in: file, hasRecord: record != nil)
    }
  }

  private mutating func take(_ record: RevisionRecord) {
    changed.formUnion(record.objectNames)
    for (name, former) in record.renames.tables {
      reshaped.formUnion([name, TableName(former, schema: name.schema)])
    }
    for (name, former) in record.renames.enums {
      reshaped.formUnion([name, TableName(former, schema: name.schema)])
    }
    reshaped.formUnion(record.renames.columns.keys)
    changed.formUnion(reshaped.all)
    for (name, table) in record.tables {
      guard let table else {
        reshaped.formUnion([name])
        continue
      }
      referenced.formUnion(table.foreignKeys.map(\.table))
      if let parent = table.partition?.parent { mentioned.insert(parent.name.folded) }
      for column in table.columns {
        if case .raw(let type) = column.type { mentioned.formUnion(Self.words(of: type.text)) }
      }
    }
    mentioned.subtract(changed.names)
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
      let names = reach.changed.map { $0.filter { !Self.isTransient($0) } }
      changed.formUnion(names ?? [])
      if !hasRecord { reshaped.formUnion(names ?? []) }
      if !hasRecord || names == nil { mentioned.formUnion(reach.mentioned) }
      let dropsOwnIndexes = !reach.droppedIndexes.isEmpty && indexes.isSuperset(of: reach.droppedIndexes)
      // The record of a generated statement shows what it changes.
      guard names == nil, !dropsOwnIndexes, !hasRecord || reach.runsCode, unknown == nil else { continue }
      unknown = statement.position.map { "\(file.path):\($0.line)" } ?? file.path
    }
  }

  /// Whether a table ends with the statements that make it: a temporary one, or one that a rebuild makes and renames or drops.
  private static func isTransient(_ table: TableName) -> Bool {
    table.schema?.folded == "temp" || ObjectNames.isOwn(table.name)
  }

  /// Returns why the order of two revisions matters; nil if it does not.
  func overlap(with other: RevisionReach) -> RevisionOverlap? {
    if let unknown = unknown ?? other.unknown { return .unknown(unknown) }
    let both =
      changed.shared(with: other.changed) + referenced.shared(with: other.reshaped)
      + reshaped.shared(with: other.referenced)
    let read = other.changed.all(named: mentioned) + changed.all(named: other.mentioned)
    let names = Set(both + read).sorted()
    return names.isEmpty ? nil : .objects(names.map(\.description))
  }

  /// Adds what another revision changes, for one comparison with both.
  mutating func formUnion(_ other: RevisionReach) {
    changed.formUnion(other.changed.all)
    reshaped.formUnion(other.reshaped.all)
    referenced.formUnion(other.referenced.all)
    mentioned.formUnion(other.mentioned)
    unknown = unknown ?? other.unknown
  }

  /// Whether it may change a table or another object.
  func changes(_ name: TableName) -> Bool {
    var names = TouchedNames()
    names.formUnion([name])
    return !changed.shared(with: names).isEmpty
  }

  /// Whether it changes nothing, as a merge does.
  var isEmpty: Bool { changed.isEmpty && unknown == nil }

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
