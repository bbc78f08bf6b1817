import MetaxyFeatures
import MetaxySchema
import Testing

/// The live table gets the desired expressions where both are equivalent.
@Suite struct ExpressionNormaliserTests {
  private func table(_ check: SQLExpression, default value: ColumnDefault?, index: SQLExpression) -> Table {
    MetaxySchemaTests.table {
      $0.columns[0].defaultValue = value
      $0.checks = [CheckConstraint(name: .derived("c"), expression: check)]
      $0.indexes = [Index(name: .derived("i"), elements: [.expression(index)], predicate: check)]
    }
  }

  private var live: Table { table("(a = 1)", default: .sql("'x'::text"), index: "f(a)") }
  private var desired: Table {
    table(.sql("a IN (1)", sqlite: "a = 1"), default: .literal(.string("x")), index: "f( a )")
  }

  @Test func whatIsPrintedAsItIsThereTakesTheDesiredWords() {
    let normalised = ExpressionNormaliser(rules: PlainRules())
      .normalised(TablePair(live: live, desired: desired), canonical: live)
    #expect(normalised == desired)
  }

  @Test func whatIsPrintedOtherwiseStays() {
    let canonical = table("(a = 2)", default: .sql("'y'::text"), index: "g(a)")
    let normalised = ExpressionNormaliser(rules: PlainRules())
      .normalised(TablePair(live: live, desired: desired), canonical: canonical)
    #expect(normalised == live)
  }

  @Test func onlyWhatIsSaidOtherwiseIsAsked() {
    #expect(WordDifferences(TablePair(live: live, desired: live), rules: PlainRules()).isEmpty)
    let differences = WordDifferences(TablePair(live: live, desired: desired), rules: PlainRules())
    #expect(differences.defaults == ["a"] && differences.checks == [0] && differences.indexes == [0])
    #expect(differences.types.isEmpty && differences.generated.isEmpty && differences.exclusions.isEmpty)
  }

  @Test func whatComesOrGoesAloneIsNotAsked() {
    let bare = MetaxySchemaTests.table()
    #expect(WordDifferences(TablePair(live: bare, desired: desired), rules: PlainRules()).isEmpty)
    #expect(WordDifferences(TablePair(live: live, desired: bare), rules: PlainRules()).isEmpty)
  }
}
