internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

// The revisions that a baseline replaced, for databases that are still among them.
extension EnvironmentContext {
  /// The directory of the replaced files.
  var squashedDirectory: String { "\(environment.directory)/squashed" }

  /// The replaced revisions by name.
  private var replaced: Set<String> { Set(revisions.revisions.flatMap(\.replaces)) }

  /// Returns the environment as a database needs it: with the replaced revisions instead of the baseline if the database is
  /// at one of them, or half way through one, or lacks one that was inserted below its position.
  func positioned(_ connection: any Connection) throws(MetaxyError) -> EnvironmentContext {
    let replaced = replaced
    guard !replaced.isEmpty else { return self }
    let rows = try versionTable.revisions(connection)
    let isAmongThem = try rows.isDisjoint(with: replaced) ? isHalfWay(replaced, connection) : true
    if isAmongThem { return try withReplaced() ?? self }
    return try lacking(replaced, rows, connection) ?? self
  }

  /// Returns the environment with the replaced revisions if one of them was inserted and never ran in the database; nil otherwise.
  private func lacking(
    _ replaced: Set<String>, _ rows: Set<String>, _ connection: any Connection
  ) throws(MetaxyError) -> EnvironmentContext? {
    guard !rows.isEmpty else { return nil }
    let entries = try log.entries(connection)
    guard entries.contains(where: { replaced.contains($0.revision) }), let old = try withReplaced() else { return nil }
    let missing = MissingRevisions.find(in: old.revisions.graph, rows: rows, log: entries)
    return missing.isDisjoint(with: replaced) ? nil : old
  }

  /// Returns the environment with the replaced revisions if a target names one of them.
  func reaching(_ target: String) throws(MetaxyError) -> EnvironmentContext {
    let replaced = replaced
    guard !replaced.isEmpty, let symbol = try RevisionTarget(target).symbol,
      replaced.contains(where: { $0.hasPrefix(symbol) }), !revisions.graph.names(begin: symbol)
    else { return self }
    return try withReplaced() ?? self
  }

  private func isHalfWay(_ replaced: Set<String>, _ connection: any Connection) throws(MetaxyError) -> Bool {
    guard let last = try log.last(connection), last.isHalfApplied else { return false }
    if replaced.contains(last.revision) { return true }
    // The end of the range has the name of the baseline.
    return revisions[last.revision].map { !$0.replaces.isEmpty && !RevisionFile.isBaseline(rendered: last.script) }
      ?? false
  }

  /// The environment with the replaced revisions instead of the baselines; nil if their files are gone.
  private func withReplaced() throws(MetaxyError) -> EnvironmentContext? {
    guard let old = try squashed() else { return nil }
    let names = Set(old.revisions.map(\.revision))
    let files = old.revisions + revisions.revisions.filter { !names.contains($0.revision) }
    guard !files.contains(where: { !$0.replaces.isEmpty && !names.isDisjoint(with: $0.replaces) }) else { return nil }
    return replacing(try RevisionDirectory(files: files))
  }

  /// The names of the revisions whose files are among the replaced ones.
  func squashedRevisions() throws(MetaxyError) -> Set<String> { Set(try squashed()?.revisions.map(\.revision) ?? []) }

  private func squashed() throws(MetaxyError) -> RevisionDirectory? {
    guard Files.kind(of: squashedDirectory) == .directory else { return nil }
    return try RevisionDirectory(
      at: [squashedDirectory], relativeTo: session.project.root, lexicons: session.lexicons, checksHistory: false)
  }
}
