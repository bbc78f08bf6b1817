import MetaxyFiles

/// A directory of revisions with its version table.
package struct MigrationEnvironment: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The tables of features and of the application.
    case user
    /// Metaxy's own tables.
    case system

    /// The version table where none is named: one for each environment, or their revisions could not be told apart.
    var defaultVersionTable: String {
      switch self {
      case .user: "alembic_version"
      case .system: "alembic_version_metaxy_system"
      }
    }
  }

  package let kind: Kind
  /// The absolute path.
  package let directory: String
  /// The directories that revisions are read from, absolute; new ones are written to the first.
  package internal(set) var versionLocations: [String]
  package internal(set) var versionTable: String
  package internal(set) var versionTableSchema: String?
  /// How revision files are named, in Alembic's words (`%(year)d_%(rev)s_%(slug)s`); nil for the default.
  package internal(set) var fileTemplate: String?
  /// The time zone of the dates in file names; nil for UTC.
  package internal(set) var timezone: String?
  /// How long the message's part of a file name may be.
  package internal(set) var slugLength = 40
  package internal(set) var postWriteHooks: [PostWriteHook] = []
  /// What is odd in `alembic.ini`: a sentence each.
  package internal(set) var warnings: [String] = []

  /// The directory that new revisions are written to.
  package var versionsDirectory: String { versionLocations.first ?? Self.versions(in: directory) }

  /// Whether the environment was made: its directory of revisions exists.
  package var isInitialised: Bool { versionLocations.contains { Files.kind(of: $0) == .directory } }

  static func versions(in directory: String) -> String { Paths.resolve("versions", in: directory) }
}
