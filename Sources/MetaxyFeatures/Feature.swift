/// A versioned feature and the model of its table; `@Feature` adds the conformance.
///
/// The command reads features from their sources. What is here serves the compiler, which checks the attribute's
/// arguments, and programs, which ask a type for its key.
///
/// Rows are coded by the `Codable` that the compiler writes for the stored properties, which therefore are `Codable`
/// themselves. A type that writes the conformance in its own declaration must do so in a file where the compiler can see
/// the stored properties, as for `Codable`.
public protocol Feature: Codable, Sendable {
  /// What the type's `@Feature` says.
  static var feature: FeatureDeclaration { get }
}
