/// A project as a page: its features, tables and revisions, and the state of its stores.
///
/// The values are texts as they are shown; ``html`` escapes them. The same values give the same bytes.
package struct ProjectPage: Sendable {
  package var project: String
  /// The name of the version of the whole graph: `snapshot`, or `project version` since Metaxy 0.1.
  package var versionName: String
  package var version: String
  /// The version of metaxy.
  package var tool: String
  /// Sorted by key.
  package var features: [PageFeature] = []
  package var tables: [PageTable] = []
  /// Newest first, environment by environment.
  package var revisions: [PageRevision] = []
  package var stores: [PageStore] = []
  /// Whether no database was opened: then ``stores`` has what the revision files give.
  package var isOffline = false
  /// What the page lacks, and why.
  package var notes: [String] = []

  package init(project: String, versionName: String, version: String, tool: String) {
    self.project = project
    self.versionName = versionName
    self.version = version
    self.tool = tool
  }
}

/// A feature with its versions.
package struct PageFeature: Sendable {
  package struct Field: Sendable {
    package var key: String
    package var codeVersion: String
    package var version: String
    /// The upstream fields that it is computed from; empty for all.
    package var dependencies: [String]

    package init(key: String, codeVersion: String, version: String, dependencies: [String] = []) {
      self.key = key
      self.codeVersion = codeVersion
      self.version = version
      self.dependencies = dependencies
    }
  }

  package var key: String
  package var typeName: String
  /// `Sources/Video.swift:12`.
  package var source: String
  package var version: String
  /// The other versions, with their names.
  package var versions: [(name: String, value: String)] = []
  package var fields: [Field] = []
  /// The keys of the features that it is computed from.
  package var upstream: [String] = []
  /// The name of its table, as in ``PageTable/name``; nil if it has none.
  package var table: String?

  package init(key: String, typeName: String, source: String, version: String) {
    self.key = key
    self.typeName = typeName
    self.source = source
    self.version = version
  }
}

/// A table, desired or recorded, with its history.
package struct PageTable: Sendable {
  package struct Column: Sendable {
    package var name: String
    package var type: String
    package var isNullable: Bool
    /// Default, generated value, identity and collation, as text.
    package var remarks: [String]
    package var comment: String?

    package init(name: String, type: String, isNullable: Bool, remarks: [String] = [], comment: String? = nil) {
      self.name = name
      self.type = type
      self.isNullable = isNullable
      self.remarks = remarks
      self.comment = comment
    }
  }

  /// What a revision did to the table.
  package struct Change: Sendable {
    package var revision: PageRevision.Name
    /// The operations, from the records; empty for a revision without one.
    package var operations: [String]
    /// The statements of the upgrade that are about the table, by engine.
    package var statements: [(engine: String, sql: String)]

    package init(_ revision: PageRevision.Name, operations: [String], statements: [(engine: String, sql: String)]) {
      self.revision = revision
      self.operations = operations
      self.statements = statements
    }
  }

  package var name: String
  package var environment: String
  package var comment: String?
  package var columns: [Column] = []
  /// Keys, constraints and indexes, each with its name if it has one.
  package var constraints: [(name: String?, text: String)] = []
  /// The names of the tables that its foreign keys refer to.
  package var references: [String] = []
  /// Whether the definitions have it; false for one that only revisions have.
  package var isDefined = true
  /// Newest first.
  package var history: [Change] = []

  package init(name: String, environment: String) {
    self.name = name
    self.environment = environment
  }
}

/// A revision with its SQL.
package struct PageRevision: Sendable {
  /// A revision of an environment: both environments can have revisions of one identifier.
  package struct Name: Sendable, Hashable {
    package var environment: String
    package var identifier: String

    package init(_ identifier: String, in environment: String) {
      self.identifier = identifier
      self.environment = environment
    }
  }

  package var name: Name
  package var message: String
  package var created: String?
  package var path: String
  package var parents: [String] = []
  package var labels: [String] = []
  package var isHead = false
  /// What `metaxy verify` found, without the digest.
  package var proof: String?
  /// The features whose versions changed with it.
  package var features: [(key: String, from: String?, to: String?)] = []
  /// The names of the tables that it changes.
  package var tables: [String] = []
  /// The text of its file.
  package var text: String

  package init(_ name: Name, message: String, created: String?, path: String, text: String) {
    self.name = name
    self.message = message
    self.created = created
    self.path = path
    self.text = text
  }
}

/// A database with the state of its environments.
package struct PageStore: Sendable {
  /// A difference, or a change that no revision made.
  package struct Difference: Sendable {
    /// `add_column video.fps: double`.
    package var text: String
    /// The table that it is about; nil for none.
    package var table: String?
    /// The place in the sources; nil if it is not known.
    package var source: String?
    /// `drift`, an engine, or the state of an object; nil for a change of the definitions.
    package var remark: String?

    package init(_ text: String, table: String?, source: String? = nil, remark: String? = nil) {
      self.text = text
      self.table = table
      self.source = source
      self.remark = remark
    }
  }

  /// A run of a revision.
  package struct Run: Sendable {
    package var revision: String
    package var direction: String
    package var startedAt: String
    package var author: String?
    /// `finished`, or what kept it from that.
    package var outcome: String
    package var hasFailed: Bool

    package init(
      revision: String, direction: String, startedAt: String, author: String?, outcome: String, hasFailed: Bool
    ) {
      self.revision = revision
      self.direction = direction
      self.startedAt = startedAt
      self.author = author
      self.outcome = outcome
      self.hasFailed = hasFailed
    }
  }

  package struct Environment: Sendable {
    package var name: String
    package var current: [String] = []
    package var pending: [String] = []
    package var unmergedHeads: [String] = []
    package var differences: [Difference] = []
    package var drift: [Difference] = []
    /// Half-applied, unknown, edited and out-of-order revisions, one sentence each.
    package var problems: [String] = []
    /// What was not compared, and how the rest was.
    package var notes: [String] = []
    /// The last runs, newest first.
    package var runs: [Run] = []
    package var isInSync = false

    package init(name: String) { self.name = name }
  }

  package var name: String
  /// The URL without its password.
  package var database: String
  package var environments: [Environment] = []
  /// Why the state is not known.
  package var error: String?

  package init(name: String, database: String) {
    self.name = name
    self.database = database
  }

  /// A state in one word, with what it means for its reader.
  package enum State: String, Sendable {
    case inSync = "in sync"
    case pending = "pending"
    case differs = "differs"
    case unreachable = "unreachable"
  }

  package var state: State {
    if error != nil { return .unreachable }
    if environments.contains(where: \.isDifferent) { return .differs }
    return environments.allSatisfy(\.isInSync) ? .inSync : .pending
  }
}

extension PageStore.Environment {
  /// Whether something needs attention besides applying the pending revisions.
  package var isDifferent: Bool {
    !differences.isEmpty || !drift.isEmpty || !problems.isEmpty || !unmergedHeads.isEmpty
  }

  package var state: PageStore.State { isDifferent ? .differs : isInSync ? .inSync : .pending }
}
