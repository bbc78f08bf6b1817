internal import MetaxyGraph

extension AccessLevel {
  /// The modifier with a trailing space; empty for the default level.
  var modifier: String {
    switch self {
    case .file, .module: ""
    case .package: "package "
    case .everywhere: "public "
    }
  }
}
