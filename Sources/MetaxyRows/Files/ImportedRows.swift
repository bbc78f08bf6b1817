internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// Turns the rows of a file into values of a table, and collects what is wrong with them.
struct ImportedRows {
  private let table: FeatureTable
  private let file: String
  /// The positions of the file's columns in the table.
  private var positions: [Int] = []
  /// The columns of the table that the file has, by position; the value is how many rows have them.
  private(set) var presence: [Int: Int] = [:]
  private var count = 0

  init(_ table: FeatureTable, _ file: String) {
    self.table = table
    self.file = file
  }

  /// The places of values that cannot be imported, as far as they are reported.
  private(set) var problems: [Diagnostic] = []
  private(set) var problemCount = 0
  private(set) var firstProblem: (row: Int, column: String)?
  /// The number of places that are reported; the others are counted.
  static let limit = 100

  /// Returns the values of a row, in the order of the table's columns; nil for columns that it does not have, and no row if
  /// a value cannot be imported.
  mutating func values(of row: FileRow, _ names: [String]) throws(MetaxyError) -> [SQLValue?]? {
    count += 1
    try addColumns(names, row)
    var values = [SQLValue?](repeating: nil, count: table.columns.count)
    let before = problemCount
    for (position, cell) in row.cells.enumerated() {
      guard let cell else { continue }
      let target = positions[position]
      presence[target, default: 0] += 1
      let column = table.columns[target].form
      do {
        values[target] = try column.stored(column.isSystem && cell == .json("null") ? .null : cell)
      } catch {
        add(error.reason, row.line, column.name)
      }
    }
    for target in presence.keys.sorted() { complete(&values, target, row) }
    return problemCount == before ? values : nil
  }

  /// Sets what a row leaves out, and refuses NULL where there must be a value.
  private mutating func complete(_ values: inout [SQLValue?], _ target: Int, _ row: FileRow) {
    let column = table.columns[target].form
    let isMissing = !row.cells.indices.contains { positions[$0] == target && row.cells[$0] != nil }
    if isMissing {
      guard column.leavesNullOut else { return add("the row has no member of this name", row.line, column.name) }
      values[target] = .null
    }
    guard let value = values[target] else { return }
    if table.samples.idColumns.contains(where: { ScalarString($0) == ScalarString(column.name) }) {
      if value == .null || value == .text("") {
        add("an ID column is \(value == .null ? "NULL" : "empty")", row.line, column.name)
      }
    } else if value == .null, !column.isNullable {
      add("the column is NOT NULL, and the row has no value", row.line, column.name)
    }
  }

  private mutating func add(_ reason: String, _ line: Int, _ column: String) {
    problemCount += 1
    if firstProblem == nil { firstProblem = (count, column) }
    guard problems.count < Self.limit else { return }
    problems.append(
      Diagnostic("column `\(column)`: \(reason)", at: SourceLocation(file: file, line: line, column: 1)))
  }

  /// Finds the columns of the table that further columns of the file are.
  private mutating func addColumns(_ names: [String], _ row: FileRow) throws(MetaxyError) {
    for name in names.dropFirst(positions.count) {
      guard let target = table.columns.firstIndex(where: { ScalarString($0.form.name) == ScalarString(name) }) else {
        var error = MetaxyError.noColumnOfFeature(table, name)
        error.diagnostics = [
          Diagnostic("there is no column `\(name)`", at: SourceLocation(file: file, line: row.line, column: 1))
        ]
        throw error
      }
      guard !table.columns[target].live.isGenerated else {
        throw .columnRefused(file, line: row.line, "the database computes the column `\(name)`: leave it out")
      }
      guard !positions.contains(target) else {
        throw .columnRefused(file, line: row.line, "the column `\(name)` is there twice")
      }
      positions.append(target)
      presence[target] = 0
      if count > 1, !table.columns[target].form.leavesNullOut {
        add("earlier rows have no member of this name", row.line, name)
      }
    }
  }

  /// Requires the columns that every row of the feature has.
  func requireColumns(_ names: [String]) throws(MetaxyError) {
    let found = Set(names.map(ScalarString.init))
    let ids = Set(table.samples.idColumns.map(ScalarString.init))
    let missing = table.columns.filter { column in
      let name = ScalarString(column.form.name)
      guard !found.contains(name), !column.live.isGenerated else { return false }
      return column.form.isSystem || ids.contains(name) || (!column.form.isNullable && !column.live.hasDefault)
    }
    guard missing.isEmpty else { throw .columnsMissing(file, missing.map(\.form), table) }
  }

  func requireNoProblems() throws(MetaxyError) {
    guard problemCount > 0 else { return }
    throw .valuesRefused(
      file, table.key, count: problemCount, problems, row: firstProblem?.row, column: firstProblem?.column)
  }
}
