import MetaxyErrors
import MetaxyFeatures
internal import MetaxyMigrationErrors

/// Reads the members of one object of a record, and reports missing members and values of the wrong kind.
struct RecordReader {
  private let json: JSONValue
  private let what: String

  init(_ json: JSONValue, _ what: String) {
    self.json = json
    self.what = what
  }

  func required(_ name: String) throws(MetaxyError) -> JSONValue {
    guard let value = json[name] else { throw problem("`\(name)` is missing") }
    return value
  }

  func text(_ name: String) throws(MetaxyError) -> String {
    guard case .string(let text) = try required(name) else { throw problem("`\(name)` must be a text") }
    return text
  }

  func optionalText(_ name: String) throws(MetaxyError) -> String? {
    json[name] == nil ? nil : try text(name)
  }

  func flag(_ name: String) throws(MetaxyError) -> Bool {
    guard case .boolean(let flag) = try required(name) else { throw problem("`\(name)` must be true or false") }
    return flag
  }

  func optionalFlag(_ name: String) throws(MetaxyError) -> Bool {
    json[name] == nil ? false : try flag(name)
  }

  func list<Element>(
    _ name: String, _ read: (JSONValue) throws(MetaxyError) -> Element
  ) throws(MetaxyError) -> [Element] {
    guard let value = json[name] else { return [] }
    guard case .array(let elements) = value else { throw problem("`\(name)` must be a list") }
    return try elements.map(read)
  }

  func texts(_ name: String) throws(MetaxyError) -> [String] {
    try list(name) { element throws(MetaxyError) in
      guard case .string(let text) = element else { throw problem("`\(name)` must contain only texts") }
      return text
    }
  }

  /// Reads texts by name, in order.
  func named(_ name: String) throws(MetaxyError) -> [(name: String, text: String)] {
    guard let value = json[name] else { return [] }
    guard case .object(let members) = value else { throw problem("`\(name)` holds no texts by name") }
    var texts: [(name: String, text: String)] = []
    for member in members { texts.append((member.name, try RecordReader(value, name).text(member.name))) }
    return texts
  }

  func storage() throws(MetaxyError) -> StorageParameters {
    var storage = StorageParameters()
    for (name, value) in try named("storage") { storage[name] = value }
    return storage
  }

  func integer(_ name: String) throws(MetaxyError) -> Int? {
    guard let value = json[name] else { return nil }
    guard case .number(let digits) = value, let number = Int(digits) else {
      throw problem("`\(name)` must be a number")
    }
    return number
  }

  func optional<Value>(
    _ name: String, _ read: (JSONValue) throws(MetaxyError) -> Value
  ) throws(MetaxyError) -> Value? {
    guard let value = json[name] else { return nil }
    return try read(value)
  }

  func name() throws(MetaxyError) -> ConstraintName? {
    try optional("name") { json throws(MetaxyError) in try ConstraintName(json: json) }
  }

  func known<Value>(_ value: Value?, _ text: String) throws(MetaxyError) -> Value {
    guard let value else { throw problem("`\(text)` is unknown") }
    return value
  }

  private func problem(_ text: String) -> MetaxyError {
    MetaxyError(
      .malformedRecord, "a record's `\(what)` cannot be read: \(text)",
      hints: ["restore the file from version control"])
  }
}

extension JSONValue {
  /// Returns an object of the members that have a value.
  static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// Returns a list; nil if it is empty.
  static func list(_ elements: [JSONValue]) -> JSONValue? { elements.isEmpty ? nil : .array(elements) }

  /// Returns a list of texts; nil if it is empty.
  static func list(_ texts: [String]) -> JSONValue? { list(texts.map(JSONValue.string)) }

  /// Returns parameters by name; nil if there are none.
  static func storage(_ storage: StorageParameters) -> JSONValue? {
    storage.isEmpty ? nil : .members(storage.pairs.map { ($0.name, JSONValue?.some(.string($0.value))) })
  }

  static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
