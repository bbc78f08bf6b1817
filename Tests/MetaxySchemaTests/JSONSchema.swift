import MetaxyFeatures

/// A validator for the keywords that the published schema uses.
struct JSONSchema {
  let root: JSONValue

  /// Returns the violations of `schema`, each with the path of the value.
  func problems(of value: JSONValue, by schema: JSONValue, at path: String = "") -> [String] {
    func problem(_ text: String) -> String { path.isEmpty ? text : "\(path): \(text)" }
    var found: [String] = []
    if case .string(let reference)? = schema["$ref"] {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let target = root["$defs"]?[name] else { return [problem("the schema has no `\(name)`")] }
      found += problems(of: value, by: target, at: path)
    }
    if let choices = schema["anyOf"]?.elements,
      !choices.contains(where: { problems(of: value, by: $0, at: path).isEmpty })
    {
      found.append(problem("none fits"))
    }
    if let constant = schema["const"], constant != value { found.append(problem("not the constant")) }
    if let values = schema["enum"]?.elements, !values.contains(value) { found.append(problem("not one of the values")) }
    if let type = schema["type"] {
      let types = type.elements.isEmpty ? [type] : type.elements
      guard types.contains(where: { $0 == .string(value.type) || $0 == "number" && value.type == "integer" }) else {
        return found + [problem("\(value.type) is another type")]
      }
    }
    return found + ownProblems(of: value, by: schema, at: path)
  }

  private func ownProblems(of value: JSONValue, by schema: JSONValue, at path: String) -> [String] {
    func problem(_ text: String) -> String { path.isEmpty ? text : "\(path): \(text)" }
    switch value {
    case .object(let members):
      var found = (schema["required"]?.elements ?? []).compactMap { name -> String? in
        guard case .string(let name) = name, value[name] == nil else { return nil }
        return problem("`\(name)` is missing")
      }
      for member in members {
        let below = path.isEmpty ? member.name : "\(path).\(member.name)"
        switch (schema["properties"]?[member.name], schema["additionalProperties"]) {
        case (let property?, _): found += problems(of: member.value, by: property, at: below)
        case (nil, .boolean(false)?): found.append("\(below): unknown")
        case (nil, let other?): found += problems(of: member.value, by: other, at: below)
        case (nil, nil): break
        }
      }
      return found
    case .array(let elements):
      guard elements.count >= schema["minItems"]?.number ?? 0 else { return [problem("too few")] }
      guard let items = schema["items"] else { return [] }
      return elements.enumerated().flatMap { problems(of: $1, by: items, at: "\(path)[\($0)]") }
    case .string(let text):
      return text.isEmpty && schema["minLength"] != nil ? [problem("empty")] : patternProblem(text, schema, path)
    case .number(let digits):
      guard let least = schema["minimum"]?.number, let number = Int(digits), number < least else { return [] }
      return [problem("\(number) is less than \(least)")]
    default: return []
    }
  }

  private func patternProblem(_ text: String, _ schema: JSONValue, _ path: String) -> [String] {
    guard case .string(let pattern)? = schema["pattern"], let regex = try? Regex(pattern) else { return [] }
    return text.firstMatch(of: regex) == nil ? ["\(path): no match"] : []
  }
}

extension JSONValue {
  /// The elements of an array; none for other values.
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  /// The names of an object's members; none for other values.
  var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }

  fileprivate var number: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  fileprivate var type: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number(let digits): Int(digits) == nil ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
