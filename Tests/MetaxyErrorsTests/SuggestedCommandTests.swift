import MetaxyCLI
import MetaxyErrors
import MetaxyFiles
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// Commands in hints: what a user copies from the terminal is accepted, whatever metaxy was started with.
@Suite struct SuggestedCommandTests {
  /// Names as nobody would choose them, but can.
  private static let hostile = ["plain", "two words", "it's", "a\"b", "$HOME", "`date`", "-dash", "naïve;rm"]

  private static let invocations: [Invocation] =
    [Invocation()]
    + hostile.map { Invocation(configFile: $0, store: $0, environment: $0) }
    + [
      Invocation(store: "prod"), Invocation(store: "postgresql://me:***@h1:1,h2:2/db?target_session_attrs=any"),
      Invocation(environment: ".metaxy/alembic-system"),
      Invocation(configFile: "../my project/metaxy.toml"),
    ]

  /// Every command that is suggested, under the name of its function.
  private static let commands: [String: [SuggestedCommand]] = [
    "initialise": [.initialise(), .initialise("own"), .initialise("/my project/own")],
    "initialiseFromDatabase": [.initialiseFromDatabase(), .initialiseFromDatabase(convertingSystemTables: true)],
    "initialiseFromAlembic": [
      .initialiseFromAlembic("alembic"),
      .initialiseFromAlembic("-own", systemAlembic: "it's here", convertingSystemTables: true),
    ],
    "generate": [.generate(), .generate(to: "my file.swift", importing: ["A", "B"]), .generate(to: "-")],
    "listFeatures": [.listFeatures()],
    "status": [.status()],
    "statusOfRows": [.statusOfRows()],
    "diffGraph": [.diffGraph()],
    "pushGraph": [.pushGraph(), .pushGraph(again: true)],
    "upgradeAllEnvironments": [.upgradeAllEnvironments()],
    "upgrade": [.upgrade(), .upgrade(to: "3f9a61be0c2d"), .upgrade(to: "+2"), .upgrade(to: "label@head")],
    "upgradeAllowingDrift": [.upgradeAllowingDrift()],
    "downgrade": [.downgrade(to: "-1"), .downgrade(to: "base"), .downgrade(to: "3f9a-1"), .downgrade(to: "a b")],
    "autogenerateUnverified": [.autogenerateUnverified()],
    "renderUnverified": [.renderUnverified(for: "postgresql")],
    "verify": [.verify("base:heads")] + hostile.map { .verify($0) },
    "autogenerate": [
      .autogenerate(), .autogenerate(renaming: ["a=b", "t.a=b"]),
      .autogenerate(backfilling: ["t.a=VALUE", "t.b='x y'"], converting: ["t.c=CAST(c AS INTEGER)"]),
      .autogenerate(renaming: hostile.map { "\($0)=\($0)" }, dropping: hostile),
    ],
    "convertGeneration": [.convertGeneration()],
    "adopt": [.adopt()],
    "revision": [.revision()],
    "render": [.render(for: "postgresql")],
    "check": [.check()],
    "current": [.current()],
    "heads": [.heads()],
    "history": [.history()],
    "merge": [.merge(["a1", "b2"]), .merge([])],
    "rebase": [.rebase("a1", onto: "b2")],
    "refold": [.refold()],
    "repair": [.repair(), .repair("3f9a61be0c2d"), .repair("u1", .accept), .repair("u1", .restore)],
    "stamp": [.stamp("3f9a61be0c2d"), .stamp(["3f9a61be0c2d", "8c1d20b7e4f6"])],
    "stampPurging": [.stampPurging()],
  ]

  /// The words of a command line, as a shell reads it.
  private static func words(_ line: String) throws -> [String] {
    let scratch = try TemporaryDirectory()
    let printed = try ChildProcess(
      #"printf '%s\n' "# + line, environment: ["PATH": "/usr/bin:/bin"], directory: scratch.path)
    return printed.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test func everyFunctionIsTried() throws {
    let source = try Files.text(at: Repository.path("Sources/MetaxyErrors/Hints/SuggestedCommand+All.swift"))
    let names = source.matches(of: /static func (\w+)/).map { String($0.1) }
    #expect(Set(names) == Set(Self.commands.keys))
  }

  @Test(arguments: invocations) func everyCommandIsAccepted(after invocation: Invocation) throws {
    for command in Self.commands.values.joined() {
      let line = command.completed(for: invocation).description
      let words = try Self.words(line)
      #expect(words.first == "metaxy")
      let problem = Program.problem(with: Array(words.dropFirst()))
      #expect(problem == nil, "\(line)")
    }
  }

  @Test func flagsAreThoseThatMatterToTheCommand() {
    let invocation = Invocation(configFile: "my.toml", store: "prod", environment: "own")
    func line(_ command: SuggestedCommand) -> String { command.completed(for: invocation).description }
    #expect(line(.upgrade()) == "metaxy -c own --store prod --config-file my.toml upgrade")
    #expect(line(.pushGraph()) == "metaxy --store prod --config-file my.toml graph push")
    #expect(line(.generate()) == "metaxy --config-file my.toml generate")
    #expect(line(.upgradeAllEnvironments()) == "metaxy --store prod --config-file my.toml upgrade --all-environments")
  }

  @Test func wordsAreQuotedForAShell() throws {
    let invocation = Invocation(store: "it's", environment: "my dir")
    let line = SuggestedCommand.downgrade(to: "-1").completed(for: invocation).description
    #expect(line == #"metaxy -c 'my dir' --store 'it'\''s' downgrade -1"#)
    #expect(try Self.words(line) == ["metaxy", "-c", "my dir", "--store", "it's", "downgrade", "-1"])
  }

  @Test func aCommandKeepsTheFlagsThatItHas() {
    let system = SuggestedCommand.upgrade().completed(for: Invocation(environment: "system"))
    #expect(system.completed(for: Invocation(environment: "user")).description == "metaxy -c system upgrade")
  }

  @Test func anErrorIsCompletedWithItsCauses() {
    let cause = MetaxyError(.noDatabase, "inner", hints: ["\(.upgrade()) creates it"])
    let error = MetaxyError(.statementFailed, "outer", hints: ["see \(.current())"], cause: cause)
    let hints = error.completed(for: Invocation(store: "prod")).allHints.map(\.description)
    #expect(hints == ["see `metaxy --store prod current`", "`metaxy --store prod upgrade` creates it"])
  }

  @Test func hintsAreEqualWhenTheySayTheSame() {
    let name = "b"
    let hint: Hint = "a `\(name)` c"
    #expect(hint == "a `b` c")
    #expect(hint + " d" == "a `b` c d")
    #expect(("run \(.upgrade())" as Hint) != "run `metaxy upgrade`")
  }
}
