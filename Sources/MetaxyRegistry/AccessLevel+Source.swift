import MetaxyGraph

extension AccessLevel {
  /// The word before a declaration, with the space behind it; nothing for the level that needs none.
  var modifier: String {
    switch self {
    case .file, .module: ""
    case .package: "package "
    case .everywhere: "public "
    }
  }
}
