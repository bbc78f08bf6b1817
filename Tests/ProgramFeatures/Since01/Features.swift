import Metaxy

/// A sample as it was recorded.
@Feature("a", idColumns: ["id"], fields: [.field("x"), .field("y")])
public struct Sample: Equatable {
  public var id: String
  public var path: String

  public init(id: String, path: String) {
    self.id = id
    self.path = path
  }
}

/// What is computed of a sample: each field from the field of the same name.
@Feature(
  "b", idColumns: ["id"], dependencies: [.feature(Sample.self)],
  fields: [.field("x", codeVersion: "1"), .field("y", codeVersion: "2")])
public struct Score: Equatable {
  public var id: String
  public var value: Double?

  public init(id: String, value: Double?) {
    self.id = id
    self.value = value
  }
}
