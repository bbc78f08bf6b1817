/// A versioned feature and the model of its table; `@Feature` adds the conformance.
///
/// The command reads features from their sources. The protocol serves the compiler, which checks the arguments of the
/// attribute, and programs, which ask a type for its key.
///
/// Rows are coded by the `Codable` that the compiler writes for the stored properties, so these must be `Codable`. A
/// type that declares the conformance itself must do so in a file where the compiler sees the stored properties.
public protocol Feature: Codable, Sendable {
  /// The arguments of the type's `@Feature`.
  static var feature: FeatureDeclaration { get }
}
