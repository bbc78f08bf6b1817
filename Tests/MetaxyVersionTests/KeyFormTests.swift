import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

/// Keys as Metaxy reads them, where their Python is a text or a list of texts.
@Suite(.timed) struct KeyFormTests {
  private static let forms: [(form: JSONValue, argument: JSONValue)] = Goldens.keyForms.compactMap { form in
    let expression = form.text("expr")
    guard let open = expression.firstIndex(of: "("), expression.hasSuffix(")") else { return nil }
    let argument = expression[expression.index(after: open)...].dropLast()
    // Several arguments, and literals that only Python has, are not JSON.
    let value = try? JSONValue(parsing: String(argument), file: "key")
    switch value {
    case .string, .array: return value.map { (form, $0) }
    default: return nil
    }
  }

  @Test func formsAreThere() { #expect(Self.forms.count == 23) }

  @Test(arguments: forms.indices)
  func keyIsReadAsMetaxyDoes(position: Int) throws {
    let (form, argument) = Self.forms[position]
    guard let key = key(argument) else {
      #expect(form["ok"] == .boolean(false))
      return
    }
    if form["ok"] == .boolean(true) {
      #expect(key.parts.map(bytes) == (form["parts"]?.elements ?? []).compactMap(\.string).map(bytes))
      #expect(bytes(key.description) == bytes(form.text("to_string")))
      #expect(bytes(key.tableName) == bytes(form.text("table_name")))
    } else {
      #expect(key.problem != nil)
    }
  }

  private func key(_ argument: JSONValue) -> FeatureKey? {
    if let text = argument.string { return FeatureKey(text) }
    guard case .array(let elements) = argument else { return nil }
    let parts = elements.compactMap(\.string)
    return parts.count == elements.count ? FeatureKey(parts) : nil
  }

  /// A combining mark forms one `Character` with the scalar before it.
  @Test func slashesAndUnderscoresAreFoundBeforeCombiningMarks() {
    #expect(FeatureKey("a/\u{301}b").parts.map(bytes) == [bytes("a"), bytes("\u{301}b")])
    #expect(FeatureKey(["a/\u{301}b"]).problem != nil)
    #expect(FeatureKey(["a__\u{301}b"]).problem != nil)
    #expect(FeatureKey(["a_\u{301}_b"]).problem == nil)
  }
}
