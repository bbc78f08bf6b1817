internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct LintCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find what is dangerous in revisions; exit with 2 if there is a warning.",
    discussion: """
      Without REVISION, the pending revisions are read; where there is no database, as in a CI job, the heads. No rule needs a \
      database: the records of the revisions show what a statement changes.

        metaxy lint                        what the next upgrade runs
        metaxy lint --since 3f9a61be0c2d   what a branch adds to the revisions of main
        metaxy lint base:heads             every revision

      Each finding has a code, the engine on which it happens, and a safe alternative. `-- metaxy:allow CODE reason` above a \
      statement accepts it. Advice does not fail the command, except with --strict.

      The configuration changes rules for all revisions, or for those of one environment; what is off is not reported:

        [ext.migrations.lint]
        off = ["PG101"]
        error = ["DS102"]

        [ext.migrations.lint.system]
        advice = ["MF103"]

      With --format github or sarif, the findings are shown at their lines by services for continuous integration.
      """)

  @Argument(
    help: "A revision, a prefix of one, head, or a range FROM:TO with both ends.", completion: Completion.revision)
  var revision: String?

  @Option(help: .init("Read all revisions after this one.", valueName: "revision"), completion: Completion.revision)
  var since: String?

  @Flag(name: .customLong("downgrade"), help: "Read the sections of downgrades too.")
  var includesDowngrades = false

  @Flag(name: .customLong("strict"), help: "Exit with 2 for advice too.")
  var isStrict = false

  @Flag(
    name: .customLong("measure"),
    help: "Run the statements for PostgreSQL in a scratch database, and measure their locks and rewrites.")
  var measures = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  static var formats: Set<OutputFormat> { [.text, .json, .github, .sarif] }

  func validate() throws {
    if revision != nil, since != nil { throw ValidationError("`--since` and REVISION exclude each other") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> LintReport {
    try Commands.lint(
      context,
      Commands.LintRequest(
        target: revision, since: since, includesDowngrades: includesDowngrades, isStrict: isStrict,
        measures: measures))
  }
}
