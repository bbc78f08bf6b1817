internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct PageCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write an HTML page of features, tables and revisions, and of the state of the stores.",
    discussion: """
      The page is one file without scripts, and it loads nothing: a browser shows it from anywhere. It has the graph of the \
      features, their versions, the history of each table with its SQL, and what every store lacks. A store that cannot be \
      reached is on the page with the reason. The same inputs give the same bytes.

        metaxy report
        metaxy report --offline --output public/features.html
      """)

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write; - for stdout. A file that is not such a page is not replaced.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output = "metaxy-report.html"

  @Flag(help: "Open no database: show what the revision files alone make of an empty one.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  static var takesSeveralStores: Bool { true }

  func answer(_ context: CommandContext) throws(MetaxyError) -> PageReport {
    try Commands.writePage(
      context, .init(output: output, stores: global.stores, isOffline: offline))
  }
}
