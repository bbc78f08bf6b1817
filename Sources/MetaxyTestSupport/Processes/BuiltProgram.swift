internal import MetaxyFiles

/// A program of the current build.
package enum BuiltProgram {
  /// Returns the path of `program`.
  package static func path(of program: String) throws -> String { try "\(directory(of: program))/\(program)" }

  /// Returns the directory of `program`: the nearest one above the running test, which belongs to the same build.
  package static func directory(of program: String) throws -> String {
    // On Linux the first argument is the test itself; elsewhere an argument names the loaded bundle.
    for place in CommandLine.arguments where place.contains("/") {
      var directory = Paths.resolve(place, in: Paths.current)
      while directory != "/" {
        directory = Paths.parent(of: directory)
        if Files.kind(of: Paths.resolve(program, in: directory)) == .file { return directory }
      }
    }
    throw ProgramMissing(program: program)
  }
}

/// The error that no directory above the running test contains the program.
package struct ProgramMissing: Error {
  package var program: String
}
