internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Refuses backfills and conversions that read columns which the revision adds or converts: engines differ in which value
/// they see.
struct RowExpressionCheck {
  private let dialect: any Dialect

  init(_ dialect: any Dialect) { self.dialect = dialect }

  func run(_ operations: [MigrationOperation]) throws(MetaxyError) {
    var changed: [TableName: Set<String>] = [:]
    for operation in operations {
      switch operation {
      case .addColumn(let addition): changed[addition.table, default: []].insert(dialect.folded(addition.column.name))
      case .changeColumn(let change) where [.type, .computed].contains(change.aspect):
        changed[change.table, default: []].insert(dialect.folded(change.new.name))
      default: continue
      }
    }
    for operation in operations {
      switch operation {
      case .addColumn(let addition):
        try check(addition.column.backfill?.value?.expression, of: addition.column, addition.table, changed)
      case .changeColumn(let change) where change.aspect == .nullable && !change.new.isNullable:
        try check(change.new.backfill?.value?.expression, of: change.new, change.table, changed)
      case .changeColumn(let change) where change.aspect == .type:
        var others = changed
        others[change.table]?.remove(dialect.folded(change.new.name))
        try check(change.new.using, of: change.new, change.table, others)
      default: continue
      }
    }
  }

  private func check(
    _ expression: SQLExpression?, of column: Column, _ table: TableName, _ changed: [TableName: Set<String>]
  ) throws(MetaxyError) {
    // The engine reports an expression that cannot be tokenised.
    guard let text = expression?.text(for: dialect.name), let names = changed[table],
      let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon)
    else { return }
    for (place, token) in tokens.enumerated() where [.word, .quotedIdentifier].contains(token.kind) {
      let next = place + 1 < tokens.count ? tokens[place + 1] : nil
      let name = dialect.folded(token.name(foldsNames: dialect.lexicon.foldsNames))
      guard names.contains(name), next?.isSymbol("(") != true else { continue }
      throw .unusableExpression(
        PossibleRename.text(table, column.name) + "=" + text,
        "the revision also adds or converts `\(name)`, so it has two values")
    }
  }
}

extension ColumnDefault {
  fileprivate var expression: SQLExpression? { if case .expression(let expression) = self { expression } else { nil } }
}
