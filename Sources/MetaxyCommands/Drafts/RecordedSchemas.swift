internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The schemas that the records give at the revisions of a history, for one dialect and without a database.
///
/// Where branches meet, the schema is the merge of both sides; a record of the merge itself decides what it names.
final class RecordedSchemas {
  private let graph: RevisionGraph
  private let dialect: any Dialect
  private let record: (String) throws(MetaxyError) -> RevisionRecord?
  /// The schemas after the revisions that several others follow, and after those that were asked for.
  private var known: [String: Schema] = [:]

  /// - Parameter record: returns what the record of a revision contains for the dialect; nil for one without a record.
  init(
    _ graph: RevisionGraph, for dialect: any Dialect,
    record: @escaping (String) throws(MetaxyError) -> RevisionRecord?
  ) {
    self.graph = graph
    self.dialect = dialect
    self.record = record
  }

  /// Returns the schema after these revisions and their ancestors.
  ///
  /// - Throws: `conflicting_records` if branches change the same object in ways that cannot be combined.
  func schema(at revisions: some Sequence<String>) throws(MetaxyError) -> Schema {
    try merged(graph.ends(revisions), decided: nil)
  }

  /// Returns the schema before a revision.
  func schema(before revision: String) throws(MetaxyError) -> Schema {
    try merged(ends(before: revision), decided: nil)
  }

  /// - Parameter decided: the record of the revision that merges them; it decides the objects that it names.
  private func merged(_ ends: [String], decided record: RevisionRecord?) throws(MetaxyError) -> Schema {
    guard let first = ends.first else { return Schema() }
    var schema = try schema(after: first)
    for (index, end) in ends.enumerated().dropFirst() {
      let before = Array(ends[..<index])
      let base = try merged(graph.commonAncestors(before, [end]), decided: nil)
      let merge = SchemaMerge(base: base, schema, try self.schema(after: end), dialect)
      let decided = record?.objectNames ?? []
      if let conflict = merge.conflicts.first(where: { !decided.contains($0) }) {
        throw try self.conflict(in: conflict, before, end)
      }
      schema = merge.result
    }
    return schema
  }

  private func schema(after revision: String) throws(MetaxyError) -> Schema {
    var chain: [(name: String, record: RevisionRecord?)] = []
    var place = revision
    var schema: Schema
    while true {
      if let found = known[place] {
        schema = found
        break
      }
      let record = try record(place)
      chain.append((place, record))
      let ends = ends(before: place)
      guard ends.count == 1 else {
        schema = try merged(ends, decided: record)
        break
      }
      place = ends[0]
    }
    for (name, record) in chain.reversed() {
      record?.fold(into: &schema, rules: dialect)
      // A copy after every revision would make a long history slow.
      if name == revision || graph.isBranchPoint(name) { known[name] = schema }
    }
    return schema
  }

  /// The revisions that a revision needs, without those that another of them needs.
  private func ends(before revision: String) -> [String] {
    let needs = graph.needs(of: revision)
    // All ancestors of each revision of a long line would be quadratic.
    return needs.count < 2 ? needs : graph.ends(needs)
  }

  private func conflict(in object: TableName, _ left: [String], _ right: String) throws(MetaxyError) -> MetaxyError {
    let shared = Set(try graph.applied(Set(graph.commonAncestors(left, [right]))))
    func last(_ ends: [String]) throws(MetaxyError) -> RevisionNode? {
      for name in try graph.applied(Set(ends)).reversed() where !shared.contains(name) {
        if try record(name)?.objectNames.contains(object) ?? false { return graph[name] }
      }
      return nil
    }
    return .conflictingRecords(object, try last(left), try last([right]))
  }
}

/// The recorded schemas of each dialect, computed once per command.
final class RecordedSchemasByDialect {
  private var schemas: [String: RecordedSchemas] = [:]

  func schemas(for dialect: any Dialect, _ make: () -> RecordedSchemas) -> RecordedSchemas {
    if let known = schemas[dialect.name] { return known }
    let made = make()
    schemas[dialect.name] = made
    return made
  }
}

extension RevisionRecord {
  /// The names of the tables, types, sequences and materialized views that the revision changes.
  var objectNames: Set<TableName> {
    Set(tables.keys).union(enums.keys).union(sequences.keys).union(views.keys)
  }

  /// The objects of this record as they are in `schema`.
  func taking(from schema: Schema, rules: some ComparisonRules) -> RevisionRecord {
    var record = self
    for name in tables.keys { record.tables.updateValue(rules.table(name, in: schema), forKey: name) }
    for name in enums.keys { record.enums.updateValue(schema.enums[name], forKey: name) }
    for name in sequences.keys { record.sequences.updateValue(schema.sequences[name], forKey: name) }
    for name in views.keys { record.views.updateValue(schema.materializedViews[name], forKey: name) }
    for name in namespaces.keys { record.namespaces[name] = schema.namespaces.contains(name) }
    return record
  }
}
