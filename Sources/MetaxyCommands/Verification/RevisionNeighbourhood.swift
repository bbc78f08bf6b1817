internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The tables that a proof of a revision needs: those that the revision changes or names, those that refer to them, and
/// those that any of these need.
struct RevisionNeighbourhood {
  /// The schema before the revision, with these tables only.
  let before: Schema
  /// The schema after it, with these tables only.
  let after: Schema
  /// The names of the tables that the revision changes, folded.
  let changed: Set<TableName>
  /// The names of all its tables, folded.
  private let names: Set<TableName>
  /// Whether the text of each statement shows which tables it changes.
  private let isComplete: Bool
  private let dialect: any Dialect

  /// - Parameters:
  ///   - record: what the revision changes on the dialect.
  ///   - after: the whole schema after it, where other branches are applied, too; nil for what the record makes of `before`.
  init(
    of file: RevisionFile, _ record: RevisionRecord, from before: Schema, to after: Schema? = nil,
    _ dialect: any Dialect
  ) throws(MetaxyError) {
    var folded = before
    if after == nil { record.fold(into: &folded, rules: dialect) }
    let after = after ?? folded
    let former = record.renames.tables.map { TableName($1, schema: $0.schema) }
    let changed = Set((record.tables.keys + former).map { dialect.folded($0) })
    let reaches = try Self.reaches(of: file, dialect)
    let words = reaches.reduce(into: Set<String>()) { $0.formUnion($1.mentioned) }
    let named = (before.sorted + after.sorted).map(\.name).filter { words.contains($0.name.folded) }
    let start = changed.union(named.map { dialect.folded($0) })
    let names = Self.closure(of: start, in: before, dialect).union(Self.closure(of: start, in: after, dialect))
    self.before = Self.part(before, names, dialect)
    self.after = Self.part(after, names, dialect)
    self.changed = changed
    self.names = names
    isComplete = reaches.allSatisfy { !$0.runsCode && ($0.changed != nil || !$0.droppedIndexes.isEmpty) }
    self.dialect = dialect
  }

  func contains(_ table: TableName) -> Bool { names.contains(dialect.folded(table)) }

  /// Whether most tables of a schema are not among them, and are certainly of no concern to the revision.
  func isSmallPart(of schema: Schema) -> Bool { isComplete && names.count * 4 <= schema.tables.count }

  /// Returns the part of a catalog that the recorded schemas describe.
  func part(of catalog: LiveSchema) -> LiveSchema {
    var part = catalog.filter(contains)
    let (before, after) = (before, after)
    part.definition.enums = catalog.definition.enums.filter { before.enums[$0.key] ?? after.enums[$0.key] != nil }
    part.definition.sequences = catalog.definition.sequences.filter { name, sequence in
      before.sequences[name] ?? after.sequences[name] != nil
    }
    part.definition.namespaces.formIntersection(before.namespaces.union(after.namespaces))
    part.definition.materializedViews = [:]
    return part
  }

  /// Returns the part of a catalog that the revision leaves as it is.
  func rest(of catalog: LiveSchema) -> LiveSchema {
    var rest = catalog.filter { !contains($0) }
    rest.definition.enums = [:]
    rest.definition.sequences = [:]
    rest.definition.namespaces = []
    return rest
  }

  private static func reaches(of file: RevisionFile, _ dialect: any Dialect) throws(MetaxyError) -> [StatementReach] {
    let sections = RevisionDirection.allCases.flatMap { file.sections($0, dialect: dialect.name) }
    return try sections.flatMap(\.statements).map { statement throws(MetaxyError) in
      StatementReach(
        try statement.tokens(for: dialect.name, lexicon: dialect.lexicon), lexicon: dialect.lexicon)
    }
  }

  /// The tables that refer to one of `start`, and whatever one of these needs.
  private static func closure(
    of start: Set<TableName>, in schema: Schema, _ dialect: any Dialect
  ) -> Set<TableName> {
    var needs: [TableName: Set<TableName>] = [:]
    for table in schema.sorted {
      let references = table.foreignKeys.map(\.table) + table.settings.parents
      needs[dialect.folded(table.name)] = Set(
        (references + [table.partition?.parent].compactMap(\.self)).map { dialect.folded($0) })
    }
    var found = start.union(needs.filter { !$0.value.isDisjoint(with: start) }.keys)
    var next = Array(found)
    while let name = next.popLast() {
      for need in needs[name] ?? [] where found.insert(need).inserted { next.append(need) }
    }
    return found
  }

  private static func part(_ schema: Schema, _ names: Set<TableName>, _ dialect: any Dialect) -> Schema {
    var part = schema.filter { names.contains(dialect.folded($0)) }
    part.sequences = schema.sequences.filter { _, sequence in
      sequence.owner.map { names.contains(dialect.folded($0.table)) } ?? true
    }
    part.materializedViews = [:]
    return part
  }
}
