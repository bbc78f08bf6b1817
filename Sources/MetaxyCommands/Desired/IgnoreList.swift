internal import MetaxySQL
internal import MetaxySchema

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The tables, columns and indexes that are not compared: `legacy_*`, `video.debug`, `ix_tmp_*`.
struct IgnoreList {
  private let patterns: [String]

  init(_ patterns: [String]) { self.patterns = patterns }

  /// Returns the schema without the ignored objects.
  func remaining(of schema: Schema) -> Schema {
    guard !patterns.isEmpty else { return schema }
    var remaining = schema.filter { !matches($0.reportText) }.mapTables { table in
      var table = table
      table.columns.removeAll { matches("\(table.name.reportText).\($0.name)") }
      table.indexes.removeAll { matches($0.name.text) }
      return table
    }
    remaining.materializedViews = remaining.materializedViews.mapValues { view in
      var view = view
      view.indexes.removeAll { matches($0.name.text) }
      return view
    }
    return remaining
  }

  /// Returns the schema without what is ignored.
  func remaining(of schema: LiveSchema) -> LiveSchema {
    var remaining = schema.filter { !matches($0.description) }
    remaining.definition = self.remaining(of: schema.definition)
    return remaining
  }

  private func matches(_ name: String) -> Bool { patterns.contains { fnmatch($0, name, 0) == 0 } }
}
