internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct GenerateCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes the Swift file that programs write and read rows with.",
    discussion: """
      The file makes a `FeatureRegistry` of the features, with their tables, columns and versions, and names the columns \
      with their types. It belongs beside the features, into their module, and into version control; `metaxy check` tells when \
      the features have changed since. The configuration says where it lies:

        [ext.migrations]
        registry = "Sources/Features/FeatureRegistry.swift"

      A feature that is private is in the registry without its type. A file that the command did not write is left alone.
      """)

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write, in place of the configuration's `registry`; - for stdout.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("import"),
    help: ArgumentHelp(
      "A module that the file imports besides Metaxy, and those of `registry_imports`; may be repeated.",
      valueName: "module"))
  var imports: [String] = []

  @Flag(name: .customLong("check"), help: "Writes nothing; exits with 2 when the file is not of these features.")
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
