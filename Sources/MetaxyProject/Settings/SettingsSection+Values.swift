internal import MetaxyConfiguration
internal import MetaxyErrors

// Values of `[ext.migrations]`.
extension SettingsSection {
  /// Reads the path of a Swift file.
  func swiftFile(_ key: String) -> String? {
    guard let path = string(key) else { return nil }
    if !path.hasSuffix(".swift") { report(key, "`\(key)` must be a file that ends in `.swift`, found `\(path)`") }
    return path
  }

  func moduleNames(_ key: String) -> [String] {
    let names = strings(key) ?? []
    for name in names where !ModuleName.isUsable(name) {
      report(key, "`\(key)` must list names of modules, found `\(name)`")
    }
    return names
  }

  /// Reads a module, or a path of modules such as `shop.features`.
  func modulePath(_ key: String) -> String? {
    guard let path = string(key) else { return nil }
    if path.split(separator: ".", omittingEmptySubsequences: false).contains(where: { !ModuleName.isUsable(String($0)) }
    ) {
      report(key, "`\(key)` must be the name of a module, found `\(path)`")
    }
    return path
  }

  func tableName(_ key: String) -> String? {
    guard let name = string(key) else { return nil }
    if !VersionTableName.isUsable(name) { report(key, "`\(key)` must have 1 to 59 bytes, found `\(name)`") }
    return name
  }

  func url(_ key: String, relativeTo directory: String) -> StoreURL? {
    guard let template = template(key), let filled = filled(template, of: key) else { return nil }
    do {
      return try StoreURL(filled, relativeTo: directory)
    } catch {
      report(key, error)
      return nil
    }
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) -> Choice? {
    guard let text = string(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let choices = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    report(key, "`\(key)` must be \(choices), found `\(text)`")
    return nil
  }
}
