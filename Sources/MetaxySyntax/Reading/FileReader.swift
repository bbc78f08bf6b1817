import MetaxyErrors
import SwiftParser
import SwiftSyntax

/// Reads the declarations of one file from its syntax tree into plain values.
///
/// Each concern is an extension in its own file: declarations, features, properties, attributes, literals, types.
final class FileReader {
  var declarations = FileDeclarations()
  private let displayPath: String
  private let bytes: [UInt8]
  private lazy var lines = LineTable(bytes)

  private init(_ bytes: [UInt8], displayPath: String) {
    self.bytes = bytes
    self.displayPath = displayPath
  }

  /// Parses `bytes`, which must not have a byte order mark, and returns their declarations.
  static func declarations(in bytes: [UInt8], displayPath: String) -> FileDeclarations {
    let reader = FileReader(bytes, displayPath: displayPath)
    if let problem = SourceLimits.problem(in: bytes) {
      reader.report(problem.message, at: reader.location(at: AbsolutePosition(utf8Offset: problem.offset)))
      return reader.declarations
    }
    let tree = bytes.withUnsafeBufferPointer { Parser.parse(source: $0) }
    reader.readItems(tree.statements, in: Scope())
    if tree.hasError { reader.reportLostFeatures(in: tree) }
    return reader.declarations
  }

  /// Returns the location of a node's first character.
  func location(of node: some SyntaxProtocol) -> SourceLocation {
    location(at: node.positionAfterSkippingLeadingTrivia)
  }

  func location(at position: AbsolutePosition) -> SourceLocation {
    let (line, column) = lines.position(of: position.utf8Offset)
    return SourceLocation(file: displayPath, line: line, column: column)
  }

  func report(_ message: String, at node: some SyntaxProtocol, notes: [Diagnostic.Note] = []) {
    report(message, at: location(of: node), notes: notes)
  }

  func report(_ message: String, at location: SourceLocation, notes: [Diagnostic.Note] = []) {
    declarations.diagnostics.append(Diagnostic(.error, message, at: location, notes: notes))
  }
}

extension TokenSyntax {
  /// The token's name without backticks.
  var name: String {
    guard text.count > 2, text.first == "`", text.last == "`" else { return text }
    return String(text.dropFirst().dropLast())
  }
}
