/// The two environments of a project.
package enum EnvironmentKind: String, Sendable, Hashable, CaseIterable {
  /// The tables of features and of the application.
  case user
  /// Metaxy's own tables.
  case system

  /// The default name of the version table; different for each kind, so that their revisions are not mixed.
  package var defaultVersionTable: String {
    switch self {
    case .user: "alembic_version"
    case .system: "alembic_version_metaxy_system"
    }
  }
}
