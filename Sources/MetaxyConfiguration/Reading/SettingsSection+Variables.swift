import MetaxyErrors
import MetaxyTOML

// Texts of the file that refer to environment variables.
extension SettingsSection {
  /// Parses the references in a text of the file.
  func written(_ text: String, of key: String) -> TextTemplate? {
    if let template = TextTemplate(text) { return template }
    report(
      key, "`\(displayText(key))` holds a `${` that is neither `${NAME}` nor `${NAME:-text}`",
      notes: ["if the text must contain `${`, put it into an environment variable"])
    return nil
  }

  /// Replaces the references in a text of the file.
  package func filled(_ text: String, of key: String) -> FilledText? {
    written(text, of: key).flatMap { filled($0, of: key) }
  }

  package func filled(_ template: TextTemplate, of key: String) -> FilledText? {
    do {
      return try template.filled(from: environment)
    } catch {
      report(
        key, "`\(displayText(key))` needs the environment variable `\(error.name)`, which is not set",
        notes: [error.hint])
      return nil
    }
  }

  /// Replaces the references in a template; throws if a variable is missing.
  func fill(_ template: TextTemplate) throws(UnsetVariable) -> FilledText { try template.filled(from: environment) }

  /// Replaces the values of variables by their references: a wrong name can be that of a secret.
  func hidingVariables(_ message: String, of key: String) -> String {
    var texts: [String] = []
    switch table?[key]?.value.content {
    case .string(let text)?: texts = [text]
    case .array(let values)?:
      texts = values.compactMap { if case .string(let text) = $0.content { text } else { nil } }
    default: break
    }
    return texts.reduce(message) { message, text in
      // A text whose references cannot be replaced contains no value to hide.
      guard let template = TextTemplate(text), template.hasVariables,
        let filled = try? template.filled(from: environment)
      else { return message }
      return message.replacing("`\(filled.text)`", with: "`\(text)`")
    }
  }
}
