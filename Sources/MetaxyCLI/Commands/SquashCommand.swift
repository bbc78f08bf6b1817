internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct SquashCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "squash", abstract: "Fold a revision and all its ancestors into one baseline.",
    discussion: """
      The baseline keeps the identifier of the revision, so databases at it or after it stay as they are, and new databases run \
      only the baseline. The replaced files move to the directory `squashed`; databases that are still among them upgrade with \
      these. Where every statement was generated, the baseline creates the final tables; otherwise it has all statements, those \
      written by hand included. Both are run in scratch databases and must leave the same catalog and rows.
      """)

  @Argument(help: "The last revision to fold.", completion: Completion.revision)
  var revision: String

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> SquashReport {
    try Commands.squash(context, upTo: revision)
  }
}
