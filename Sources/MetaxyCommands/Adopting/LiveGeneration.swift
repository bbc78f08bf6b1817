internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The generation of Metaxy that the tables of a database show.
enum LiveGeneration {
  /// Returns the generation whose system tables, or whose system columns, a database has; nil if it has those of both or of
  /// neither.
  static func find(_ connection: any Connection, prefix: String) throws(MetaxyError) -> Generation? {
    let names = try connection.tableNames()
    var found = Set(
      Generation.allCases.filter { generation in
        SystemTables.schema(generation, prefix: prefix).sorted.contains { names.contains($0.name) }
      })
    for name in names where !SystemTables.isSystem(name) && name.name.hasPrefix(prefix) {
      let columns = Set(try connection.columnNames(of: name).map(\.folded))
      found.formUnion(Generation.allCases.filter { columns.isSuperset(of: $0.systemColumnNames) })
    }
    return found.count == 1 ? found.first : nil
  }
}

extension ProjectSession {
  /// Returns the generation that the configuration lacks and the database shows, for a history that starts with the database.
  ///
  /// Definitions that only the other generation reads keep theirs: the difference is reported when the tables are compared.
  ///
  /// - Returns: nil if the configuration has one, the database shows none, or every environment has revisions already.
  func adoptedGeneration() throws(MetaxyError) -> Generation? {
    guard project.configuration.generation == nil, try startsHistory(),
      let found = try LiveGeneration.find(database.openForReading(), prefix: store.tablePrefix)
    else { return nil }
    let forms = try graphFiles().compactMap(\.form)
    return forms.contains { $0.isCertain && $0.generation != found } ? nil : found
  }

  private func startsHistory() throws(MetaxyError) -> Bool {
    for environment in try project.environments(for: store) {
      if try EnvironmentContext(environment, in: self).revisions.revisions.isEmpty { return true }
    }
    return false
  }

  /// Returns the session of the project as it is configured now. Warnings are not repeated.
  func reloaded() throws(MetaxyError) -> ProjectSession {
    let project = try Project.load(context)
    return try ProjectSession(context, project, try project.store())
  }
}
