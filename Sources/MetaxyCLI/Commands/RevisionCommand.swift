internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures

struct RevisionCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "revision",
    abstract: "Write a revision file.",
    discussion: """
      With --autogenerate, its sections migrate the database to the features and plain tables, and back; no file is \
      written if there are no changes. On SQLite, a change that ALTER TABLE does not support rebuilds the table. Renames \
      are declared with `renamedFrom:`, or `-- @renamed from=` in SQL. A dropped and an added column that could be one are \
      never guessed: a terminal asks, elsewhere --rename and --no-rename decide; the same holds for tables, and for the \
      values of an enumeration: `--rename video.state:done=ready`, or `renamedValues:` of `@Column`.

      Existing rows that violate the new schema are counted, and nothing is written. --backfill gives them a value in a new \
      column or in place of NULL, --using converts them to a new type; both are SQL over the columns of the row: \
      `--backfill video.fps='frames / duration'`, `--using video.size='CAST(size AS INTEGER)'`. `backfill:` and `using:` of \
      `@Column` declare the same, for each engine.

      If `dialects` lists several engines, the file contains sections for each of them: for the store's engine from the \
      differences of its database, for the others from the records of earlier revisions. --render adds the sections of a \
      dialect to the files that have none for it; databases of other dialects are not affected.

      A database that was changed by hand has drifted: --autogenerate reports it, and writes the revision from the live \
      schema. The record beside each file holds the tables after it. After `Revises:` of a file was edited, --refold computes \
      the records again on the present parents; the files of SQL stay as they are.

      --adopt writes the drift itself as a revision, from the records, so that other databases get it too; the drifted database \
      is stamped with it.

      A database of the other generation of Metaxy is refused. After `generation` in metaxy.toml was changed, \
      `metaxy revision --autogenerate --convert-generation` writes the revision that converts its tables, with their rows.

      Without --autogenerate, the sections are empty, to be written by hand. SOURCE_DATE_EPOCH sets the creation time.
      """)

  @Flag(help: "Compare the database with the definitions and write the differences as operations.")
  var autogenerate = false

  @Flag(help: "Write what was changed in the database by hand as a revision for other databases.")
  var adopt = false

  @Flag(
    name: .customLong("online"), inversion: .prefixedNo,
    help: "Change PostgreSQL's tables in steps that do not lock out other sessions.")
  var isOnline = true

  @Option(
    name: .customLong("rename"),
    help: ArgumentHelp(
      "A table, column or value that has a new name: TABLE=NEW, TABLE.COLUMN=NEW or TABLE.COLUMN:VALUE=NEW; repeatable.",
      valueName: "old=new"))
  var renames: [String] = []

  @Option(
    name: .customLong("no-rename"),
    help: ArgumentHelp(
      "A table, column or value that goes, although it could have a new name; without a value, all of them; repeatable.",
      valueName: "old"))
  var drops: [String] = []

  @Option(
    name: .customLong("backfill"),
    help: ArgumentHelp(
      "What existing rows get in a new column, or in place of NULL: TABLE.COLUMN=VALUE, where VALUE is SQL; repeatable.",
      valueName: "column=value"))
  var backfills: [String] = []

  @Option(
    name: .customLong("using"),
    help: ArgumentHelp(
      "How existing values become those of a new type: TABLE.COLUMN=EXPRESSION; repeatable.",
      valueName: "column=expression"))
  var conversions: [String] = []

  @Flag(
    name: .customLong("verify"), inversion: .prefixedNo,
    help: "Prove what --autogenerate or --render writes in scratch databases, as `metaxy verify` does.")
  var isVerified = true

  @Flag(
    name: .customLong("convert-generation"),
    help: "Convert the database's tables of the other generation of Metaxy to the configured one.")
  var convertsGeneration = false

  @OptionGroup var file: RevisionFileOptions

  @Option(
    help: "The revision to follow: a head, LABEL@head, or base for a new history.", completion: Completion.revision)
  var head = "head"

  @Flag(help: "Follow a revision that others follow already, which begins a new branch.")
  var splice = false

  @Option(
    name: .customLong("depends-on"),
    help: ArgumentHelp("A revision or branch that must be applied first; repeatable.", valueName: "revision"),
    completion: Completion.revision)
  var dependencies: [String] = []

  @Option(
    help: ArgumentHelp("Add the sections of a dialect to existing files, from their records.", valueName: "dialect"))
  var render: String?

  @Flag(help: "Compute the records of existing files again, on the present parents of their revisions.")
  var refold = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let isForNewFile = autogenerate || adopt || splice || head != "head" || !dependencies.isEmpty || file.isSet
    guard autogenerate || (renames.isEmpty && drops.isEmpty) else {
      throw ValidationError("`--rename` and `--no-rename` are for `--autogenerate`")
    }
    guard !autogenerate || !adopt else {
      throw ValidationError(
        "`--autogenerate` undoes drift that the definitions do not have, and `--adopt` keeps it: use one")
    }
    guard autogenerate || !convertsGeneration else {
      throw ValidationError("`--convert-generation` is for `--autogenerate`")
    }
    guard autogenerate || (backfills.isEmpty && conversions.isEmpty) else {
      throw ValidationError("`--backfill` and `--using` are for `--autogenerate`")
    }
    if let backfill = backfills.first(where: { !$0.contains("=") }) {
      throw ValidationError("`--backfill \(backfill)` has no value: write `--backfill \(backfill)=VALUE`")
    }
    if let conversion = conversions.first(where: { !$0.contains("=") }) {
      throw ValidationError("`--using \(conversion)` has no expression: write `--using \(conversion)=EXPRESSION`")
    }
    if let rename = renames.first(where: { !$0.contains("=") }) {
      throw ValidationError("`--rename \(rename)` has no new name: write `--rename \(rename)=NEW`")
    }
    guard !refold || !(isForNewFile || render != nil) else {
      throw ValidationError("`--refold` changes existing records, so it cannot be used with other flags of `revision`")
    }
    guard render != nil, isForNewFile else { return }
    throw ValidationError("`--render` changes existing files, so it cannot be used with flags for a new one")
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> Answer {
    if refold { return .refolded(try Commands.refold(context)) }
    if let render { return .rendered(try Commands.render(context, dialect: render, isVerified: isVerified)) }
    var request = file.request(isAutogenerated: autogenerate)
    request.adoptsDrift = adopt
    request.head = head
    request.splices = splice
    request.dependencies = dependencies
    request.isVerified = isVerified
    request.renames = RenameDecisions(renames: renames, drops: drops)
    request.rows = RowDecisions(backfills: backfills, conversions: conversions)
    request.convertsGeneration = convertsGeneration
    return .written(try Commands.revision(context, request))
  }

  /// A new file, the files with added sections, or the changed records.
  enum Answer: Report {
    case written(NewRevisionReport)
    case rendered(RenderReport)
    case refolded(RefoldReport)

    var json: JSONValue { report.json }
    var text: String { report.text }

    private var report: any Report {
      switch self {
      case .written(let report): report
      case .rendered(let report): report
      case .refolded(let report): report
      }
    }
  }
}

/// The options of a new revision file.
struct RevisionFileOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "The description of the revision; generated by default.")
  var message: String?

  @Option(help: "The revision's identifier; random by default.")
  var revID: String?

  @Option(help: ArgumentHelp("A name for the branch that begins with the revision.", valueName: "label"))
  var branchLabel: String?

  @Option(
    help: ArgumentHelp(
      "The directory of the file, one of version_locations; by default that of its parent.", valueName: "directory"))
  var versionPath: String?

  /// Whether any of them is given.
  var isSet: Bool { message != nil || revID != nil || branchLabel != nil || versionPath != nil }

  func request(isAutogenerated: Bool) -> Commands.RevisionRequest {
    var request = Commands.RevisionRequest(isAutogenerated: isAutogenerated, message: message, identifier: revID)
    request.branchLabel = branchLabel
    request.versionPath = versionPath
    return request
  }
}
