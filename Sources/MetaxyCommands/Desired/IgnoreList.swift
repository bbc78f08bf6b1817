internal import MetaxyNames
internal import MetaxyPlatform
internal import MetaxySchema

/// The tables, columns and indexes that are not compared: `legacy_*`, `video.debug`, `ix_tmp_*`.
struct IgnoreList {
  private let patterns: [String]

  init(_ patterns: [String]) { self.patterns = patterns }

  /// Returns the schema without the ignored objects.
  func remaining(of schema: Schema) -> Schema {
    guard !patterns.isEmpty else { return schema }
    var remaining = schema.filter { !matches($0.description) }.mapTables { table in
      var table = table
      table.columns.removeAll { matches("\(table.name).\($0.name)") }
      table.indexes.removeAll { matches($0.name.text) }
      return table
    }
    for place in remaining.views.indices { remaining.views[place].indexes.removeAll { matches($0.name.text) } }
    return remaining
  }

  private func matches(_ name: String) -> Bool { patterns.contains { fnmatch($0, name, 0) == 0 } }
}
