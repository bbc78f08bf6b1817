/// A place in a text file, as editors and CI annotations count: lines and columns start at 1, columns count UTF-8 bytes.
public struct SourceLocation: Sendable, Hashable {
  /// The path as it should be shown: relative to the project where the file lies in it.
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  public var description: String { "\(file):\(line):\(column)" }
}

extension SourceLocation: Comparable {
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
