internal import MetaxyConfiguration
import MetaxyFiles

/// A directory of revisions with its version table.
package struct MigrationEnvironment: Sendable, Hashable {
  package typealias Kind = EnvironmentKind

  package let kind: Kind
  /// The absolute path.
  package let directory: String
  /// The directories of revisions, absolute; new revisions are written to the first.
  package internal(set) var versionLocations: [String]
  package internal(set) var versionTable: String
  package var versionTableSchema: String?
  /// The template for the names of revision files, in Alembic's syntax (`%(year)d_%(rev)s_%(slug)s`); nil for the
  /// default.
  package internal(set) var fileTemplate: String?
  /// The time zone of the dates in file names; nil for UTC.
  package internal(set) var timezone: String?
  /// The maximum length of the message's part of a file name.
  package internal(set) var slugLength = 40
  package internal(set) var postWriteHooks: [PostWriteHook] = []
  /// Warnings about `alembic.ini`, one sentence each.
  package internal(set) var warnings: [String] = []

  /// The directory for new revisions.
  package var versionsDirectory: String { versionLocations.first ?? Self.versions(in: directory) }

  /// Whether the environment is initialised: a directory of revisions exists.
  package var isInitialised: Bool { versionLocations.contains { Files.kind(of: $0) == .directory } }

  static func versions(in directory: String) -> String { Paths.resolve("versions", in: directory) }
}
