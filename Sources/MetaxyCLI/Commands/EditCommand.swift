internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct EditCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Open a revision file in the editor of VISUAL or EDITOR.")

  @Argument(help: "A revision, a prefix of one, head or current.", completion: Completion.revision)
  var revision: String

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> EditReport {
    try Commands.edit(context, target: revision)
  }
}
