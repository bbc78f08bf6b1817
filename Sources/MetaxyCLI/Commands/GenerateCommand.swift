internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct GenerateCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generate the Swift file with which programs write and read rows.",
    discussion: """
      The file defines a `FeatureRegistry` with the features' tables, columns and versions, and typed column names. It \
      belongs in the module of the features and in version control; `metaxy check` reports if it is outdated. The \
      configuration sets its path:

        [ext.migrations]
        registry = "Sources/Features/FeatureRegistry.swift"

      A private feature is in the registry without its type. A file that the command did not generate is not changed.
      """)

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write instead of the configuration's `registry`; - for stdout.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("import"),
    help: ArgumentHelp(
      "A module that the file imports in addition to Metaxy and those of `registry_imports`; may be repeated.",
      valueName: "module"))
  var imports: [String] = []

  @Flag(name: .customLong("check"), help: "Write nothing; exit with 2 if the file is outdated.")
  var onlyChecks = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard onlyChecks, output == "-" else { return }
    throw ValidationError("`--check` looks at a file, and `--output -` names none")
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> GenerateReport {
    try Commands.generate(context, .init(output: output, imports: imports, onlyChecks: onlyChecks))
  }
}
