internal import MetaxyErrors
internal import MetaxyMigrationErrors

// Errors about the interpreter of a project.
extension MetaxyError {
  static func noPython(_ problem: String) -> MetaxyError {
    MetaxyError(
      .noPython, "there is no Python for the project: \(problem)",
      hints: [
        "activate the project's virtual environment, or set `python = \"path/to/bin/python\"` in [ext.migrations]"
      ])
  }
}
