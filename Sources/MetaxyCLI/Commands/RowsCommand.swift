internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyRows

struct RowsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows", abstract: "Export and import the rows of features.",
    subcommands: [ExportRowsCommand.self, ImportRowsCommand.self])
}

struct ExportRowsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the rows of a feature as CSV or JSON Lines.",
    discussion: """
      By default the newest row of each sample, in the feature version of the sources, goes to stdout as CSV. The same rows \
      give the same text on every engine, in the order of the ID columns.

        metaxy rows export video > video.csv
        metaxy rows export video --output video.jsonl --history --all-versions

      --format is csv or jsonl; with --output also json, for the report: the ending of the file is the format then. In \
      CSV an empty field is NULL, and "" an empty text.
      """)

  static let formats: Set<OutputFormat> = [.text, .json, .csv, .jsonl]

  @Argument(help: ArgumentHelp("The key of the feature, or the name of its table.", valueName: "feature"))
  var feature: String

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write instead of stdout.", valueName: "file"))
  var output: String?

  @Flag(help: "Replace the file of --output if it exists.")
  var overwrite = false

  @Flag(help: "Write all rows of each sample instead of the newest one.")
  var history = false

  @Option(
    help: ArgumentHelp("The rows of another feature version than that of the sources.", valueName: "version"))
  var version: String?

  @Flag(name: .customLong("all-versions"), help: "The rows of all feature versions.")
  var allVersions = false

  @Option(help: ArgumentHelp("Only these columns, separated by commas, in this order.", valueName: "names"))
  var columns: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if version != nil, allVersions {
      throw ValidationError("`--version` chooses one of the versions of `--all-versions`")
    }
    if overwrite, output == nil { throw ValidationError("`--overwrite` is about the file of `--output`") }
    if global.format == .json, output == nil {
      throw ValidationError(
        "the rows on stdout are csv or jsonl; `--format json` is the report about the file of `--output`")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RowExportReport {
    try Commands.exportRows(
      context,
      .init(
        feature: feature, format: global.rowFormat, output: output, overwrites: overwrite, hasHistory: history,
        version: allVersions ? .all : version.map { .version($0) } ?? .current,
        columns: columns.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
    ) { bytes throws(MetaxyError) in try Terminal.answer(part: bytes) }
  }
}

struct ImportRowsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Write the rows of a file into the table of a feature.",
    discussion: """
      Reads what `rows export` writes, on either engine. All rows are written in one transaction, or none; every value \
      that does not fit is reported with its line. The file needs the ID columns and Metaxy's own: the command does not \
      compute data versions. A row that is in the table already, by ID, feature version and data version, is an error.

        metaxy rows import video video.csv --dry-run
        metaxy rows import video video.csv

      --format csv or jsonl is the format of a file whose name does not end in .csv, .jsonl or .ndjson; text and json are \
      about the report.
      """)

  static let formats: Set<OutputFormat> = [.text, .json, .csv, .jsonl]

  @Argument(help: ArgumentHelp("The key of the feature, or the name of its table.", valueName: "feature"))
  var feature: String

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  @Flag(name: .customLong("dry-run"), help: "Write the rows and roll them back, so that the database checks them.")
  var isDry = false

  @Flag(name: .customLong("skip-existing"), help: "Leave out the rows that are in the table already.")
  var skipsExisting = false

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> RowImportReport {
    try Commands.importRows(
      context,
      .init(
        feature: feature, file: file, format: global.rowFormat, isDry: isDry, skipsExisting: skipsExisting))
  }
}

extension GlobalOptions {
  /// The format of rows; nil if it is about a report.
  fileprivate var rowFormat: RowFormat? {
    switch format {
    case .csv: .csv
    case .jsonl: .jsonl
    default: nil
    }
  }
}
