internal import MetaxyErrors
internal import MetaxyRevisions

/// An applied revision whose file was edited since.
package struct EditedItem: Sendable, Hashable {
  package var revision: String
  /// The path of its file, as it is displayed.
  package var path: String
  /// What shows the edit, and offers both ways out.
  var command: SuggestedCommand

  init(_ edited: EditedRevision, in environment: EnvironmentContext) {
    revision = edited.file.revision
    path = edited.file.path
    command = SuggestedCommand.repair(edited.file.revision).completed(for: environment.invocation)
  }
}
