internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyJSON

/// Reads one JSON object from each line; empty lines are skipped.
final class JSONLinesReader: RowTextReader {
  private(set) var columns: [String] = []
  private let bytes: FileBytes
  private let file: String
  private var line = 0
  private var positions: [ScalarString: Int] = [:]
  private let jsonColumns: Set<ScalarString>

  /// - Parameter jsonColumns: the columns whose values are JSON texts.
  init(_ path: String, displayPath: String, jsonColumns: Set<ScalarString>) throws(MetaxyError) {
    self.jsonColumns = jsonColumns
    file = displayPath
    bytes = try FileBytes(of: path, displayPath: displayPath)
  }

  func next() throws(MetaxyError) -> FileRow? {
    while try bytes.peek() != nil {
      var text: [UInt8] = []
      try bytes.append(to: &text) { $0 == UInt8(ascii: "\n") }
      _ = try bytes.next()
      line += 1
      guard text.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
      return try row(text)
    }
    return nil
  }

  private func row(_ text: [UInt8]) throws(MetaxyError) -> FileRow {
    let node: JSONNode
    do {
      node = try JSONNode(parsing: text, file: file)
    } catch {
      throw .rowsFileRefused(file, line: line, error.diagnostics.first?.message ?? error.message)
    }
    guard case .object(let members) = node.content else {
      throw .rowsFileRefused(file, line: line, "the line is not a JSON object")
    }
    var cells = [Cell?](repeating: nil, count: columns.count)
    for (position, member) in members.enumerated() {
      // The value ends before the comma and the next name, or before the last brace.
      let isLast = position + 1 == members.count
      let limit = isLast ? text.count : members[position + 1].offset
      let cell = cell(member, text[member.node.offset..<limit], isLast: isLast)
      if let column = positions[ScalarString(member.name)] {
        cells[column] = cell
      } else {
        positions[ScalarString(member.name)] = columns.count
        columns.append(member.name)
        cells.append(cell)
      }
    }
    return FileRow(line: line, cells: cells)
  }

  /// Returns the value of a member.
  ///
  /// - Parameters:
  ///   - rest: the text from the value to the next name, or to the end.
  ///   - isLast: whether the brace of the row follows, not a comma.
  private func cell(_ member: JSONNode.Member, _ rest: ArraySlice<UInt8>, isLast: Bool) -> Cell {
    guard !jsonColumns.contains(ScalarString(member.name)) else { return .json(Self.value(in: rest, isLast: isLast)) }
    switch member.node.content {
    case .scalar(.null): return .null
    case .scalar(.boolean(let value)): return .truth(value)
    case .scalar(.number(let digits)): return .number(digits)
    case .scalar(.string(let text)): return .text(text)
    case .scalar, .array, .object: return .json(Self.value(in: rest, isLast: isLast))
    }
  }

  /// Removes the punctuation and the blanks that follow a value.
  private static func value(in rest: ArraySlice<UInt8>, isLast: Bool) -> String {
    let end = rest.lastIndex(of: isLast ? UInt8(ascii: "}") : UInt8(ascii: ",")) ?? rest.endIndex
    let last = rest[..<end].lastIndex { ![0x20, 0x09, 0x0D].contains($0) } ?? rest.startIndex
    return String(decoding: rest[rest.startIndex...last], as: UTF8.self)
  }
}
