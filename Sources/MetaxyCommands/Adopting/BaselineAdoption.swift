internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Writes the baseline of an environment, and marks it as applied.
struct BaselineAdoption {
  let environment: EnvironmentContext
  let baseline: Baseline
  /// The change of the layout of the live tables; nil for tables that stay as they are.
  var conversion: SystemTablesConversion?
  /// The baseline's file, if it is written already and only this database has not been converted.
  var existing: RevisionFile?

  /// - Parameter connection: a connection for writing.
  func run(_ connection: any Connection) throws(MetaxyError) -> InitialiseReport.Baseline {
    let context = environment.session.context
    let lock = try DirectoryLock(environment.environment.versionsDirectory) {
      context.report(.note("waiting for another metaxy that writes revisions"))
    }
    defer { withExtendedLifetime(lock) {} }
    for warning in try conversion?.check(connection) ?? [] { context.report(.warning(warning)) }
    if let existing {
      try stamp(existing, connection)
      return report(existing.revision, existing.path)
    }
    let place = try RevisionPlacement([], branchLabels: [], environment)
    let written = try RevisionWriter(environment: environment, variables: context.variables, verifies: true)
      .write(baseline.draft, message: baseline.draft.message, identifier: nil, at: place)
    // Hooks may have changed the file.
    let reopened = try EnvironmentContext(environment.environment, in: environment.session)
    guard let revision = written.revision, let file = reopened.revisions[revision] else {
      throw .baselineGone(written.path ?? "")
    }
    try stamp(file, connection)
    return report(revision, written.path ?? "")
  }

  private func report(_ revision: String, _ path: String) -> InitialiseReport.Baseline {
    InitialiseReport.Baseline(
      environment: environment.kind.rawValue, revision: revision, path: path,
      tables: baseline.tables.map(\.reportText), isWritten: existing == nil,
      conversions: conversion?.operations.map(\.description) ?? [],
      differences: conversion == nil ? baseline.differences.map(\.description) : [], unmanaged: baseline.unmanaged)
  }

  private func stamp(_ file: RevisionFile, _ connection: any Connection) throws(MetaxyError) {
    try AdoptionStamp(environment: environment, conversion: conversion)
      .set(file.revision, applied: [Stamp.Revision(file, tables: baseline.tables)], connection)
  }
}
