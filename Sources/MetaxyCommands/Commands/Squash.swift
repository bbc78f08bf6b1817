internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Folds a revision and all its ancestors into one baseline with its identifier.
  ///
  /// The replaced files move to `squashed` beside `versions`, where databases that are still among them find them.
  ///
  /// - Throws: `cannot_squash` if the range is not self-contained, or if the baseline would not leave the same catalog and rows.
  package static func squash(_ context: CommandContext, upTo target: String) throws(MetaxyError) -> SquashReport {
    let session = try ProjectSession(context)
    let lock = try session.lockVersions()
    defer { withExtendedLifetime(lock) {} }
    let environment = try session.environment()
    let plan = try SquashPlan(environment, upTo: target, current: [])
    let (sections, parts) = try sections(of: plan, environment)
    let baseline = plan.baseline(sections)
    let dialects = environment.session.dialects
    var report = SquashReport(revision: plan.end.revision, path: plan.end.path, replaced: plan.replaced)
    for part in parts {
      report.parts.append(part.report)
      guard let proof = part.proof else { continue }
      let differences = try proof.differences(of: baseline)
      guard differences.isEmpty else { throw .notEqual(plan.end, part.name, differences) }
    }
    let record = try plan.record(of: baseline, dialects: dialects.map(context.dialect))
    try write(baseline, record, plan, environment)
    return report
  }

  /// What a baseline does on one dialect.
  private struct Part {
    var name: StoreDialect
    var folded: [RevisionSection]?
    var own: [String]
    var proof: SquashProof?

    var report: SquashReport.Part {
      SquashReport.Part(
        dialect: name.rawValue, isFolded: folded != nil, ownStatements: own, isProven: proof != nil)
    }
  }

  private static func sections(
    of plan: SquashPlan, _ environment: EnvironmentContext
  ) throws(MetaxyError) -> ([RevisionSection], [Part]) {
    let squashed = SquashedSections(environment, plan)
    var parts: [Part] = []
    for name in environment.session.dialects {
      let dialect = environment.session.context.dialect(name)
      var part = Part(name: name, own: try squashed.revisionsWithOwnStatements(for: dialect).map(\.revision))
      part.proof = try SquashProof(environment, name, plan.files)
      // Without proof the statements stay as they are.
      if let proof = part.proof, let folded = try squashed.folded(for: dialect),
        try proof.differences(of: plan.baseline(folded)).isEmpty
      {
        part.folded = folded
      }
      parts.append(part)
    }
    guard parts.contains(where: { $0.folded != nil }) else { return (squashed.carriedOver(for: nil), parts) }
    return (parts.flatMap { $0.folded ?? squashed.carriedOver(for: $0.name.rawValue) }, parts)
  }

  /// Copies the old files first, so that none is lost wherever this ends; a file that the baseline replaces is not read.
  private static func write(
    _ baseline: RevisionFile, _ record: RevisionRecord?, _ plan: SquashPlan, _ environment: EnvironmentContext
  ) throws(MetaxyError) {
    let root = environment.session.project.root
    let text = try baseline.checkedText(lexicons: environment.session.lexicons)
    try Files.createDirectory(environment.squashedDirectory)
    let known = try environment.squashedRevisions()
    for file in plan.files {
      // The files that an earlier baseline stands for may be there already.
      guard file.replaces.isEmpty || !known.isSuperset(of: file.replaces + [file.revision]) else { continue }
      try keep(file, in: environment.squashedDirectory, root)
    }
    let place = Paths.resolve(baseline.path, in: root)
    if let record {
      try Files.write(record.text, to: RevisionFile.recordPath(of: place), replacing: true)
    } else if Files.kind(of: RevisionFile.recordPath(of: place)) == .file {
      try Files.remove(RevisionFile.recordPath(of: place))
    }
    try Files.write(text, to: place, replacing: true)
    for file in plan.files where file.revision != baseline.revision {
      for path in [file.path, file.recordPath].map({ Paths.resolve($0, in: root) })
      where Files.kind(of: path) == .file {
        try Files.remove(path)
      }
    }
  }

  private static func keep(_ file: RevisionFile, in directory: String, _ root: String) throws(MetaxyError) {
    let text = try Files.text(at: Paths.resolve(file.path, in: root))
    var copy = "\(directory)/\(Paths.name(of: file.path))"
    // Files of several directories may have the same name.
    if Files.kind(of: copy) == .file, try Files.text(at: copy) != text { copy = "\(directory)/\(file.revision).sql" }
    try Files.write(text, to: copy, replacing: true)
    let record = Paths.resolve(file.recordPath, in: root)
    guard Files.kind(of: record) == .file else { return }
    try Files.write(Files.text(at: record), to: RevisionFile.recordPath(of: copy), replacing: true)
  }
}

extension MetaxyError {
  fileprivate static func notEqual(_ end: RevisionFile, _ dialect: StoreDialect, _ differences: [String]) -> MetaxyError
  {
    MetaxyError(
      .cannotSquash,
      "cannot squash up to `\(end.revision)`: on \(dialect.rawValue) one baseline would not leave what its revisions leave:"
        + differences.map { "\n  \($0)" }.joined(),
      Payload(path: end.path, revision: end.revision), hints: ["nothing was written"])
  }
}
