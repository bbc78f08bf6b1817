import MetaxyErrors

/// SwiftSyntax also has a `SourceLocation`; in this module the name means the one of diagnostics.
typealias SourceLocation = MetaxyErrors.SourceLocation

/// A value and its location in the source.
struct Located<Value: Sendable>: Sendable {
  var value: Value
  var location: SourceLocation

  init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
