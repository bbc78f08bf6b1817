internal import MetaxyErrors
internal import MetaxySQL

extension RevisionParser {
  private struct Line {
    var text: String
    var position: SQLPosition
  }

  /// Reads the comments at the top and returns the directive of the first section.
  mutating func readHeader() throws(SQLProblem) -> SQLToken? {
    var lines: [Line] = []
    var directive: SQLToken?
    var isTextReported = false
    while directive == nil, let token = try tokenizer.next() {
      if token.isComment, Directive.isDirective(token), tokenizer.isFirstInLine(token) {
        directive = token
      } else if token.isComment {
        lines += Self.lines(of: token)
      } else if !isTextReported {
        report("SQL before the first section: begin a section with `-- metaxy:upgrade`", at: token.position)
        isTextReported = true
      }
    }
    takeMessage(from: &lines)
    take(lines)
    return directive
  }

  /// Takes the first line as the message unless it is a header value. A first line followed by an empty line is always
  /// the message.
  private mutating func takeMessage(from lines: inout [Line]) {
    guard let first = lines.first else { return }
    let isFollowedByEmpty = lines.count > 1 && CommentText.oneLine(lines[1].text).isEmpty
    guard isFollowedByEmpty || RevisionHeader.Key.split(first.text) == nil else { return }
    file.message = CommentText.line(first.text)
    lines.removeFirst()
  }

  private mutating func take(_ lines: [Line]) {
    var seen: Set<RevisionHeader.Key> = []
    var notes: [String] = []
    for line in lines {
      guard let (key, value) = RevisionHeader.Key.split(line.text) else {
        notes.append(line.text)
        continue
      }
      if seen.insert(key).inserted {
        take(key, value, at: line.position)
      } else {
        report("`\(key.rawValue):` is duplicated", at: line.position)
      }
    }
    file.notes = RevisionHeader.notes(notes)
    if !seen.contains(.revision) {
      report("the header has no line `-- Revision: …`", at: SQLPosition(line: 1, column: 1))
    }
  }

  private mutating func take(_ key: RevisionHeader.Key, _ value: String, at position: SQLPosition) {
    switch key {
    case .revision: file.revision = names([value], at: position).first ?? ""
    case .revises: file.downRevisions = names(list(value), at: position)
    case .replaces: file.replaces = names(list(value), at: position)
    case .dependsOn: file.dependencies = names(list(value), at: position)
    case .branchLabels: file.branchLabels = names(list(value), at: position)
    case .snapshot: file.snapshot = value.isEmpty ? nil : value
    case .verified: file.verification = value.isEmpty ? nil : RevisionVerification(text: value)
    case .created:
      file.created = RevisionTime(value)
      if file.created == nil {
        report("`\(value)` is not a time like `2026-11-22T10:07:31Z`", at: position)
      }
    }
  }

  private func list(_ value: String) -> [String] {
    value.split(separator: ",").map { CommentText.oneLine(String($0)) }
  }

  private mutating func names(_ names: [String], at position: SQLPosition) -> [String] {
    for name in names {
      do {
        try RevisionName.check(name)
      } catch {
        report(error.message, at: position)
      }
    }
    return names
  }

  private static func lines(of comment: SQLToken) -> [Line] {
    if comment.kind == .lineComment {
      return [Line(text: String(comment.text.dropFirst(2).drop { $0 == " " }), position: comment.position)]
    }
    return comment.text.dropFirst(2).dropLast(2)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
      .enumerated().map { offset, text in
        Line(text: String(text), position: SQLPosition(line: comment.position.line + offset, column: 1))
      }
  }
}
