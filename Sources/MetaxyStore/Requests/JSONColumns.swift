public import MetaxyFeatures

/// A step from a JSON value to one within it: the name of a member, or the position of an element.
///
/// A position counts from 0, a negative one from the end. A name never chooses an element, and a position no member.
public struct JSONPathStep: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  let step: JSONAccess.Step

  /// Creates the step to a member of an object.
  public init(member name: String) { step = .member(ScalarString(name)) }
  /// Creates the step to an element of an array.
  public init(element position: Int) { step = .element(position) }
  /// Creates the step to a member of an object.
  public init(stringLiteral name: String) { self.init(member: name) }
  /// Creates the step to an element of an array.
  public init(integerLiteral position: Int) { self.init(element: position) }
}

/// The kinds of JSON values.
public enum JSONKind: String, Sendable, Hashable, CaseIterable, Codable {
  /// An object.
  case object
  /// An array.
  case array
  /// A string.
  case string
  /// A number.
  case number
  /// `true` or `false`.
  case boolean
  /// `null`.
  case null
}

extension FeatureColumn {
  /// Returns a value within the JSON of the column, to compare, sort by, select and compute with.
  ///
  /// ```swift
  /// let early = Transcript.Columns.words.json(0, "start", as: Double.self) < 1.5
  /// let texts = try await transcripts.where(early).select(Transcript.Columns.words.json(-1, "text", as: String.self)).all()
  /// ```
  ///
  /// The value is nil where the way ends before it, and where it is of another kind: a `String` is a JSON string, a
  /// `Double` any number in the range of one, an `Int` a number without a fraction in 64 bits, a `Bool` `true` or `false`, an
  /// enumeration what its raw value is. Texts are compared by their code points. Of members with one name the last counts.
  /// Values of other types are decoded from their JSON, and can only be selected.
  ///
  /// The steps are passed as parameters.
  ///
  /// - Parameters:
  ///   - path: The steps to the value; none for the whole JSON.
  ///   - type: The type of the value.
  /// - Returns: The value as a column that may be NULL.
  public func json<Wrapped: Decodable & Sendable>(
    _ path: JSONPathStep..., as type: Wrapped.Type
  ) -> FeatureColumn<Root, Wrapped?> {
    FeatureColumn<Root, Wrapped?>(column, JSONAccess(path.map(\.step), JSONAccess.Form(type)))
  }

  /// Returns the kind of a value within the JSON of the column; nil where there is none.
  ///
  /// `words.jsonKind(0, "end") == .null` finds the rows with a `null` there, `== nil` those that have nothing.
  ///
  /// - Parameter path: The steps to the value; none for the whole JSON.
  /// - Returns: The kind as a column that may be NULL.
  public func jsonKind(_ path: JSONPathStep...) -> FeatureColumn<Root, JSONKind?> {
    FeatureColumn<Root, JSONKind?>(column, JSONAccess(path.map(\.step), .kind))
  }
}

extension JSONAccess.Form {
  /// The form in which values of a type are read.
  fileprivate init(_ type: Any.Type) {
    switch type {
    case is String.Type: self = .text
    case is any BinaryInteger.Type: self = .integer
    case is Double.Type, is Float.Type: self = .number
    case is Bool.Type: self = .truth
    case let type as any RawRepresentable.Type: self = Self(raw: type)
    default: self = .json
    }
  }

  private init<Value: RawRepresentable>(raw type: Value.Type) { self.init(Value.RawValue.self) }
}
