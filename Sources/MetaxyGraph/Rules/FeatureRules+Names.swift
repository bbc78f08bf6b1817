internal import MetaxyFeatures
internal import MetaxyNames

/// Names fit into the database, and are not taken.
extension FeatureRules {
  /// PostgreSQL's maximum; it truncates longer names. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
  package static let longestName = 63

  package var systemColumns: [Violation] {
    columns.indices.filter { SystemColumn.names.contains(columns[$0].name.folded) }.map { position in
      Violation(
        subject: .column(position),
        message: "`\(columns[position].name)` is a system column, which every feature's table has without declaring it")
    }
  }

  /// Each column whose name an earlier one has, with the position of that one.
  package var repeatedColumns: [(violation: Violation, first: Int)] {
    var first: [ScalarString: Int] = [:]
    var repeated: [(violation: Violation, first: Int)] = []
    for (position, column) in columns.enumerated() {
      let name = ScalarString(column.name.folded)
      guard let earlier = first[name] else {
        first[name] = position
        continue
      }
      repeated.append(
        (
          Violation(subject: .column(position), message: "`\(label)` has two columns with the name `\(column.name)`"),
          earlier
        ))
    }
    return repeated
  }

  /// Returns the problem of a name that is too long; nil for a name that fits.
  package static func problem(ofName name: String) -> String? {
    name.utf8.count <= longestName
      ? nil : "the name `\(name)` has \(name.utf8.count) bytes, and PostgreSQL keeps \(longestName)"
  }

  /// Columns of keys and indexes are the feature's or the system's.
  package var missingColumns: [Violation] {
    let known = columns.map(\.name) + SystemColumn.names
    return namedColumns.enumerated().filter { !known.containsExactly($1) }.map { place, name in
      Violation(
        subject: .namedColumn(place),
        message: "`\(label)` has no column `\(name)`" + suggestion(for: name, among: known))
    }
  }
}
