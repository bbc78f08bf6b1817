import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct AllowedValuesTests {
  private func values(_ expression: SQLExpression) -> AllowedValues? {
    AllowedValues(expression, for: "postgresql", lexicon: Lexicon())
  }

  /// As definitions have them, and as PostgreSQL prints them.
  @Test(arguments: [
    "\"state\" IN ('new', 'it''s')", "state in ('new', 'it''s')", "((state IN ('new', 'it''s')))",
    "((state)::text = ANY ((ARRAY['new'::character varying, 'it''s'::character varying])::text[]))",
    "(state = ANY (ARRAY['new'::text, 'it''s'::text]))", "(state = ANY (ARRAY['new'::bpchar, 'it''s'::bpchar]))",
  ])
  func aListOfTextsIsRead(expression: String) {
    #expect(values(SQLExpression(expression))?.column == "state")
    #expect(values(SQLExpression(expression))?.values == ["new", "it's"])
  }

  @Test func oneTextIsAList() {
    #expect(values("((state)::text = 'new'::text)")?.values == ["new"])
  }

  @Test(arguments: [
    "state IN ('new') OR note IS NULL", "NOT (state IN ('new'))", "lower(state) IN ('new')", "state IN ('new', NULL)",
    "state IN (1, 2)", "state <> 'new'", "state = ANY (ARRAY['new'::mood])", "state IN ('new', 'new')",
    "state NOT IN ('new')", "state = 'new' || 'er'", "'new' = state", "state IN (SELECT 'new')",
  ])
  func anythingElseIsNot(expression: String) { #expect(values(SQLExpression(expression)) == nil) }

  /// Existing rows get NULL or the default of a new column, and fail only a list without it.
  @Test(
    arguments: [
      (nil, true), (.literal(.null), true), (.literal(.string("new")), true), (.literal(.string("NEW")), false),
      (.expression("'it''s'::character varying"), true), (.expression("'old'::text"), false),
      (.expression("NULL"), false),
      (.expression("lower('new')"), false), (.literal(.integer("1")), false), (.currentTimestamp, false),
    ] as [(ColumnDefault?, Bool)])
  func aNewColumnMeetsItsList(value: ColumnDefault?, expected: Bool) throws {
    let list = try #require(values("state IN ('new', 'it''s', '1')"))
    func isMet(_ column: Column) -> Bool {
      list.acceptExistingRows(ofNew: column, for: "postgresql", lexicon: Lexicon())
    }
    #expect(isMet(Column(name: "state", type: .string(length: 8), defaultValue: value)) == expected)
    // A list of texts compares numbers otherwise.
    #expect(
      isMet(Column(name: "state", type: .integer, defaultValue: value)) == [nil, .literal(.null)].contains(value))
    var filled = Column(name: "state", type: .string(length: 8), isNullable: false, defaultValue: value)
    filled.backfill = .declared("old")
    #expect(!isMet(filled))
    filled.backfill = .declared("new")
    #expect(isMet(filled))
  }

  /// The constants of a type follow a rename of its value; texts that only look like it do not.
  @Test func constantsOfAnEnumTypeFollow() {
    var table = Table(
      name: "t", columns: [Column(name: "m", type: .raw("mood"), defaultValue: .expression("'ok'::mood"))])
    table.checks = [CheckConstraint(name: nil, expression: "m <> 'ok'::mood OR note = 'ok'::text OR x = 'ok'::s.mood")]
    var schema = Schema([table])
    let mood = EnumType(name: "mood", values: ["sad", "ok"])
    schema.enums["mood"] = mood
    let after = schema.applying([.renameEnumValue(.init(RenamedValue("ok", to: "it's fine"), of: mood))])
    #expect(after.enums["mood"]?.values == ["sad", "it's fine"])
    #expect(after["t"]?.columns.first?.defaultValue == .expression("'it''s fine'::mood"))
    #expect(
      after["t"]?.checks.first?.expression == "m <> 'it''s fine'::mood OR note = 'ok'::text OR x = 'ok'::s.mood")
    #expect(
      after.applying([
        .renameEnumValue(
          .init(RenamedValue("it's fine", to: "ok"), of: EnumType(name: "mood", values: ["sad", "it's fine"])))
      ]) == schema)
  }
}
