internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// The existing rows that a new exclusion constraint excludes each other.
extension PostgreSQLRenderer {
  /// Returns an expression that counts them.
  ///
  /// Without an index, each row is compared with each other one, unless an element is compared with `=`: so these are
  /// counted only in a table of at most 2 MB.
  func conflicts(of exclusion: ExclusionConstraint, in table: TableName) -> ViolatingRows? {
    let elements = exclusion.elements
    let names = elements.map(\.element).names.union(exclusion.predicate?.names ?? [])
    // The columns that identify a row are read, too: an upgrade shows some of the rows that this query counts.
    let key = keyColumns(of: table, besides: elements.map(\.element))
    let withKey = ownRows(names.union(key), of: table)
    guard let rows = withKey ?? ownRows(names, of: table) else { return nil }
    var terms = withKey == nil ? [] : key.enumerated().map { "\(dialect.quoted($1)) AS \"i\($0)\"" }
    let aliases = aliases(of: elements.map(\.element))
    for (element, alias) in zip(elements, aliases) {
      guard let term = term(of: element.element) else { return nil }
      terms.append("\(term) AS \(alias)")
    }
    var conditions: [String] = []
    if let predicate = exclusion.predicate {
      guard let condition = countable(predicate) else { return nil }
      conditions.append("(\(condition))")
    }
    if !elements.contains(where: { $0.comparison == "=" }) {
      let name = SQLText.literal(writer.name(plan.formerNames.name(of: table)))
      conditions.append("pg_relation_size(\(name)::regclass) <= 2097152")
    }
    let condition = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
    let comparisons = zip(elements, aliases).map { "\"a\".\($1) \($0.comparison) \"b\".\($1)" }
    let count =
      "(WITH \"r\" AS MATERIALIZED (SELECT row_number() OVER () AS \"n\", \(terms.joined(separator: ", "))"
      + " FROM \(rows)\(condition)) SELECT count(*) FROM \"r\" AS \"a\" WHERE EXISTS (SELECT FROM \"r\" AS \"b\""
      + " WHERE \"a\".\"n\" <> \"b\".\"n\" AND \(comparisons.joined(separator: " AND "))))"
    return ViolatingRows(
      count: count, examples: conflictExamples(exclusion, aliases, condition, comparisons, of: table))
  }

  /// The columns that identify a row, without those that the elements have anyway.
  private func keyColumns(of table: TableName, besides elements: [IndexElement]) -> [String] {
    let compared = elements.map(\.term)
    return (state[table]?.identifyingColumns ?? []).filter { !compared.contains(.column($0)) }
  }

  /// The quoted names of the elements in the query: an expression has its text, which an upgrade shows.
  private func aliases(of elements: [IndexElement]) -> [String] {
    var used: Set<String> = []
    return elements.enumerated().map { place, element in
      let text = element.termText
      // PostgreSQL cuts longer names.
      guard case .expression = element.term, text.utf8.count < 64, used.insert(text).inserted else {
        return "\"k\(place)\""
      }
      return dialect.quoted(text)
    }
  }

  private func conflictExamples(
    _ exclusion: ExclusionConstraint, _ aliases: [String], _ condition: String, _ comparisons: [String],
    of table: TableName
  ) -> RowExamples? {
    guard let definition = state[table] else { return nil }
    let named = exclusion.elements.map(\.element).names
    let columns = Set(RowExamples.columns(of: definition, showing: named))
    guard let rows = ownRows(columns.union(named).union(exclusion.predicate?.names ?? []), of: table) else {
      return nil
    }
    let terms = zip(exclusion.elements, aliases).compactMap { element, alias in
      term(of: element.element).map { "\($0) AS \(alias)" }
    }
    let numbered =
      "(SELECT row_number() OVER () AS \"_metaxy_n\", *, \(terms.joined(separator: ", ")) FROM \(rows)\(condition))"
    // The numbers of both reads would differ.
    return RowExamples(
      of: definition, showing: named,
      from: "(WITH \"r\" AS MATERIALIZED \(numbered) SELECT \"a\".* FROM \"r\" AS \"a\" WHERE EXISTS"
        + " (SELECT FROM \"r\" AS \"b\" WHERE \"a\".\"_metaxy_n\" <> \"b\".\"_metaxy_n\""
        + " AND \(comparisons.joined(separator: " AND ")))) AS \"t\"", dialect)
  }

  /// Returns an element of a key for the rows before the revision, with its collation.
  func term(of element: IndexElement) -> String? {
    let collation = element.collation.map { " COLLATE \(dialect.text(ofCollation: $0))" } ?? ""
    return switch element.term {
    case .column(let name): dialect.quoted(name) + collation
    case .expression(let expression): countable(expression).map { "(\($0))\(collation)" }
    }
  }
}
