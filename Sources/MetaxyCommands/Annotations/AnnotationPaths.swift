internal import MetaxyConfiguration
internal import MetaxyFiles
internal import MetaxyProject

/// The paths of files as services for continuous integration count them: from the root of the repository.
struct AnnotationPaths: Sendable {
  private let project: String
  private let repository: String

  init(of session: ProjectSession) {
    project = session.project.root
    let workspace = session.context.variables["GITHUB_WORKSPACE"] ?? ""
    repository = workspace.isEmpty ? project : Paths.resolve(workspace, in: project)
  }

  /// Returns the path of a file; that for display if it is not in the repository.
  ///
  /// - Parameter file: its path, relative to the project.
  func path(_ file: String) -> String {
    let absolute = Paths.resolve(file, in: project)
    let path = Paths.relativePath(absolute, to: repository)
    return path == absolute ? file : path
  }
}
