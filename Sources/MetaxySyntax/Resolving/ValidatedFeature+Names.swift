import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
internal import MetaxyNames

/// Names that the database cannot store, or that already exist.
extension ValidatedFeature {
  /// PostgreSQL's maximum; it truncates longer names. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
  private static let longestName = 63

  var nameProblems: [Diagnostic] { systemColumns + repeatedColumns + longNames }

  private var systemColumns: [Diagnostic] {
    columns.filter { SystemColumn.names.contains($0.name.lowercased()) }.map { column in
      Diagnostic(
        .error, "`\(column.name)` is a system column, which every feature's table has without declaring it",
        at: column.property.columnPlace)
    }
  }

  private var repeatedColumns: [Diagnostic] {
    var first: [String: Column] = [:]
    var diagnostics: [Diagnostic] = []
    for column in columns {
      guard let earlier = first[column.name.lowercased()] else {
        first[column.name.lowercased()] = column
        continue
      }
      diagnostics.append(
        Diagnostic(
          .error, "`\(label)` has two columns of the name `\(column.name)`", at: column.property.columnPlace,
          notes: [Diagnostic.Note("`\(earlier.name)` is declared here first", at: earlier.property.columnPlace)]))
    }
    return diagnostics
  }

  private var longNames: [Diagnostic] {
    var names = columns.map { Located($0.name, at: $0.property.columnPlace) }
    names += columns.flatMap(\.property.arguments.explicitNames) + declared.arguments.explicitNames
    if declared.arguments.table == nil, let key = declared.arguments.key {
      names.append(Located(key.value.tableName, at: key.location))
    }
    return names.filter { $0.value.utf8.count > Self.longestName }.map { name in
      Diagnostic(
        .error, "the name `\(name.value)` has \(name.value.utf8.count) bytes, and PostgreSQL keeps \(Self.longestName)",
        at: name.location)
    }
  }

  /// The columns of keys and indexes that are neither the feature's nor the system's.
  var missingColumns: [Diagnostic] {
    let known = columns.map(\.name) + SystemColumn.names
    return declared.arguments.namedColumns.filter { !known.containsExactly($0.value) }.map { name in
      let closest = Suggestion.closest(to: name.value, in: known)
      return Diagnostic(
        .error, "`\(label)` has no column `\(name.value)`" + (closest.map { "; did you mean `\($0)`?" } ?? ""),
        at: name.location)
    }
  }
}
