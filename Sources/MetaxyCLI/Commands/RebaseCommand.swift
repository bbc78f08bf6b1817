internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct RebaseCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebase", abstract: "Put one of two branches after the other.",
    discussion: """
      The first revision of the branch gets another parent; its file and the records are rewritten. Of two heads, the branch \
      that is not applied moves, or the one that was created later. It is refused if a revision of the branch is applied to the \
      store's database, or if the tables of the two branches are not disjoint.
      """)

  @Argument(help: "A revision of the branch that moves.", completion: Completion.revision)
  var revision: String?

  @Option(
    help: ArgumentHelp("The revision to follow; the other head by default.", valueName: "revision"),
    completion: Completion.revision)
  var onto: String?

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> RebaseReport {
    try Commands.rebase(context, revision, onto: onto)
  }
}
