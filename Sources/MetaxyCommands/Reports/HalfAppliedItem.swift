internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

/// A revision that is partially applied, with the two ways out.
package struct HalfAppliedItem: Sendable {
  package var environment: String
  package var revision: String
  /// The direction of the interrupted run.
  package var direction: String
  /// Whether an undoing of the run was interrupted too.
  package var isBeingUndone: Bool
  /// The file; nil if it is gone.
  package var path: String?
  package var sectionCount: Int
  package var sections: Int
  package var statements: Int
  /// Whether it stopped among the batches of the next section.
  package var isBetweenBatches: Bool
  package var error: String?
  /// The first line of the statement with which it would resume; nil when it is being undone.
  package var nextStatement: String?
  package var invalidIndexes: [String]
  package var forward: String
  package var back: String

  init(_ run: HalfAppliedRun, in environment: EnvironmentContext) {
    let found = run.logged.sections(run.direction, dialect: environment.dialect.name)
    self.environment = environment.kind.rawValue
    revision = run.revision
    direction = run.direction.rawValue
    isBeingUndone = run.isBeingUndone
    path = run.file?.path
    sectionCount = found.count
    sections = run.origin.section
    statements = run.origin.statement
    isBetweenBatches = run.origin.position != nil
    error = run.entry.error
    invalidIndexes = run.invalidIndexes
    forward = run.forward.completed(for: environment.invocation).description
    back = run.back.completed(for: environment.invocation).description
    if !isBeingUndone, found.indices.contains(sections), found[sections].statements.indices.contains(statements) {
      let sql = found[sections].statements[statements].sql
      nextStatement = sql.split(separator: "\n").first.map(String.init)
    }
  }

  var json: JSONValue {
    .object([
      .init("environment", .string(environment)), .init("revision", .string(revision)),
      .init("direction", .string(direction)), .init("is_being_undone", .boolean(isBeingUndone)),
      .init("path", JSONValue(path)), .init("sections", JSONValue(sectionCount)),
      .init("sections_done", JSONValue(sections)), .init("statements_done", JSONValue(statements)),
      .init("next_statement", JSONValue(nextStatement)), .init("error", JSONValue(error)),
      .init("invalid_indexes", .texts(invalidIndexes)), .init("forward", .string(forward)),
      .init("back", .string(back)),
    ])
  }

  private var progress: String {
    let done = "\(sections) of \(Wording.count(sectionCount, "section"))"
    if isBetweenBatches { return "\(done) and some batches of the next one" }
    return statements > 0 ? "\(done) and \(Wording.count(statements, "statement")) of the next one" : done
  }

  private var title: String {
    isBeingUndone
      ? "the \(direction) of `\(revision)` was interrupted, and so was its undoing"
      : "the \(direction) of `\(revision)` stopped after \(progress)"
  }

  /// One line, for commands that report other things too.
  var line: String {
    let ways = isBeingUndone ? "`\(back)` resumes the undoing" : "`\(forward)` finishes it, `\(back)` undoes it"
    let indexes = invalidIndexes.isEmpty ? "" : ", with the INVALID index \(invalidIndexes.joined(separator: ", "))"
    return "half-applied: \(title)\(indexes); \(ways)"
  }

  /// All that is known.
  var text: String {
    var lines = ["half-applied: \(title)"]
    lines.append("  file:     \(path ?? "gone; the log has its text")")
    if let error { lines.append("  failed:   \(error.replacing("\n", with: "\n            "))") }
    if let nextStatement { lines.append("  stopped:  before or in `\(nextStatement)`") }
    lines += invalidIndexes.map { "  index:    \($0) is INVALID: no query uses it, but every write maintains it" }
    if isBeingUndone {
      lines.append("  back:     `\(back)` resumes the undoing")
      lines.append("  forward:  `\(forward)` resumes the undoing")
    } else {
      lines.append("  forward:  `\(forward)` checks the catalog and resumes")
      lines.append("  back:     `\(back)` undoes what ran")
    }
    return lines.joined(separator: "\n")
  }
}
