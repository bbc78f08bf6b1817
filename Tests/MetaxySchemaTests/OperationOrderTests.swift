import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct OperationOrderTests {
  private func parent(_ name: TableName, of others: TableName...) -> Table {
    table(name) { table in
      table.foreignKeys = others.map { ForeignKey(columns: ["a"], table: $0, referencedColumns: ["a"]) }
    }
  }

  @Test func addedTablesComeReferencedFirstEachWithItsIndexesByName() {
    let indexed = table("z") {
      $0.indexes = ["j", "i"].map { Index(name: .derived($0), elements: ["a"]) }
    }
    #expect(
      changes(from: [], to: [parent("a", of: "z", "a"), parent("b"), indexed, parent("c", of: "a", "nobody")])
        == ["add_table b", "add_table z", "add_index i", "add_index j", "add_table a", "add_table c"])
  }

  @Test func removedTablesGoInTheReverseOrderEachAfterItsIndexes() {
    let indexed = table("z") {
      $0.indexes = ["j", "i"].map { Index(name: .derived($0), elements: ["a"]) }
    }
    #expect(
      changes(from: [parent("a", of: "z"), indexed], to: [])
        == ["remove_table a", "remove_index i", "remove_index j", "remove_table z"])
  }

  @Test func aCycleIsBrokenAtItsFirstTable() {
    let tables = [parent("a", of: "c"), parent("d", of: "c"), parent("c", of: "d")]
    #expect(changes(from: [], to: tables) == ["add_table c", "add_table a", "add_table d"])
  }

  @Test func aLongChainOfReferencesIsNoObstacle() {
    let names = (0..<300).map { TableName("t" + String(1000 - $0)) }
    let tables = zip(names, names.dropFirst()).map { parent($0, of: $1) } + [parent(names[299])]
    #expect(
      operations(from: [], to: tables).map(\.table) == names.reversed())
  }

  @Test func aKeptTableIsChangedInAlembicsOrder() {
    let live = table {
      $0.columns.append(Column(name: "gone", type: .string))
      $0.primaryKey = PrimaryKey(name: .derived("p"), columns: ["a"])
      $0.uniques = [UniqueConstraint(name: .derived("m"), columns: ["a"])]
      $0.checks = [CheckConstraint(name: .derived("c"), expression: "1")]
      $0.indexes = [Index(name: .derived("n"), elements: ["a"])]
      $0.foreignKeys = [ForeignKey(name: .derived("f"), columns: ["a"], table: "u", referencedColumns: ["x"])]
    }
    let desired = table {
      $0.columns[1].type = .double
      $0.columns.append(Column(name: "new", type: .string))
      $0.primaryKey = PrimaryKey(name: .derived("q"), columns: ["b"])
      $0.uniques = [UniqueConstraint(name: .derived("z"), columns: ["b"])]
      $0.checks = [CheckConstraint(name: .derived("d"), expression: "2")]
      $0.indexes = [Index(name: .derived("i"), elements: ["b"])]
      $0.foreignKeys = [ForeignKey(name: .derived("g"), columns: ["b"], table: "u", referencedColumns: ["x"])]
    }
    #expect(
      changes(from: [live], to: [desired]) == [
        "add_column t.new", "modify_type t.b", "remove_primary_key p", "add_primary_key q", "remove_constraint m",
        "remove_index n", "add_index i", "add_constraint z", "remove_constraint c", "add_constraint d", "remove_fk f",
        "add_fk g", "remove_column t.gone",
      ])
  }

  @Test func aTableLetsGoOfAnotherBeforeThatGoes() {
    let child = table("z") {
      $0.columns.append(Column(name: "up", type: .string))
      $0.foreignKeys = [
        ForeignKey(name: .derived("f"), columns: ["up"], table: "p", referencedColumns: ["a"], column: "up")
      ]
    }
    let other = table("y") {
      $0.columns.append(Column(name: "c", type: .string))
      $0.foreignKeys = [ForeignKey(columns: ["a"], table: "of_somebody_else", referencedColumns: ["a"])]
    }
    let unchanged = table("y") { $0.foreignKeys = other.foreignKeys }
    #expect(
      changes(from: [child, table("p"), unchanged], to: [table("z"), other])
        == ["remove_fk f", "remove_column z.up", "remove_table p", "add_column y.c"])
  }

  @Test func columnsComeAfterThoseThatTheyNameAndGoBeforeThem() {
    let computed = table {
      $0.columns += [
        Column(name: "g", type: .bigint, generated: .virtual("H + 1")),
        Column(name: "h", type: .bigint, generated: .virtual("n * 2")), Column(name: "k", type: .bigint),
        Column(name: "n", type: .bigint),
      ]
      $0.checks = [CheckConstraint(expression: "k > n", column: "k")]
    }
    // As they are declared, but for what a column needs before it.
    let added = ["add_column t.n", "add_column t.h", "add_column t.g", "add_column t.k"]
    let forwards = changes(from: [table()], to: [computed])
    #expect(forwards.filter { $0.hasPrefix("add_column") } == added)
    let backwards = changes(from: [computed], to: [table()])
    #expect(
      backwards.filter { $0.hasPrefix("remove_column") }
        == ["remove_column t.k", "remove_column t.g", "remove_column t.h", "remove_column t.n"])
  }

  @Test func anIndexGoesBeforeAnotherOneTakesItsName() {
    func indexed(_ name: TableName) -> Table {
      table(name) { $0.indexes = [Index(name: .given("I"), elements: ["a"])] }
    }
    #expect(
      changes(from: [table("a"), indexed("b")], to: [indexed("a"), table("b")]) == ["remove_index I", "add_index I"])
    let moved = operations(from: [indexed("old")], to: [indexed("new")])
    #expect(moved.map(\.description) == ["add_table new", "remove_index I", "add_index I", "remove_table old"])
    #expect(
      moved.reverseOperations.map(\.description) == [
        "add_table old", "remove_index I", "add_index I", "remove_table new",
      ])
  }
}
