import MetaxyErrors
internal import MetaxyGraph

extension SwiftDeclaration {
  /// - Parameter names: contain the access levels of the enclosing types, which can be declared in other files.
  init(of feature: DeclaredFeature, names: NameTable) {
    let file = feature.location.file
    let around = (1..<max(1, feature.path.count)).map { names.exact(Array(feature.path.prefix($0)), seenFrom: file) }
    let levels = around.compactMap { if case .found(let type) = $0 { type.scope.access } else { nil } }
    self.init(
      access: levels.reduce(feature.access, min),
      hasColumnsType: !names.exact(feature.path + ["Columns"], seenFrom: file).isUnknown)
  }
}
