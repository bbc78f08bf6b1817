/// A strict reader of pages: every element is closed in its order, every attribute is quoted, every reference is known.
///
/// A browser accepts far more, and repairs what a mistake in the writing breaks; this reader finds it.
struct PageReader {
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  struct Element {
    var name: String
    var attributes: [String: String]
    /// The names of the elements around it.
    var path: [String]
  }

  private(set) var elements: [Element] = []
  /// The text outside of tags, with its references resolved.
  private(set) var text = ""
  private var rest: Substring.UTF8View
  private var open: [String] = []

  private static let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]

  init(_ page: String) throws {
    rest = Substring(page).utf8
    let doctype = "<!DOCTYPE html>\n"
    if page.hasPrefix(doctype) { rest = rest.dropFirst(doctype.utf8.count) }
    while let byte = rest.first { if byte == UInt8(ascii: "<") { try readTag() } else { try readText() } }
    guard open.isEmpty else { throw Problem(description: "not closed: \(open)") }
  }

  private mutating func readText() throws {
    let run = rest.prefix { $0 != UInt8(ascii: "<") }
    rest = rest.dropFirst(run.count)
    guard open.last != "style" else { return }
    text += try resolved(String(run) ?? "")
  }

  private mutating func readTag() throws {
    let tag = rest.prefix { $0 != UInt8(ascii: ">") }
    let content = String(tag.dropFirst()) ?? ""
    guard tag.count < rest.count, !content.contains("<") else { throw Problem(description: "bad tag: \(content)") }
    rest = rest.dropFirst(tag.count + 1)
    guard !content.hasPrefix("/") else {
      guard open.popLast() == String(content.dropFirst()) else { throw Problem(description: "closes \(content)") }
      return
    }
    let isEmpty = content.hasSuffix("/")
    var words = Substring(isEmpty ? content.dropLast() : Substring(content))
    let name = words.prefix { $0.isLetter || $0.isNumber }
    words = words.dropFirst(name.count)
    var attributes: [String: String] = [:]
    while !words.isEmpty {
      guard words.first == " ", let equals = words.firstIndex(of: "=") else {
        throw Problem(description: "bad attribute in <\(content)>")
      }
      let key = String(words[words.index(after: words.startIndex)..<equals])
      let quoted = words[words.index(after: equals)...]
      guard quoted.first == "\"", let end = quoted.dropFirst().firstIndex(of: "\""), attributes[key] == nil,
        !key.isEmpty, key.allSatisfy({ $0.isLetter || $0 == "-" || $0.isNumber })
      else { throw Problem(description: "bad attribute in <\(content)>") }
      attributes[key] = try resolved(String(quoted[quoted.index(after: quoted.startIndex)..<end]))
      words = words[words.index(after: end)...]
    }
    elements.append(Element(name: String(name), attributes: attributes, path: open))
    if !isEmpty { open.append(String(name)) }
  }

  private func resolved(_ text: String) throws -> String {
    var parts = text.split(separator: "&", omittingEmptySubsequences: false)
    var resolved = String(parts.removeFirst())
    for part in parts {
      guard let end = part.firstIndex(of: ";"), let value = Self.references[String(part[..<end])] else {
        throw Problem(description: "an unknown reference: &\(part.prefix(12))")
      }
      resolved += value + part[part.index(after: end)...]
    }
    return resolved
  }
}
