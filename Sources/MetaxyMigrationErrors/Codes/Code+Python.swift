// Python
// The project's interpreter, in which Alembic and the project's modules run.

package import MetaxyErrors

extension MetaxyError.Code {
  /// There is no Python interpreter for the project.
  ///
  /// Activate the project's virtual environment, create `.venv` beside the configuration file, or set `python` in
  /// `[ext.migrations]`.
  package static let noPython = Self("no_python")
}
