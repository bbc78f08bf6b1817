import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct OperationTests {
  private static let column = Column(name: "c", type: .varchar(9), isNullable: false, defaultValue: "x")
  private static let key = ForeignKey(
    name: .derived("f"), columns: ["a"], table: "u", referencedColumns: ["x"], onDelete: .cascade)

  /// One of each kind, what it is called, what its reverse is called, and what it says of before and after.
  static let samples: [(any MigrationOperation, String, String, String?, String?)] = [
    (CreateTable(table()), "add_table t", "remove_table t", nil, "a, b"),
    (DropTable(table()), "remove_table t", "add_table t", "a, b", nil),
    (
      AddColumn(table: "t", column: column), "add_column t.c", "remove_column t.c", nil,
      "string(9) not null default 'x'"
    ),
    (
      DropColumn(table: "t", column: column), "remove_column t.c", "add_column t.c", "string(9) not null default 'x'",
      nil
    ),
    (
      ChangeColumn(table: "t", aspect: .nullable, from: column, to: Column(name: "c", type: .string)),
      "modify_nullable t.c", "modify_nullable t.c", "not null", "null"
    ),
    (
      AddConstraint(table: "t", constraint: .primaryKey(PrimaryKey(columns: ["a"]))), "add_primary_key primary key (a)",
      "remove_primary_key primary key (a)", nil, "primary key (a)"
    ),
    (
      AddConstraint(table: "t", constraint: .unique(UniqueConstraint(name: .derived("u"), columns: ["a", "b"]))),
      "add_constraint u", "remove_constraint u", nil, "unique (a, b)"
    ),
    (
      DropConstraint(table: "t", constraint: .check(CheckConstraint(name: .derived("k"), expression: "a > 1"))),
      "remove_constraint k", "add_constraint k", "check (a > 1)", nil
    ),
    (
      DropConstraint(table: "t", constraint: .foreignKey(key)), "remove_fk f", "add_fk f",
      "foreign key (a) references u (x) on delete cascade", nil
    ),
    (
      CreateIndex(
        table: "t",
        index: Index(name: .derived("i"), elements: [.descending("a"), "b"], isUnique: true, predicate: "a > 1")),
      "add_index i", "remove_index i", nil, "unique (a desc, b) where a > 1"
    ),
    (
      DropIndex(table: "t", index: Index(name: .derived("i"), elements: [.column("a", collation: "C")])),
      "remove_index i", "add_index i", "(a collate C)", nil
    ),
    (
      ChangeTableOptions(table: "t", from: [], to: [.strict]), "modify_table_options t", "modify_table_options t", "",
      "strict"
    ),
  ]

  @Test(arguments: samples.indices)
  func anOperationKnowsItsNameItsReverseAndWhatChanges(number: Int) {
    let (operation, name, reverse, before, after) = Self.samples[number]
    #expect(operation.description == name)
    #expect(operation.before == before)
    #expect(operation.after == after)
    #expect(operation.reversed.description == reverse)
    #expect(operation.reversed.before == after)
    #expect(operation.reversed.after == before)
    #expect(AnyHashable(operation.reversed.reversed) == AnyHashable(operation))
    #expect(AnyHashable(operation.reversed) != AnyHashable(operation))
  }

  @Test func everyKindIsAmongTheSamples() {
    // The renderer's requirements are the kinds that there are.
    let kinds = Set(Self.samples.map { "\(type(of: $0.0))" })
    #expect(
      kinds == [
        "CreateTable", "DropTable", "AddColumn", "DropColumn", "ChangeColumn", "AddConstraint", "DropConstraint",
        "CreateIndex", "DropIndex", "ChangeTableOptions",
      ])
  }

  @Test func undoingGoesBackwardsAndUndoneTwiceIsTheSame() {
    let all = Self.samples.map(\.0)
    #expect(all.reverseOperations.map(\.description) == Self.samples.map(\.2).reversed())
    #expect(all.reverseOperations.reverseOperations.map { AnyHashable($0) } == all.map { AnyHashable($0) })
  }

  @Test func indexesAreOperationsOfTheirOwn() {
    let indexed = table { $0.indexes = [Index(name: .derived("i"), elements: ["a"])] }
    #expect(CreateTable(indexed).definition.indexes == [])
    #expect(DropTable(indexed).definition.indexes == [])
  }
}
