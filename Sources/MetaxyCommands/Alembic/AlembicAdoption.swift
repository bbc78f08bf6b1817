internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Writes the history of an Alembic environment, and marks it as applied.
///
/// The files are the history itself if it builds what the database has. Otherwise its head becomes a baseline of the live tables,
/// and the rendered revisions are kept beside it, as after `squash`.
struct AlembicAdoption {
  /// The environment with the files of the history, which are not written yet.
  let environment: EnvironmentContext
  let history: AlembicHistory
  let baseline: Baseline
  /// What each revision makes, if the history is kept.
  var replay: AlembicReplay?
  var conversion: SystemTablesConversion?
  var move: VersionRowMove?

  private var session: ProjectSession { environment.session }
  private var files: [RevisionFile] { history.revisions.revisions }
  private var head: RevisionFile { files[files.count - 1] }
  private var isKept: Bool { replay?.obstacles.isEmpty ?? false }

  /// - Parameter connection: a connection for writing.
  func run(_ connection: any Connection) throws(MetaxyError) -> InitialiseReport.Baseline {
    let lock = try DirectoryLock(environment.environment.versionsDirectory) {
      session.context.report(.note("waiting for another metaxy that writes revisions"))
    }
    defer { withExtendedLifetime(lock) {} }
    for warning in try conversion?.check(connection) ?? [] { session.context.report(.warning(warning)) }
    let path = try isKept ? writeHistory() : writeBaseline()
    let written = try EnvironmentContext(environment.environment, in: session)
    guard written.revisions[head.revision] != nil else { throw .baselineGone(path) }
    try stamp(written.revisions.revisions, connection)
    return InitialiseReport.Baseline(
      environment: environment.kind.rawValue, revision: head.revision, path: path,
      tables: baseline.tables.map(\.reportText), history: files.map(\.revision), isBaseline: !isKept,
      obstacles: replay?.obstacles ?? [], notRendered: history.gaps.map(\.text),
      conversions: conversion?.operations.map(\.description) ?? [],
      differences: conversion == nil ? baseline.differences.map(\.description) : [], unmanaged: baseline.unmanaged)
  }

  private func writeHistory() throws(MetaxyError) -> String {
    var prepared: [PreparedFile] = []
    for file in files {
      var record = replay?.records[file.revision]
      if file.revision == head.revision { record?.features = baseline.draft.record?.features ?? [:] }
      var file = file
      if file.revision == head.revision { file.snapshot = baseline.draft.snapshot }
      prepared.append(try prepare(file, record, in: environment.environment.versionsDirectory))
    }
    for file in prepared { try file.write() }
    return prepared.last?.displayPath ?? ""
  }

  private func writeBaseline() throws(MetaxyError) -> String {
    var file = RevisionFile(
      path: head.path, message: "baseline", revision: head.revision, branchLabels: files.flatMap(\.branchLabels),
      created: head.created, snapshot: baseline.draft.snapshot,
      notes: ["of a database that Alembic migrated up to: \(head.message)"], sections: baseline.draft.sections)
    file.replaces = files.dropLast().map(\.revision)
    if let record = baseline.draft.record {
      let verifier = RevisionVerifier(environment)
      file.verification = try verifier.verification(
        of: file, try verifier.acceptedProofs(ofNew: file, record, live: Schema()))
    }
    let kept = try files.map { file throws(MetaxyError) in
      try prepare(file, nil, in: environment.squashedDirectory)
    }
    let written = try prepare(file, baseline.draft.record, in: environment.environment.versionsDirectory)
    for file in kept { try file.write() }
    try written.write()
    return written.displayPath
  }

  /// A file whose text was checked.
  private struct PreparedFile {
    let path: String
    let displayPath: String
    let text: String
    let record: RevisionRecord?

    func write() throws(MetaxyError) {
      try Files.createDirectory(Paths.parent(of: path))
      // The record first: a file without a record counts as written by hand.
      if let record { try Files.write(record.text, to: RevisionFile.recordPath(of: path)) }
      try Files.write(text, to: path)
    }
  }

  private func prepare(
    _ file: RevisionFile, _ record: RevisionRecord?, in directory: String
  ) throws(MetaxyError) -> PreparedFile {
    var file = file
    let name = try RevisionFileName.name(
      of: file, created: file.created ?? RevisionTime(), in: environment.environment)
    let path = Paths.resolve(name, in: directory)
    file.path = Paths.relativePath(path, to: session.project.root)
    var record = record
    record?.origin = RecordOrigin(of: file)
    return PreparedFile(
      path: path, displayPath: file.path, text: try file.checkedText(lexicons: session.lexicons), record: record)
  }

  private func stamp(_ written: [RevisionFile], _ connection: any Connection) throws(MetaxyError) {
    let applied = written.map { Stamp.Revision($0, tables: $0.revision == head.revision ? baseline.tables : []) }
    try AdoptionStamp(environment: environment, conversion: conversion, move: move)
      .set(head.revision, applied: applied, connection)
  }
}
