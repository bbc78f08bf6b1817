internal import MetaxyFiles

/// A program that the build at hand has made.
package enum BuiltProgram {
  /// Returns the directory of `program`: the nearest one above the running test, which the same build put there.
  package static func directory(of program: String) throws -> String {
    // The test itself on Linux; elsewhere what loads the bundle named in its arguments.
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

/// No directory above the running test has the program.
package struct ProgramMissing: Error {
  package var program: String
}
