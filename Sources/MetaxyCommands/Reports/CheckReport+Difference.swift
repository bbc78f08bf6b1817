package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

extension CheckReport {
  /// One difference between the database and the desired schema.
  package struct Difference: Sendable {
    /// The operation that would remove it: `add_column video.fps`.
    package var operation: String
    /// The table; nil for the registry file.
    package var table: String?
    package var object: String?
    /// The live definition; nil if there is none.
    package var database: String?
    /// The desired definition; nil if there is none.
    package var definition: String?
    package var source: SourceLocation?
    /// How to resolve the difference, if a revision does not.
    var hint: Hint?
    /// Whether the database has drifted, rather than the definitions changed.
    var isDrift = false
    /// The last revision that defined the object, or else its table; nil if none did.
    package var since: String?
    /// The pending revision that resolves it; nil for one that no revision resolves.
    package var explainedBy: String?
    /// What keeps an object from working that is otherwise as it was defined; nil for any other difference.
    package var state: ObjectState?
    /// The commands that resolve it, in order.
    package var commands: [SuggestedCommand] = []
    /// The dialect whose sections lack the operation; nil for the store's own.
    var dialect: String?

    init(_ operation: MigrationOperation, source: SourceLocation?, isDrift: Bool = false, dialect: String? = nil) {
      self.operation = operation.description
      self.isDrift = isDrift
      self.dialect = dialect
      table = operation.table.reportText
      object = operation.object
      database = operation.before
      definition = operation.after
      self.source = source
    }

    /// A file that `metaxy generate` rewrites.
    init(registry path: String, source: SourceLocation?, _ invocation: Invocation) {
      operation = "generate_registry \(path)"
      object = path
      self.source = source
      commands = [.generate().completed(for: invocation)]
      hint = "\(.generate().completed(for: invocation)) rewrites `\(path)`"
    }

    var json: JSONValue {
      .object([
        .init("operation", .string(operation)), .init("table", JSONValue(table)), .init("object", JSONValue(object)),
        .init("database", JSONValue(database)), .init("definition", JSONValue(definition)),
        .init(
          "source",
          source.map { .object([.init("file", .string($0.file)), .init("line", JSONValue($0.line))]) } ?? .null),
        .init("cause", .string(isDrift ? "drift" : "definitions")), .init("dialect", JSONValue(dialect)),
        .init("since", JSONValue(since)), .init("explained_by", JSONValue(explainedBy)),
        .init("state", JSONValue(state?.rawValue)), .init("run", .texts(commands.map(\.description))),
      ])
    }

    var text: String {
      let place = source.map { "  \($0.file):\($0.line)" } ?? ""
      let remark = isDrift ? "  (drift)" : dialect.map { "  (\($0))" } ?? state.map { "  (\($0.rawValue))" } ?? ""
      return "  \(Wording.change(operation, from: database, to: definition))\(place)\(remark)"
    }
  }

  /// Why an object that exists does not do what it is for.
  package enum ObjectState: String, Sendable {
    /// An index that PostgreSQL did not finish, and that no query uses.
    case invalid
    /// A constraint that older rows need not satisfy.
    case unvalidated
  }

  /// A change of the database that no revision made.
  package struct Drift: Sendable {
    /// The operation that would have made it: `add_column video.note`.
    package var operation: String
    package var table: String
    package var object: String?
    /// The definition of the revisions; nil if there is none.
    package var revisions: String?
    /// The live definition; nil if there is none.
    package var database: String?
    /// Whether the definitions agree with it, so that no difference lists it.
    package var isAccepted: Bool
    /// The last revision that defined the object; nil if none did.
    package var since: String?

    init(_ operation: MigrationOperation, isAccepted: Bool) {
      self.operation = operation.description
      table = operation.table.reportText
      object = operation.object
      revisions = operation.before
      database = operation.after
      self.isAccepted = isAccepted
    }

    var json: JSONValue {
      .object([
        .init("operation", .string(operation)), .init("table", .string(table)), .init("object", JSONValue(object)),
        .init("revisions", JSONValue(revisions)), .init("database", JSONValue(database)),
        .init("since", JSONValue(since)),
      ])
    }

    var text: String { "  \(Wording.change(operation, from: revisions, to: database))" }
  }
}
