internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The applied statements that change tables and were not generated from records: those of revisions without a record, and
/// those that were written into generated files by hand.
///
/// What they make of their tables is in no record, so `check` reports no drift of these tables, and `upgrade` does not stop
/// for it. It reads every applied revision, so it is only made for differences.
struct UnrecordedStatements {
  /// The names that they change or mention, in lower case.
  private var names: Set<String> = []

  /// - Parameter inGeneratedFiles: whether those of files with records count.
  /// - Throws: `conflicting_records`; `malformed_record`.
  init(
    _ environment: EnvironmentContext, _ state: EnvironmentState, inGeneratedFiles: Bool = true
  ) throws(MetaxyError) {
    let dialect = environment.dialect
    let generated = RecordedOperations(environment, for: dialect)
    var logged: [String: String] = [:]
    for entry in state.log where entry.isApplication { logged[entry.revision] = entry.script }
    for revision in try environment.revisions.graph.applied(state.current) where !state.missing.contains(revision) {
      // A revision that was written from a drifted database starts from other tables than its record's parents leave.
      guard let file = environment.revisions[revision] else { continue }
      if let record = try environment.record(of: file), !inGeneratedFiles || record.drift[dialect.name] != nil {
        continue
      }
      let known =
        try generated.next(file, isDrafted: true)?.sections.flatMap(\.statements).map(\.sql) ?? []
      let own = Set(known)
      for statement in Self.applied(file, logged[revision], environment) where !own.contains(statement.sql) {
        let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
        // Rows have no definition.
        guard !(tokens.first?.isWord(in: "INSERT", "UPDATE", "DELETE") ?? false) else { continue }
        let reach = StatementReach(tokens, lexicon: dialect.lexicon)
        names.formUnion(reach.changed?.map(\.name.folded) ?? Array(reach.mentioned))
        // The code of `DO` is a string, and what it executes can be another one.
        if reach.changed == nil, tokens.first?.isWord(in: "DO", "SELECT", "CALL", "EXECUTE") == true {
          names.formUnion(tokens.filter { $0.kind == .string }.flatMap { Self.words(in: String($0.text)) })
        }
      }
    }
  }

  /// The statements of a revision as they were applied: those of the log, where a baseline does not stand for them.
  private static func applied(
    _ file: RevisionFile, _ script: String?, _ environment: EnvironmentContext
  ) -> [RevisionStatement] {
    // A text of an engine that the project no longer names cannot be read; then the file counts.
    let logged =
      file.replaces.isEmpty
      ? script.flatMap { try? RevisionFile(parsing: $0, path: file.path, lexicons: environment.session.lexicons) } : nil
    return (logged ?? file).sections(.upgrade, dialect: environment.dialect.name).flatMap(\.statements)
  }

  /// The words of a text, in lower case.
  private static func words(in text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { String($0).folded }
  }

  /// Whether one of them changes a table or type.
  func change(_ name: TableName) -> Bool { names.contains(name.name.folded) }
}
