internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures

struct RepairCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair", abstract: "Explain what is wrong with applied revisions, or make file and log agree.",
    discussion: """
      Without an option, nothing changes: a half-applied revision is explained with the commands that finish or undo it, the \
      edit of an applied file is shown as a diff against the log, and a version without a file with what the log knows.
      """)

  @Argument(help: "A revision or a prefix of one; by default all that need a repair.", completion: Completion.revision)
  var revision: String?

  @Flag(help: "The log takes the text of the file.")
  var accept = false

  @Flag(help: "The file takes the text of the log; a deleted file is written again.")
  var restore = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if accept, restore { throw ValidationError("`--accept` and `--restore` exclude each other") }
    if revision == nil, accept || restore {
      throw ValidationError("`--accept` and `--restore` are for one revision: name it")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RepairAnswer {
    guard let revision, accept || restore else {
      return .explained(try Commands.explainRepairs(context, revision: revision))
    }
    return .repaired(try Commands.repair(context, revision: revision, accept ? .accept : .restore))
  }
}

/// What is wrong, or what was done about it.
enum RepairAnswer: Report {
  case explained(RepairReport)
  case repaired(RepairedReport)

  var json: JSONValue { report.json }
  var text: String { report.text }

  private var report: any Report {
    switch self {
    case .explained(let report): report
    case .repaired(let report): report
    }
  }
}
