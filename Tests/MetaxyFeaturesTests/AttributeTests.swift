import MetaxyFeatures
import Testing

@Suite struct AttributeTests {
  @Test func literalsAreDefaults() {
    #expect(defaultValue("a'b") == .literal(.string("a'b")))
    #expect(defaultValue(-3) == .literal(.integer("-3")))
    #expect(defaultValue(1.5) == .literal(.float("1.5")))
    #expect(defaultValue(true) == .literal(.boolean(true)))
  }

  @Test func functionsAreExpressionsAndNotText() {
    #expect(defaultValue(.sql("now()")) == .expression(SQLExpression("now()")))
    #expect(defaultValue("now()") == .literal(.string("now()")))
  }

  @Test func expressionsHaveATextForEachEngine() {
    let expression = SQLExpression.sql("now()", sqlite: "CURRENT_TIMESTAMP")
    #expect(expression.text(for: "sqlite") == "CURRENT_TIMESTAMP")
    #expect(expression.text(for: "postgresql") == "now()")
    #expect(SQLExpression("a > 0").text(for: "sqlite") == "a > 0")
  }

  @Test func typesHaveShortSpellings() {
    #expect(ColumnType.varchar(64) == .string(length: 64))
    #expect(ColumnType.string == .string(length: nil))
    #expect(ColumnType.text == .string(length: nil))
    #expect(ColumnType.numeric(12, 3) == .numeric(precision: 12, scale: 3))
    #expect(ColumnType.numeric == .numeric(precision: nil, scale: nil))
    #expect(
      ColumnType.raw("vector(3)", sqlite: "BLOB") == .raw(SQLExpression("vector(3)", variants: ["sqlite": "BLOB"])))
  }

  @Test func indexElementsAreColumnsUnlessTheySayOtherwise() {
    let index = IndexAttribute.index(
      on: ["a", .descending("b"), .expression("lower(c)", descending: true), .column("d", collation: "C")],
      unique: true, where: "a > 0", name: "ix")
    #expect(
      index.elements == [
        IndexElement(.column("a")), IndexElement(.column("b"), isDescending: true),
        IndexElement(.expression("lower(c)"), isDescending: true), IndexElement(.column("d"), collation: "C"),
      ])
    #expect(index.isUnique)
    #expect(index.predicate == SQLExpression("a > 0"))
    #expect(index.name == "ix")
  }

  @Test func foreignKeysDoNothingUnlessTheySayOtherwise() {
    let reference = ColumnReference.column("id", of: "camera", onDelete: .cascade)
    #expect(reference == ColumnReference(table: "camera", column: "id", onDelete: .cascade, onUpdate: .noAction))
    let key = ForeignKeyAttribute.foreignKey(["a", "b"], references: "t", ["c", "d"], onUpdate: .setNull)
    #expect(key.onDelete == .noAction)
    #expect(key.onUpdate.rawValue == "SET NULL")
  }

  @Test func generatedValuesAreStoredOrVirtual() {
    #expect(GeneratedValue.stored("a + b").isStored)
    #expect(!GeneratedValue.virtual("a + b").isStored)
  }

  @Test func uniqueNamesItsColumns() {
    #expect(UniqueAttribute.unique("a", "b", name: "uq") == UniqueAttribute(columns: ["a", "b"], name: "uq"))
  }

  private func defaultValue(_ value: ColumnDefault) -> ColumnDefault { value }
}
