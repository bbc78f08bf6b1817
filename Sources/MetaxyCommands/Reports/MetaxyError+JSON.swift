package import MetaxyErrors
package import MetaxyFeatures

extension MetaxyError {
  /// The error for programs: `{"error": {"code", "message", "causes", "hints", "places"}}`.
  package var json: JSONValue { .object([.init("error", details)]) }

  /// The error for programs, as a part of a larger answer.
  var details: JSONValue {
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    let places = diagnostics.map { diagnostic in
      JSONValue.object([
        .init("file", .string(diagnostic.location.file)), .init("line", JSONValue(diagnostic.location.line)),
        .init("message", .string(diagnostic.message)),
      ])
    }
    return .object([
      .init("code", .string(code.rawValue)), .init("message", .string(message)), .init("causes", texts(causes)),
      .init("hints", texts(allHints.map(\.description))), .init("places", .array(places)),
    ])
  }
}
