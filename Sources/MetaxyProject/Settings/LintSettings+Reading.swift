internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyLintRules

extension LintSettings {
  /// Reads the section `[ext.migrations.lint]`, with those for one environment; problems are reported to it.
  static func byEnvironment(_ section: SettingsSection?) -> [EnvironmentKind: LintSettings] {
    guard let section else { return [:] }
    let common = LintSettings(section)
    var settings: [EnvironmentKind: LintSettings] = [:]
    for kind in EnvironmentKind.allCases {
      settings[kind] = common
      guard let own = section.section(kind.rawValue) else { continue }
      settings[kind]?.override(with: LintSettings(own))
      own.rejectUnknown()
    }
    section.rejectUnknown()
    return settings
  }

  /// Reads the lists of codes, one for each level.
  private init(_ section: SettingsSection) {
    self.init()
    for level in Level.allCases {
      for code in section.strings(level.rawValue) ?? [] {
        guard let rule = LintRule.named(code) else {
          section.report(level.rawValue, "unknown rule `\(code)`\(Self.suggestion(for: code))")
          continue
        }
        if let other = self[rule], other != level {
          section.report(
            level.rawValue, "`\(rule.code)` is in `\(other.rawValue)` and in `\(level.rawValue)`: keep one of them")
        }
        self[rule] = level
      }
    }
  }

  private static func suggestion(for code: String) -> String {
    Suggestion.closest(to: code.uppercased(), in: LintRule.all.map(\.code)).map { ": did you mean `\($0)`?" } ?? ""
  }
}
