import MetaxyFiles

/// A directory of revisions with its version table.
public struct MigrationEnvironment: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
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

  public let kind: Kind
  /// The absolute path.
  public let directory: String
  /// The directories that revisions are read from, absolute; new ones are written to the first.
  public internal(set) var versionLocations: [String]
  public internal(set) var versionTable: String
  public internal(set) var versionTableSchema: String?
  /// How revision files are named, in Alembic's words (`%(year)d_%(rev)s_%(slug)s`); nil for the default.
  public internal(set) var fileTemplate: String?
  /// The time zone of the dates in file names; nil for UTC.
  public internal(set) var timezone: String?
  /// How long the message's part of a file name may be.
  public internal(set) var slugLength = 40
  public internal(set) var postWriteHooks: [PostWriteHook] = []
  /// What is odd in `alembic.ini`: a sentence each.
  public internal(set) var warnings: [String] = []

  /// The directory that new revisions are written to.
  public var versionsDirectory: String { versionLocations.first ?? Self.versions(in: directory) }

  /// Whether the environment was made: its directory of revisions exists.
  public var isInitialised: Bool { versionLocations.contains { Files.kind(of: $0) == .directory } }

  static func versions(in directory: String) -> String { Paths.resolve("versions", in: directory) }
}
