internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL

/// The revisions of an Alembic environment as revision files, which are not written yet.
struct AlembicHistory {
  /// A direction of a revision that Alembic could not render.
  struct Gap {
    let revision: String
    let direction: RevisionDirection
    let dialect: String
    /// The path and line of the step.
    let place: String
    let reason: String

    var text: String { "the \(direction.rawValue) of `\(revision)` on \(dialect), \(place): \(reason)" }
  }

  /// The environment, as it was typed.
  let directory: String
  let versionTable: String
  let versionTableSchema: String?
  let revisions: RevisionDirectory
  private(set) var gaps: [Gap] = []
  var names: Set<String> { Set(revisions.revisions.map(\.revision)) }

  /// - Parameter answer: the answer of ``AlembicProgram``.
  /// - Throws: `broken_history`, `unterminated_sql`, `invalid_revision_name`.
  init(_ answer: JSONValue, directory: String, _ session: ProjectSession) throws(MetaxyError) {
    self.directory = directory
    versionTable = answer["version_table"]?.text ?? "alembic_version"
    versionTableSchema = answer["version_table_schema"]?.text
    var files: [RevisionFile] = []
    var gaps: [Gap] = []
    for value in answer["revisions"]?.elements ?? [] {
      let (file, missing) = try Self.file(value, session)
      files.append(file)
      gaps += missing
    }
    guard !files.isEmpty else { throw .alembicFailed(directory, "it has no revisions") }
    self.gaps = gaps
    revisions = try RevisionDirectory(files: files)
  }

  private static func file(_ value: JSONValue, _ session: ProjectSession) throws(MetaxyError) -> (RevisionFile, [Gap]) {
    let revision = value["revision"]?.text ?? ""
    try RevisionName.check(revision)
    let path = session.project.displayPath(value["path"]?.text ?? "")
    var file = RevisionFile(
      path: path, message: value["message"]?.text ?? "", revision: revision,
      downRevisions: value["parents"]?.texts ?? [], dependencies: value["depends"]?.texts ?? [],
      branchLabels: value["labels"]?.texts ?? [], created: value["created"]?.text.flatMap(RevisionTime.init),
      notes: ["rendered by Alembic from \(path)"])
    var gaps: [Gap] = []
    for direction in RevisionDirection.allCases {
      for dialect in session.dialects {
        let step = value[direction.rawValue]?[dialect.rawValue] ?? .null
        if let reason = step["reason"]?.text {
          let gap = Gap(
            revision: revision, direction: direction, dialect: dialect.rawValue,
            place: "\(path):\(step["line"]?.digits ?? "1")", reason: reason)
          gaps.append(gap)
          file.sections.append(section(for: gap))
        } else {
          let lexicon = session.context.dialect(dialect).lexicon
          file.sections += try sections(direction, dialect.rawValue, step["groups"]?.elements ?? [], lexicon)
        }
      }
    }
    return (file, gaps)
  }

  /// A section that fails with its reason, so that no database skips what could not be rendered.
  private static func section(for gap: Gap) -> RevisionSection {
    RevisionSection(
      gap.direction, dialect: gap.dialect,
      statements: [
        RevisionStatement(
          "SELECT alembic_could_not_render_this_step()", comments: ["\(gap.place): \(gap.reason)", "write it by hand"])
      ])
  }

  /// - Parameter groups: the statements in a transaction, or each without one.
  private static func sections(
    _ direction: RevisionDirection, _ dialect: String, _ groups: [JSONValue], _ lexicon: Lexicon
  ) throws(MetaxyError) -> [RevisionSection] {
    guard !groups.isEmpty else { return [RevisionSection(direction, dialect: dialect, notes: ["nothing to do here"])] }
    var sections: [RevisionSection] = []
    for group in groups {
      var statements: [RevisionStatement] = []
      for text in group["statements"]?.texts ?? [] {
        for statement in try ScannedStatement.statements(of: text, lexicon: lexicon) {
          statements.append(RevisionStatement(statement.sql, comments: statement.comments))
        }
      }
      sections.append(
        RevisionSection(
          direction, dialect: dialect, runsInTransaction: group["transaction"] != .boolean(false),
          statements: statements))
    }
    return sections
  }
}

extension JSONValue {
  fileprivate var digits: String? { if case .number(let digits) = self { digits } else { nil } }
}
