import Foundation
import MetaxyTestSupport
import Testing

/// SQL that only SQLite understands must be in SQLite's module.
///
/// Only string literals count, because only they reach an engine: `withoutRowID` is an identifier of the model, and
/// comments may describe an engine.
@Suite struct EngineWordTests {
  private static let words: Set<String> = ["PRAGMA", "AUTOINCREMENT", "ROWID", "SQLITE_MASTER", "SQLITE_SCHEMA"]

  /// Texts that speak to people about these words, or that are features' own.
  private static let allowed = [
    // The keywords that a raw column type of a feature must not contain.
    "MetaxyGraph/Definitions/ColumnType+Generated.swift": ["AUTOINCREMENT"],
    // What a rebuild written by hand can lose.
    "MetaxyLint/Rules/LintedSections+HandRebuilds.swift": ["AUTOINCREMENT"],
    "MetaxyLintRules/LintRule+Rebuilds.swift": ["AUTOINCREMENT"],
    // The order in which the rows of a sample were inserted.
    "MetaxyRows/Newest/NewestOrder.swift": ["ROWID"],
    // A member of the record.
    "MetaxySchema/Record/Constraints+JSON.swift": ["AUTOINCREMENT"],
  ]

  @Test func textsOutsideTheSQLiteModuleDoNotSayThem() throws {
    let sources = URL(filePath: "\(Repository.root)/Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path)).compactMap { $0 as? String }
      .filter {
        $0.hasSuffix(".swift") && !$0.hasPrefix("MetaxySQLite/")
          && !$0.hasPrefix("MetaxySQLiteDriver/") && !$0.hasPrefix("CSQLite/")
      }
    #expect(files.count > 100)
    for file in files {
      let source = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      let words = Set(
        Self.texts(in: source).flatMap { $0.uppercased().split { !($0.isLetter || $0 == "_") } }.map(String.init))
      #expect(words.intersection(Self.words).subtracting(Self.allowed[file] ?? []) == [], "\(file)")
    }
  }

  @Test func textsAreFoundAndNothingElseIs() {
    let source = #"""
      // a comment with "PRAGMA" in it
      let withoutRowID = 1  // rowid
      /* "AUTOINCREMENT" */
      let a = "one \"two\" \(b("three"))", c = #"four "4""#
      let d = """
        five // 5
        """
      """#
    let texts = Self.texts(in: source).joined(separator: " ")
    for word in ["one", "two", "three", "four", "4", "five", "// 5"] { #expect(texts.contains(word)) }
    for word in ["PRAGMA", "RowID", "rowid", "AUTOINCREMENT", "let"] { #expect(!texts.contains(word)) }
  }

  /// The string literals of a source file, what is interpolated included.
  private static func texts(in source: String) -> [String] {
    let patterns = [
      ##"//[^\n]*"##, ##"/\*[\s\S]*?\*/"##, ##"#"[\s\S]*?"#"##, ##""""[\s\S]*?""""##,
      ##""(?:\\\((?:[^()]|\([^()]*\))*\)|\\.|[^"\\\n])*""##,
    ]
    guard let expression = try? NSRegularExpression(pattern: patterns.joined(separator: "|")) else { return [] }
    let range = NSRange(source.startIndex..., in: source)
    return expression.matches(in: source, range: range).compactMap {
      Range($0.range, in: source).map { String(source[$0]) }
    }
    .filter { !$0.hasPrefix("/") }
  }
}
