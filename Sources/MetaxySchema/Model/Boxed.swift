/// A value that is usually left out, kept outside of the struct that has it: arrays of such structs stay small, and their
/// copies cheap.
@propertyWrapper
package struct Boxed<Value: Omittable & Sendable>: Sendable, Hashable {
  private final class Box: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  /// nil where the value is left out.
  private var box: Box?

  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package var wrappedValue: Value {
    get { box?.value ?? .omitted }
    set { box = newValue.isOmitted ? nil : Box(newValue) }
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.wrappedValue == right.wrappedValue
  }

  package func hash(into hasher: inout Hasher) { wrappedValue.hash(into: &hasher) }
}

/// A type with a value for what is left out.
package protocol Omittable: Hashable {
  static var omitted: Self { get }

  var isOmitted: Bool { get }
}

extension Optional: Omittable where Wrapped: Hashable {
  package static var omitted: Wrapped? { nil }

  package var isOmitted: Bool { self == nil }
}
