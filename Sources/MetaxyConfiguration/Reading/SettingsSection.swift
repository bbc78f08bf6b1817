package import MetaxyErrors
package import MetaxyTOML

/// A table of the configuration, overridden by the variables at its path.
///
/// An invalid value is reported and treated as missing. A key is known if it was read.
package final class SettingsSection {
  let name: String
  package let table: TOMLTable?
  private let place: (table: TOMLTable, entry: TOMLEntry)?
  private let variables: VariableTree
  /// The variables that the file's texts can refer to.
  let environment: [String: String]
  private let problems: ConfigurationProblems
  private var known: Set<String> = []

  init(
    root: TOMLTable, variables: VariableTree, environment: [String: String], problems: ConfigurationProblems
  ) {
    self.name = ""
    self.table = root
    self.place = nil
    self.variables = variables
    self.environment = environment
    self.problems = problems
  }

  private init(
    name: String, table: TOMLTable?, place: (table: TOMLTable, entry: TOMLEntry)?, variables: VariableTree,
    environment: [String: String], problems: ConfigurationProblems
  ) {
    self.name = name
    self.table = table
    self.place = place
    self.variables = variables
    self.environment = environment
    self.problems = problems
  }

  // MARK: - Values

  package func string(_ key: String) -> String? { template(key).flatMap { filled($0, of: key)?.text } }

  /// Returns a string with unresolved references; the value of a variable is literal.
  package func template(_ key: String) -> TextTemplate? {
    value(
      key, variable: { TextTemplate(literal: $0) },
      file: { table throws(MetaxyError) in
        try table.string(key).flatMap { written($0, of: key) }
      })
  }

  /// Returns a string, a number or a truth value as a text with unresolved references.
  func scalar(_ key: String) -> TextTemplate? {
    value(
      key, variable: { TextTemplate(literal: $0) },
      file: { table throws(MetaxyError) in
        switch table[key]?.value.content {
        case .integer(let number)?: TextTemplate(literal: String(number))
        case .boolean(let flag)?: TextTemplate(literal: String(flag))
        default: try table.string(key).flatMap { written($0, of: key) }
        }
      })
  }

  func integer(_ key: String) -> Int? {
    value(
      key, variable: { Int($0) }, expected: "an integer", isScalar: true,
      file: { table throws(MetaxyError) in try table.integer(key).map(Int.init) })
  }

  /// Reads a boolean; the accepted texts are those of Python's Metaxy.
  func boolean(_ key: String) -> Bool? {
    value(
      key, variable: { Self.booleans[$0.lowercased()] }, expected: "a boolean (`true` or `false`)", isScalar: true,
      file: { table throws(MetaxyError) in try table.boolean(key) })
  }

  /// Reads a value, of its variable or of the file.
  ///
  /// - Parameters:
  ///   - read: reads the text of a variable; nil for a text that is not a value.
  ///   - expected: what a variable must be.
  ///   - isScalar: whether a text of the file with references is read as that of a variable.
  ///   - file: reads the value of the file.
  package func value<Value>(
    _ key: String, variable read: (String) -> Value?, expected: String = "", isScalar: Bool = false,
    file: (TOMLTable) throws(MetaxyError) -> Value?
  ) -> Value? {
    known.insert(key)
    if let child = variables.children[key] {
      for stray in child.children.values.flatMap(\.variables) {
        problems.report(variable: "`\(stray.name)` sets nothing: `\(displayText(key))` is not a table")
      }
      if let variable = child.variable {
        if let value = read(variable.text) { return value }
        problems.report(variable: "`\(variable.name)` must be \(expected), found `\(variable.text)`")
        return nil
      }
    }
    guard let table else { return nil }
    // A number or boolean from a variable is written as a string, as in Metaxy.
    if isScalar, case .string(let text)? = table[key]?.value.content, text.contains("${") {
      guard let filled = self.filled(text, of: key) else { return nil }
      if let value = read(filled.text) { return value }
      report(key, "`\(displayText(key))` must be \(expected), found `\(filled.text)`")
      return nil
    }
    do {
      return try file(table)
    } catch {
      problems.report(error.diagnostics)
      return nil
    }
  }

  private static let booleans: [String: Bool] = [
    "true": true, "1": true, "yes": true, "on": true, "t": true, "y": true,
    "false": false, "0": false, "no": false, "off": false, "f": false, "n": false,
  ]

  // MARK: - Sections

  /// Returns the subsection; nil if neither the file nor a variable has it.
  package func section(_ key: String) -> SettingsSection? {
    known.insert(key)
    let variableKey = Self.variableKey(key)
    let below = variables.children[variableKey]
    if let variable = below?.variable {
      problems.report(variable: "`\(variable.name)` cannot hold a table: set `\(variable.name)__…` for its keys")
    }
    var found: TOMLTable?
    do {
      found = try table?.table(key)
    } catch {
      problems.report(error.diagnostics)
    }
    guard found != nil || below != nil else { return nil }
    let entry = table.flatMap { table in table[key].map { (table, $0) } }
    return SettingsSection(
      name: key, table: found, place: entry, variables: below ?? VariableTree(), environment: environment,
      problems: problems)
  }

  /// The names of all subsections: the file's in its order, then those that only variables have.
  var sectionNames: [String] {
    let inFile = table?.entries.map(\.key) ?? []
    let spelt = Set(inFile.map(Self.variableKey))
    return inFile + variables.children.keys.filter { !spelt.contains($0) }.sorted()
  }

  /// Returns a key as spelt in variable names: case-insensitive, with `_` for characters that they cannot contain.
  private static func variableKey(_ key: String) -> String {
    String(key.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  // MARK: - Problems

  /// Returns where a key is set; the section's own origin if it is not set.
  package func origin(of key: String) -> Origin? {
    if let variable = variables.children[key]?.variable { return .variable(variable.name) }
    if let entry = table?[key] { return .file(entry.value.location) }
    return place.map { .file($0.entry.keyLocation) } ?? variables.variables.first.map { .variable($0.name) }
  }

  /// Returns where a key is set; nil if it is not set.
  func origin(ofSet key: String) -> Origin? {
    known.insert(key)
    return variables.children[key]?.variable == nil && table?[key] == nil ? nil : origin(of: key)
  }

  /// Returns whether the file or a variable sets a key.
  package func isSet(_ key: String) -> Bool { origin(ofSet: key) != nil }

  /// Reports a problem at the origin of a key.
  package func report(_ key: String, _ message: String, notes: [String] = []) {
    switch origin(of: key) {
    case .file: diagnostic(key, message, notes: notes).map { problems.report([$0]) }
    case .variable(let name): problems.report(variable: "`\(name)`: \(message)")
    case nil: problems.report(variable: message)
    }
  }

  /// Returns a problem at a key's location in the file; nil if the file does not set the key.
  func diagnostic(_ key: String, _ message: String, notes: [String] = []) -> Diagnostic? {
    guard case .file(let location)? = origin(of: key) else { return nil }
    var diagnostic = (table ?? place?.table)?.diagnostic(hidingVariables(message, of: key), at: location)
    diagnostic?.notes = notes.map { Diagnostic.Note($0) }
    return diagnostic
  }

  /// Reports an error at the origin of a key, with the error's hints.
  package func report(_ key: String, _ error: MetaxyError) {
    report(key, error.message, notes: error.hints.map(\.description))
  }

  /// Makes keys known that other code reads, or may read.
  func expect(_ keys: Set<String>) { known.formUnion(keys) }

  /// Reports every key that was not read and is not accepted.
  package func rejectUnknown(accepting accepted: Set<String> = []) {
    let candidates = known.union(accepted)
    for entry in table?.entries ?? [] where !candidates.contains(entry.key) {
      guard let table else { continue }
      let message = unknown("key `\(displayText(entry.key))`", entry.key, among: known)
      problems.report([table.diagnostic(message, at: entry.keyLocation)])
    }
    let spelt = Set(candidates.map(Self.variableKey))
    for (key, child) in variables.children where !spelt.contains(key) {
      for variable in child.variables {
        problems.report(variable: unknown("variable `\(variable.name)`", key, among: known))
      }
    }
  }

  private func unknown(_ what: String, _ key: String, among known: Set<String>) -> String {
    let suggestion = Suggestion.closest(to: key, in: known).map { ": did you mean `\($0)`?" } ?? ""
    return "unknown \(what)\(suggestion)"
  }

  func displayText(_ key: String) -> String {
    table?.displayPath(of: key) ?? place.map { "\($0.table.displayPath(of: name)).\(key)" } ?? key
  }
}
