internal import MetaxyConfiguration
internal import MetaxyFiles

/// The modules of Swift files, as class paths have them: a file of a package is in the module of its target.
///
/// The target is read from the path, `Sources/<target>/…`, not from the manifest. Files elsewhere, such as those of a
/// target with a `path:` of its own, count to a module with the project's name. `module` in the configuration replaces
/// both.
package final class SwiftModules {
  /// SwiftPM's directories of targets.
  private static let directories: Set<String> = ["Sources", "Source", "src", "srcs", "Tests"]

  private let configured: String?
  private let root: String
  /// The module of features without a target.
  package let fallback: String
  private var packages: [String: String] = [:]

  package init(of project: Project) {
    configured = project.migrations.module
    root = project.root
    fallback = configured ?? ModuleName.of(target: project.configuration.project)
  }

  /// Returns the module of a file.
  package func name(ofFile path: String) -> String {
    if let configured { return configured }
    let parts = Paths.relativePath(path, to: package(of: Paths.parent(of: path))).split(separator: "/")
    guard parts.count > 2, Self.directories.contains(String(parts[0])) else { return fallback }
    return ModuleName.of(target: String(parts[1]))
  }

  /// Returns the nearest directory with a `Package.swift` that contains `directory`; the project's root if there is none.
  private func package(of directory: String) -> String {
    if let known = packages[directory] { return known }
    let found: String
    if Files.kind(of: Paths.resolve("Package.swift", in: directory)) == .file {
      found = directory
    } else {
      let parent = Paths.parent(of: directory)
      found = parent == directory ? root : package(of: parent)
    }
    packages[directory] = found
    return found
  }
}
