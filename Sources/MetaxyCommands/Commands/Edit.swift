package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Opens the files of revisions in the editor of `VISUAL` or `EDITOR`, one after the other.
  ///
  /// - Throws: `editor_failed` without an editor, or if it fails; `malformed_revision` if a file cannot be read afterwards.
  package static func edit(_ context: CommandContext, target: String) throws(MetaxyError) -> EditReport {
    let session = try ProjectSession(context)
    let environment = try session.environment()
    let files = environment.files(named: try environment.names(of: target))
    guard !files.isEmpty else { throw .nothingToShow(target) }
    let editors = ["VISUAL", "EDITOR"].compactMap { context.variables[$0] }.filter { !$0.isEmpty }
    guard let editor = editors.first else { throw .noEditor() }
    for file in files {
      let path = Paths.resolve(file.path, in: session.project.root)
      // The variable may have arguments, as in `code --wait`.
      let reason = ChildProcess.run(["/bin/sh", "-c", "\(editor) \"$@\"", editor, path])
      if let reason { throw .editorFailed(editor, file.path, reason: reason) }
      _ = try RevisionFile(at: path, path: file.path, lexicons: session.lexicons)
    }
    return EditReport(paths: files.map(\.path))
  }
}

extension MetaxyError {
  fileprivate static func noEditor() -> MetaxyError {
    MetaxyError(.editorFailed, "no editor is set", hints: ["set VISUAL or EDITOR, as in `EDITOR=vi`"])
  }

  fileprivate static func editorFailed(_ editor: String, _ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .editorFailed, "the editor `\(editor)` failed on `\(path)`: \(reason)", Payload(path: path),
      hints: ["set VISUAL or EDITOR to another editor, or open the file yourself"])
  }
}
