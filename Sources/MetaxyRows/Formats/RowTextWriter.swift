/// Writes rows as the lines of a file.
package struct RowTextWriter {
  private let format: RowFormat
  private let columns: [RowColumn]
  /// The names of the columns as members of an object: `"path":`.
  private let members: [[UInt8]]
  /// The text that was written and not taken yet.
  package private(set) var bytes: [UInt8] = []

  package init(_ format: RowFormat, _ columns: [RowColumn]) {
    self.format = format
    self.columns = columns
    members = columns.map { column in
      var name: [UInt8] = []
      JSONLines.appendString(column.name, to: &name)
      return name + ":".utf8
    }
    guard format == .csv else { return }
    appendCSV(columns.map { .text($0.name) })
  }

  /// Appends a row, with one cell for each column.
  package mutating func append(_ cells: [Cell]) {
    switch format {
    case .csv: appendCSV(cells)
    case .jsonl: appendJSON(cells)
    }
  }

  /// Returns the text and empties it.
  package mutating func take() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  private mutating func appendCSV(_ cells: [Cell]) {
    for (position, cell) in cells.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      CSVText.append(cell, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func appendJSON(_ cells: [Cell]) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (position, cell) in cells.enumerated() {
      if cell == .null, columns[position].leavesNullOut { continue }
      if !isFirst { bytes += ", ".utf8 }
      isFirst = false
      bytes += members[position]
      bytes.append(UInt8(ascii: " "))
      JSONLines.append(cell, to: &bytes)
    }
    bytes += "}\n".utf8
  }
}
