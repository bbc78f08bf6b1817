package import MetaxyErrors

/// The place where a setting is made.
package enum Origin: Sendable, Hashable {
  case file(SourceLocation)
  /// An environment variable.
  case variable(String)
}

extension Origin: CustomStringConvertible {
  package var description: String {
    switch self {
    case .file(let location): location.description
    case .variable(let name): name
    }
  }
}
