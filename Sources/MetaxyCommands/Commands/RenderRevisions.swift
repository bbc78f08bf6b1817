public import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxyScript

extension Commands {
  /// Adds to the revision files what they shall run on a dialect that they say nothing to, from their records.
  ///
  /// What stands in the files stays to the letter, so that databases of other dialects notice nothing.
  ///
  /// - Throws: `record_missing` where a file was written by hand; nothing is written then.
  public static func render(_ context: CommandContext, dialect name: String) throws(MetaxyError) -> RenderReport {
    guard let dialect = StoreDialect(rawValue: name) else {
      throw .unknownDialect(name, StoreDialect.allCases.map(\.rawValue))
    }
    let workspace = try Workspace(context)
    let environment = try EnvironmentWorkspace(workspace.project.environment(for: workspace.store), in: workspace)
    let silent = environment.revisions.revisions.filter { !$0.speaks(to: name) }
    var texts: [(path: String, text: String)] = []
    var missing: [String] = []
    for file in silent {
      if let text = try self.text(of: file, for: Engines.dialect(dialect, context), environment) {
        texts.append((file.path, text))
      } else {
        missing.append(file.path)
      }
    }
    guard missing.isEmpty else { throw .recordsMissing(missing, dialect: name) }
    for (path, text) in texts {
      try Files.write(text, to: Paths.resolve(path, in: workspace.project.root), replacing: true)
    }
    return RenderReport(dialect: name, paths: texts.map(\.path))
  }

  /// Returns the file's text with the sections added; nil where there is no record.
  private static func text(
    of file: RevisionFile, for dialect: any Dialect, _ environment: EnvironmentWorkspace
  ) throws(MetaxyError) -> String? {
    guard let record = try environment.record(of: file) else { return nil }
    let history = try RecordedHistory(environment, upTo: file.downRevisions + file.dependencies)
    var schema = history.schema
    record.fold(into: &schema)
    let draft = try history.draft(to: DesiredSchema(schema: schema, renames: record.renames), dialect)
    for warning in try draft.warnings() { environment.workspace.context.narrate(.warning("\(file.path): \(warning)")) }
    let path = Paths.resolve(file.path, in: environment.workspace.project.root)
    return try RevisionFile.adding(
      draft.sections(), to: Files.text(at: path), path: file.path, lexicons: Engines.lexicons)
  }
}

extension RevisionFile {
  /// Whether the revision was written for a dialect, be it to say that there is nothing to do.
  fileprivate func speaks(to dialect: String) -> Bool {
    sections.contains { ($0.dialect ?? dialect) == dialect }
  }
}
