import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct LiveSchemaTests {
  private let trigger = Trigger(name: "log", sql: "CREATE TRIGGER log AFTER INSERT ON t BEGIN SELECT 1; END")

  private func live(_ tables: [Table] = [table()]) -> LiveSchema {
    var schema = LiveSchema(Schema(tables))
    schema.dependents["t"] = DependentObjects(
      triggers: [trigger], views: ["recent"], wordsOfViews: ["recent": ["recent", "t", "a"]])
    return schema
  }

  private func operations(from live: LiveSchema, to desired: Schema) -> [MigrationOperation] {
    SchemaComparison(rules: PlainRules()).operations(from: RenamedSchema(live), to: desired)
  }

  @Test func dependentObjectsAreNotADifference() {
    #expect(live().definition == Schema([table()]))
    #expect(operations(from: live(), to: Schema([table()])).isEmpty)
  }

  @Test func aDroppedTableComesBackWithItsTriggers() throws {
    let drop = try #require(operations(from: live(), to: Schema()).first)
    #expect(drop == .dropTable(.init(table(), triggers: [trigger])))
    #expect(drop.reversed == .createTable(.init(table(), triggers: [trigger])))
    let after = live().applying([drop])
    #expect(after == LiveSchema())
    #expect(after.applying([drop.reversed])["t"]?.dependents.triggers == [trigger])
  }

  @Test func whatDependsOnATableFollowsItUnderANewName() {
    let renamed = live().applying([.renameTable(.init("t", to: "u"))])
    #expect(renamed["t"] == nil)
    #expect(renamed["u"]?.dependents == live().dependents["t"])
    #expect(renamed["u"]?.dependents.views(naming: "A") == ["recent"])
    #expect(renamed["u"]?.dependents.views(naming: "b") == [])
  }

  @Test func anInvalidIndexIsBuiltAgainOnce() {
    let index = Index(name: .given("by_a"), elements: [IndexElement(.column("a"))])
    let desired = Schema([table { $0.indexes = [index] }])
    var live = live([table { $0.indexes = [index] }])
    #expect(operations(from: live, to: desired).isEmpty)
    live.invalidIndexes["t"] = ["by_a"]
    let operations = operations(from: live, to: desired)
    #expect(operations.map(\.description) == ["remove_index by_a", "add_index by_a"])
    #expect(self.operations(from: live.applying(operations), to: desired).isEmpty)
  }

  @Test func filteringLeavesNothingOfOtherTables() {
    var all = live([table(), table("u")])
    all.invalidIndexes["t"] = ["by_a"]
    #expect(all.filter { $0 == "u" } == LiveSchema(Schema([table("u")])))
  }
}
