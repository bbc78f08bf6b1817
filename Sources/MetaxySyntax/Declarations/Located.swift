import MetaxyErrors

/// SwiftSyntax has a type of the same name; here, places are always those of diagnostics.
typealias SourceLocation = MetaxyErrors.SourceLocation

/// A value and the place where it is written.
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
