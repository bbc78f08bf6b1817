internal import MetaxyFiles

/// The files of this repository.
package enum Repository {
  /// The directory that holds `Package.swift`.
  package static let root = Paths.resolve("../../../..", in: "\(#filePath)")
  /// The directory of test inputs: scenarios, programs of other authors, golden values.
  package static let fixtures = path("Tests/Fixtures")

  /// Returns the absolute path of a file or directory.
  package static func path(_ path: String) -> String { Paths.resolve(path, in: root) }

  /// Returns the absolute paths of the files below a directory whose names end in `suffix`, sorted.
  package static func files(below directory: String, suffix: String) throws -> [String] {
    let top = path(directory)
    return try Files.names(in: top).flatMap { name -> [String] in
      let path = Paths.resolve(name, in: top)
      if Files.kind(of: path) == .directory { return try files(below: path, suffix: suffix) }
      return name.hasSuffix(suffix) ? [path] : []
    }
  }
}
