internal import MetaxyFeatures
internal import MetaxyNames

/// Names must not be too long, and must be unique.
extension FeatureRules {
  /// PostgreSQL's maximum; it truncates longer names. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
  package static let longestName = 63

  package var systemColumns: [Violation] {
    columns.indices.filter { generation.systemColumnNames.contains(columns[$0].name.folded) }.map { position in
      Violation(
        subject: .column(position),
        message: "`\(columns[position].name)` is a system column, which every feature's table has without declaring it")
    }
  }

  /// The columns with the name of an earlier column, with the position of the earlier one.
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

  /// Columns of keys and indexes must be columns of the feature or system columns.
  package var missingColumns: [Violation] {
    let known = columns.map(\.name) + generation.systemColumnNames
    return namedColumns.enumerated().filter { !known.containsExactly($1) }.map { place, name in
      Violation(
        subject: .namedColumn(place),
        message: "`\(label)` has no column `\(name)`" + suggestion(for: name, among: known))
    }
  }
}
