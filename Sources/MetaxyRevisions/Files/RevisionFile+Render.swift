package import MetaxyErrors
package import MetaxySQL

extension RevisionFile {
  /// The comment in an empty section.
  static let placeholder = "no statements; write here what this direction runs, each statement ending with `;`"

  /// Returns the text of the file, deterministically.
  package func rendered() -> String {
    let header = RevisionHeader.lines(of: self).map { Self.comment($0) }
    let blocks = [header] + sections.map { Self.lines(of: $0) }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// Returns the text of the file after parsing it again.
  ///
  /// - Throws: `malformed_revision` or `unfaithful_revision` if the text does not parse to this value, for example
  ///   because a statement contains two.
  package func checkedText(lexicons: Lexicons) throws(MetaxyError) -> String {
    let text = rendered()
    let read = try RevisionFile(parsing: text, path: path, lexicons: lexicons)
    guard read.withoutPositions == withoutPositions else { throw .unfaithfulRevision(path) }
    return text
  }

  /// Returns the revision file `text` with sections appended; the existing text is unchanged.
  ///
  /// - Throws: as ``checkedText(lexicons:)``.
  package static func adding(
    _ sections: [RevisionSection], to text: String, path: String, lexicons: Lexicons
  ) throws(MetaxyError) -> String {
    var expected = try RevisionFile(parsing: text, path: path, lexicons: lexicons)
    expected.sections += sections
    var longer = text
    // The end of the text, such as a statement without its `;`, must not merge with the appended sections.
    while longer.last?.isNewline == true { longer.removeLast() }
    longer += "\n\n" + sections.map { lines(of: $0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    let read = try RevisionFile(parsing: longer, path: path, lexicons: lexicons)
    guard read.withoutPositions == expected.withoutPositions else { throw .unfaithfulRevision(path) }
    return longer
  }

  /// The same revision without the positions in its file.
  package var withoutPositions: RevisionFile {
    var file = self
    for index in file.sections.indices {
      file.sections[index].position = nil
      for statement in file.sections[index].statements.indices {
        file.sections[index].statements[statement].position = nil
      }
    }
    return file
  }

  private static func lines(of section: RevisionSection) -> [String] {
    var lines = [comment(Directive.prefix + directive(of: section))]
    for (index, statement) in section.statements.enumerated() {
      let above =
        statement.comments.map { comment($0) } + statement.rowChecks.map { comment($0.directive) }
        + statement.allowances.map { comment(directive(of: $0)) }
      if index > 0, !above.isEmpty { lines.append("") }
      lines += above + [statement.sql + ";"]
    }
    if !section.notes.isEmpty, !section.statements.isEmpty { lines.append("") }
    lines += section.notes.map { comment($0) }
    return lines.count == 1 ? lines + [comment(placeholder)] : lines
  }

  private static func directive(of section: RevisionSection) -> String {
    var words = [section.direction.rawValue]
    if let dialect = section.dialect { words.append(dialect) }
    words += SectionAttributes.words(of: section)
    return words.joined(separator: " ")
  }

  private static func directive(of allowance: Allowance) -> String {
    "\(Directive.prefix)allow \(allowance.rule) \(allowance.reason)"
  }

  private static func comment(_ line: String) -> String {
    line.isEmpty ? "--" : "-- \(line)"
  }
}
