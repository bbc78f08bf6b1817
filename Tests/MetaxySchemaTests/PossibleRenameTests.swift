import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct PossibleRenameTests {
  private func pairs(from live: [Table], to desired: [Table]) -> [String] {
    let rules = PlainRules()
    let operations = rules.operations(from: RenamedSchema(Schema(live)), to: Schema(desired))
    return rules.possibleRenames(in: operations, to: Schema(desired)).map(\.flag)
  }

  private func table(_ name: TableName = "t", _ columns: Column...) -> Table { Table(name: name, columns: columns) }

  private let id = Column(name: "id", type: .integer, isNullable: false)
  private let size = Column(name: "size", type: .string)

  @Test func oneColumnForAnotherOfItsKindCouldBeARename() {
    let bytes = Column(name: "bytes", type: .string, defaultValue: "0", comment: "in total")
    #expect(pairs(from: [table("t", id, size)], to: [table("t", id, bytes)]) == ["t.size=bytes"])
  }

  /// Columns that cannot hold the values of `size`, or have none of their own.
  @Test(arguments: [
    Column(name: "bytes", type: .integer), Column(name: "bytes", type: .string, isNullable: false),
    Column(name: "bytes", type: .string, generated: .virtual("id")),
  ])
  func aColumnOfAnotherKindIsANewOne(column: Column) {
    #expect(pairs(from: [table("t", id, size)], to: [table("t", id, column)]) == [])
  }

  @Test func ofSeveralColumnsNoneIsLikelier() {
    let a = Column(name: "a", type: .string)
    let b = Column(name: "b", type: .string)
    #expect(pairs(from: [table("t", id, size)], to: [table("t", id, a, b)]) == [])
    #expect(pairs(from: [table("t", id, a, b)], to: [table("t", id, size)]) == [])
  }

  @Test func columnsAreOfOneTable() {
    let bytes = Column(name: "bytes", type: .string)
    #expect(pairs(from: [table("t", id, size), table("u", id)], to: [table("t", id), table("u", id, bytes)]) == [])
    #expect(
      pairs(from: [table("t", id, size), table("u", id, size)], to: [table("t", id, bytes), table("u", id, bytes)])
        == ["t.size=bytes", "u.size=bytes"])
  }

  @Test func oneTableForAnotherWithItsColumnsCouldBeARename() {
    #expect(pairs(from: [table("t", id, size)], to: [table("u", size, id)]) == ["t=u"])
    let here = TableName("t", schema: "s")
    #expect(pairs(from: [table(here, id)], to: [table(TableName("u", schema: "s"), id)]) == ["s.t=u"])
  }

  @Test func oneValueForAnotherOfAnEnumTypeCouldBeARename() {
    let live = EnumType(name: "mood", values: ["sad", "ok", "happy"])
    func pairs(_ values: [String], _ columns: Column...) -> [PossibleRename] {
      let change = ChangeEnum(from: live, to: EnumType(name: "mood", values: values))
      return PlainRules().possibleRenames(in: [.changeEnum(change)], to: Schema([Table(name: "t", columns: columns)]))
    }
    let mood = Column(name: "m", type: .raw("mood"))
    let moods = Column(name: "n", type: .raw("mood[]"))
    #expect(pairs(["sad", "fine", "happy"], id, mood, moods).map(\.flag) == ["t.m:ok=fine"])
    #expect(pairs(["sad", "fine", "happy"], id, mood, moods).first?.isNamed(in: ["t.n:ok"]) == true)
    #expect(pairs(["sad", "fine"], mood) == [])
    #expect(pairs(["sad", "fine", "good", "happy"], mood) == [])
    #expect(pairs(["ok", "sad", "happy"], mood) == [])
    // No row can have it.
    #expect(pairs(["sad", "fine", "happy"], id) == [])
  }

  @Test func aTableWithOtherColumnsIsANewOne() {
    #expect(pairs(from: [table("t", id, size)], to: [table("u", id)]) == [])
    #expect(pairs(from: [table("t", id)], to: [table("u", id, size)]) == [])
    #expect(pairs(from: [table("t", id)], to: [table("u", id), table("v", id)]) == [])
  }

  /// A partition goes and another comes every month.
  @Test func aPartitionIsANewOne() {
    func partition(_ name: TableName) -> Table {
      var table = table(name, id)
      table.partition = Partition(of: "whole", bound: "FOR VALUES IN (\(name.name.count))")
      return table
    }
    #expect(pairs(from: [partition("may")], to: [partition("june")]) == [])
  }
}
