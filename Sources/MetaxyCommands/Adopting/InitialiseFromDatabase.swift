internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

extension Commands {
  /// Starts the history of each environment without one with a baseline of the tables that the database has already.
  ///
  /// - Parameters:
  ///   - convertsSystemTables: whether system tables of another layout are converted; otherwise their environment is
  ///     left out, and the command that does it is reported.
  ///   - features: the directory for Swift files of features, one for each feature table; nil for none.
  /// - Throws: `has_history` if every environment has revisions; `no_database`; `nothing_to_adopt`.
  package static func initialiseFromDatabase(
    _ context: CommandContext, convertsSystemTables: Bool, features: String? = nil
  ) throws(MetaxyError) -> InitialiseReport {
    var report = try initialise(context, directory: nil)
    let before = try ProjectSession(context)
    guard before.database.exists else { throw .noDatabaseToAdopt(before.database.displayName) }
    let session = try adoptingSettings(before, generation: try before.adoptedGeneration(), &report)
    if let features { report.created += try FeatureFiles(session).write(in: features) }
    let lock = try session.lockDatabase()
    defer { lock.release() }
    let adoptions = try adoptions(session, convertsSystemTables: convertsSystemTables)
    guard !adoptions.isEmpty else { return report }
    let connection = try session.database.openForWriting(under: lock)
    for adoption in adoptions {
      report.baselines.append(
        try adoption.environment.completingHints { () throws(MetaxyError) in try adoption.run(connection) })
    }
    for adoption in adoptions where adoption.conversion == nil && !adoption.baseline.differences.isEmpty {
      let count = Wording.count(adoption.baseline.differences.count, "difference")
      context.note(
        "the definitions have \(count) from the database: \(.autogenerate()) writes the revision, \(.check()) lists them"
      )
    }
    return report
  }

  /// Writes settings that the database shows, and returns the session of the project with them.
  ///
  /// - Parameter versionTables: the names that the configuration must set; nil for those that it has.
  static func adoptingSettings(
    _ session: ProjectSession, versionTables: (user: String?, system: String?) = (nil, nil), generation: Generation?,
    _ report: inout InitialiseReport
  ) throws(MetaxyError) -> ProjectSession {
    guard versionTables != (nil, nil) || generation != nil else { return session }
    report.take(try initialise(session.context, versionTables: versionTables, generation: generation))
    if let generation {
      session.context.note(
        "`generation` in [ext.migrations] is `\(generation.rawValue)`, as in the tables of `\(session.database.displayName)`"
      )
    }
    return try session.reloaded()
  }

  /// Returns what is to be adopted. Nothing is written before all of it is known.
  private static func adoptions(
    _ session: ProjectSession, convertsSystemTables: Bool
  ) throws(MetaxyError) -> [BaselineAdoption] {
    let environments = try session.project.environments(for: session.store).map { environment throws(MetaxyError) in
      try EnvironmentContext(environment, in: session)
    }
    let empty = environments.filter(\.revisions.revisions.isEmpty)
    let connection = try session.database.openForReading()
    var adoptions: [BaselineAdoption] = []
    for environment in environments where environment.kind == .system && convertsSystemTables {
      let rows = try environment.versionTable.revisions(connection)
      if let conversion = try conversion(environment, rows, connection) { adoptions.append(conversion) }
    }
    guard !(empty.isEmpty && adoptions.isEmpty) else {
      throw .hasHistory(environments.map { $0.revisions.graph.heads })
    }
    for environment in empty {
      let found = try environment.completingHints { () throws(MetaxyError) in
        try adoption(environment, connection, convertsSystemTables: convertsSystemTables)
      }
      if let found { adoptions.append(found) }
    }
    return adoptions
  }

  static func adoption(
    _ environment: EnvironmentContext, _ connection: any Connection, convertsSystemTables: Bool
  ) throws(MetaxyError) -> BaselineAdoption? {
    let context = environment.session.context
    let name = environment.database.displayName
    let comparison = EnvironmentComparison(
      environment: environment, state: try environment.state(connection), connection: connection)
    guard let baseline = try comparison.baseline() else {
      guard environment.kind == .system else { throw .nothingToAdopt(name) }
      context.note(
        "`\(name)` has no system tables: \(SuggestedCommand.autogenerate().completed(for: environment.invocation)) starts"
          + " the system environment")
      return nil
    }
    guard environment.kind == .system, !baseline.differences.isEmpty else {
      return BaselineAdoption(environment: environment, baseline: baseline)
    }
    guard convertsSystemTables else {
      let count = Wording.count(baseline.differences.count, "change")
      context.warn(
        "the system tables of `\(name)` have another layout and are not adopted yet:"
          + " \(.initialiseFromDatabase(convertingSystemTables: true)) makes \(count) and keeps every row")
      return nil
    }
    return BaselineAdoption(
      environment: environment, baseline: baseline,
      conversion: try SystemTablesConversion(baseline, in: environment))
  }

  /// Returns the conversion of the system tables of a further database, whose baseline is written already.
  ///
  /// - Parameter rows: the version of the database.
  /// - Returns: nil for tables of the right layout, and for a database that is elsewhere in the history.
  static func conversion(
    _ environment: EnvironmentContext, _ rows: Set<String>, _ connection: any Connection
  ) throws(MetaxyError) -> BaselineAdoption? {
    let heads = environment.revisions.graph.heads
    guard heads.count == 1, rows.isEmpty || rows == Set(heads), let file = environment.revisions[heads[0]] else {
      return nil
    }
    let state = try environment.state(rows, environment.log.entries(connection))
    let comparison = EnvironmentComparison(environment: environment, state: state, connection: connection)
    guard let baseline = try comparison.baseline(), !baseline.differences.isEmpty else { return nil }
    let conversion = try SystemTablesConversion(baseline, in: environment)
    return BaselineAdoption(environment: environment, baseline: baseline, conversion: conversion, existing: file)
  }
}
