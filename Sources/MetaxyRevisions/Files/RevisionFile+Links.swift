extension RevisionFile {
  /// Returns the parents and dependencies in the header of a rendered revision, and what it replaces, without parsing the
  /// rest.
  package static func links(inRendered text: String) -> [String] {
    header(ofRendered: text).flatMap { key, value -> [String] in
      guard [.revises, .dependsOn, .replaces].contains(key) else { return [] }
      return names(value)
    }
  }

  private static func names(_ value: String) -> [String] {
    value.split(separator: ",").map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
  }

  /// Returns this revision with the parents and dependencies in the header of a rendered one.
  package func takingLinks(ofRendered text: String) -> RevisionFile {
    var (file, header) = (self, [RevisionHeader.Key: [String]]())
    for (key, value) in Self.header(ofRendered: text) { header[key] = Self.names(value) }
    file.downRevisions = header[.revises] ?? []
    file.dependencies = header[.dependsOn] ?? []
    return file
  }

  /// Returns the text of this revision with the parents and dependencies of another one; nil if it has them already.
  package func text(withLinksOf other: RevisionFile) -> String? {
    guard downRevisions != other.downRevisions || dependencies != other.dependencies else { return nil }
    var file = self
    file.downRevisions = other.downRevisions
    file.dependencies = other.dependencies
    return file.rendered()
  }

  /// Whether a rendered revision is a baseline that replaces others.
  package static func isBaseline(rendered text: String) -> Bool {
    header(ofRendered: text).contains { $0.key == .replaces }
  }

  private static func header(ofRendered text: String) -> [(key: RevisionHeader.Key, value: String)] {
    var (lines, rest) = ([String](), text[...])
    while rest.hasPrefix("--") {
      let line = rest.prefix { $0 != "\n" }
      lines.append(String(line.dropFirst(2).drop { $0 == " " }))
      rest = rest[line.endIndex...].dropFirst()
    }
    // A first line that an empty one follows is the message.
    if lines.count > 1, lines[1].isEmpty { lines.removeFirst() }
    return lines.compactMap(RevisionHeader.Key.split)
  }

  /// Returns the text of a revision file with other parents; everything else stays as it is written.
  ///
  /// - Returns: nil if the header is written in a way in which its line cannot be replaced.
  package static func replacingParents(in text: String, with parents: [String]) -> String? {
    // A line break of Windows is one character.
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let end = lines.firstIndex { $0.hasPrefix("-- metaxy:") } ?? lines.count
    let places = lines[..<end].indices.filter { place in
      lines[place].hasPrefix("--")
        && RevisionHeader.Key.split(String(lines[place].dropFirst(2).drop { $0 == " " }))?.key == .revises
    }
    // The message may look like a value.
    guard let place = places.last else { return nil }
    let ending = lines[place].hasSuffix("\r") ? "\r" : ""
    lines[place] = "-- Revises:" + (parents.isEmpty ? "" : " " + parents.joined(separator: ", ")) + ending
    return lines.joined(separator: "\n")
  }
}
