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

  /// Returns the live schema without the ignored objects.
  func remaining(of schema: LiveSchema) -> LiveSchema {
    var remaining = schema.filter { !matches($0.reportText) }
    remaining.definition = self.remaining(of: schema.definition)
    return remaining
  }

  /// Returns the desired schema without ignored objects.
  func remaining(of desired: DesiredSchema) -> DesiredSchema {
    var remaining = desired
    remaining.schema = self.remaining(of: desired.schema)
    return remaining
  }

  private func matches(_ name: String) -> Bool { patterns.contains { fnmatch($0, name, 0) == 0 } }
}
