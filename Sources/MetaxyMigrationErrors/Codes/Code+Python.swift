// Python
// The project's interpreter, in which Alembic and the project's modules run.

package import MetaxyErrors

extension MetaxyError.Code {
  /// There is no Python interpreter for the project.
  ///
  /// Activate the project's virtual environment, create `.venv` beside the configuration file, or set `python` in
  /// `[ext.migrations]`.
  package static let noPython = Self("no_python")

  /// The import of a `python:` entrypoint failed, or the interpreter ended without an answer.
  ///
  /// Correct the module; the error shows what Python printed.
  package static let pythonFailed = Self("python_failed")

  /// The import of a `python:` entrypoint took longer than `python_timeout`.
  ///
  /// Move what waits or serves out of the module's top level, or set a longer time.
  package static let pythonTimeout = Self("python_timeout")

  /// The interpreter of `python:` entrypoints lacks Metaxy or SQLAlchemy.
  ///
  /// Install the package for the interpreter that the error shows, or choose the right one.
  package static let missingPythonPackage = Self("missing_python_package")
}
