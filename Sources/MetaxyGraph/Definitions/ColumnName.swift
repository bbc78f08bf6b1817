/// Generates a column's name from a property's.
///
/// A word starts at a capital that follows a lower-case letter or a digit, and at the last capital of a run of capitals
/// before a lower-case letter, unless that letter is the `s` of a plural. Words are joined by `_` and lower-cased.
/// Other characters do not change.
///
/// | property | column |
/// |---|---|
/// | `sampleId`, `sampleID` | `sample_id` |
/// | `HTTPPort` | `http_port` |
/// | `parseURLNow` | `parse_url_now` |
/// | `imageURLs` | `image_urls` |
/// | `x2` | `x2` |
/// | `x2Position` | `x2_position` |
/// | `already_snake` | `already_snake` |
/// | `_private` | `_private` |
package enum ColumnName {
  package static func from(property: String) -> String {
    let characters = Array(property)
    var name = ""
    for (position, character) in characters.enumerated() {
      let previous = position > 0 ? characters[position - 1] : nil
      if character.isUppercase, let previous, startsWord(after: previous, before: characters[(position + 1)...]) {
        name += "_"
      }
      name += character.lowercased()
    }
    return name
  }

  /// Returns whether a word starts at the first capital of `rest`.
  private static func startsWord(after previous: Character, before rest: ArraySlice<Character>) -> Bool {
    guard previous.isUppercase else { return previous.isLetter || previous.isNumber }
    guard let next = rest.first, next.isLowercase else { return false }
    let isPlural = next == "s" && rest.dropFirst().first?.isLowercase != true
    return !isPlural
  }
}
