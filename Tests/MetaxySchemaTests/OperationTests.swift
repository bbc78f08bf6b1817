import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct OperationTests {
  private static let column = Column(name: "c", type: .varchar(9), isNullable: false, defaultValue: "x")
  private static let key = ForeignKey(
    name: .derived("f"), columns: ["a"], table: "u", referencedColumns: ["x"], onDelete: .cascade)

  private static let renamedKey = ForeignKey(
    name: .given("g"), columns: ["a"], table: "u", referencedColumns: ["x"], onDelete: .cascade)
  private static let unvalidatedKey: ForeignKey = {
    var unvalidated = key
    unvalidated.isValidated = false
    return unvalidated
  }()
  private static let identifiedByIndex: TableSettings = {
    var settings = TableSettings()
    settings.replicaIdentity = .index("i")
    return settings
  }()
  private static let addition = AddEnumValue("happy", at: 1, of: mood)
  private static let mood = EnumType(name: "mood", values: ["sad", "ok"])

  /// Each kind or its reverse, what it is called, what its reverse is called, and what it says of before and after.
  static let samples: [(MigrationOperation, String, String, String?, String?)] = [
    (.createTable(.init(table())), "add_table t", "remove_table t", nil, "a, b"),
    (.dropTable(.init(table())), "remove_table t", "add_table t", "a, b", nil),
    (
      .addColumn(.init(table: "t", column: column)), "add_column t.c", "remove_column t.c", nil,
      "string(9) not null default 'x'"
    ),
    (
      .dropColumn(.init(table: "t", column: column)), "remove_column t.c", "add_column t.c",
      "string(9) not null default 'x'",
      nil
    ),
    (
      .changeColumn(.init(table: "t", aspect: .nullable, from: column, to: Column(name: "c", type: .string))),
      "modify_nullable t.c", "modify_nullable t.c", "not null", "null"
    ),
    (
      .addConstraint(.init(table: "t", constraint: .primaryKey(PrimaryKey(columns: ["a"])))),
      "add_primary_key primary key (a)",
      "remove_primary_key primary key (a)", nil, "primary key (a)"
    ),
    (
      .addConstraint(
        .init(table: "t", constraint: .unique(UniqueConstraint(name: .derived("u"), columns: ["a", "b"])))),
      "add_constraint u", "remove_constraint u", nil, "unique (a, b)"
    ),
    (
      .dropConstraint(.init(table: "t", constraint: .check(CheckConstraint(name: .derived("k"), expression: "a > 1")))),
      "remove_constraint k", "add_constraint k", "check (a > 1)", nil
    ),
    (
      .dropConstraint(.init(table: "t", constraint: .foreignKey(key))), "remove_fk f", "add_fk f",
      "foreign key (a) references u (x) on delete cascade", nil
    ),
    (
      .createIndex(
        .init(
          table: "t",
          index: Index(name: .derived("i"), elements: [.descending("a"), "b"], isUnique: true, predicate: "a > 1"))),
      "add_index i", "remove_index i", nil, "unique (a desc, b) where a > 1"
    ),
    (
      .dropIndex(.init(table: "t", index: Index(name: .derived("i"), elements: [.column("a", collation: "C")]))),
      "remove_index i", "add_index i", "(a collate C)", nil
    ),
    (
      .changeTableOptions(.init(table: "t", from: [], to: [.strict])), "modify_table_options t",
      "modify_table_options t", "",
      "strict"
    ),
    (.renameTable(.init("t", to: "u")), "rename_table t", "rename_table u", "t", "u"),
    (
      .renameColumn(.init(table: "t", from: "a", to: "z")), "rename_column t.z", "rename_column t.a", "a", "z"
    ),
    (
      .changeStorage(.init(table: "t", from: [:], to: ["fillfactor": "70"])), "modify_storage t", "modify_storage t",
      "", "fillfactor = 70"
    ),
    (
      .changePartition(.init(table: "t", from: nil, to: Partition(of: "w", bound: "FOR VALUES IN (1)"))),
      "modify_partition t", "modify_partition t", nil, "partition of w FOR VALUES IN (1)"
    ),
    (
      .changeTableSettings(
        .init(table: "t", aspect: .replicaIdentity, from: TableSettings(), to: identifiedByIndex)),
      "modify_replica_identity t", "modify_replica_identity t", nil, "index i"
    ),
    (
      .changeConstraint(.init(table: "t", from: .foreignKey(key), to: .foreignKey(unvalidatedKey))),
      "modify_fk f", "modify_fk f", "foreign key (a) references u (x) on delete cascade",
      "foreign key (a) references u (x) on delete cascade not valid"
    ),
    (
      .renameConstraint(.init(table: "t", from: .foreignKey(key), to: .foreignKey(renamedKey))),
      "rename_constraint g", "rename_constraint f", "f", "g"
    ),
    (
      .renameIndex(
        .init(
          table: "t", from: Index(name: .derived("i"), elements: ["a"]), to: Index(name: .given("j"), elements: ["a"]))),
      "rename_index j", "rename_index i", "i", "j"
    ),
    (
      .addPolicy(
        .init(
          table: "t",
          policy: RowPolicy("p", for: .update, isPermissive: false, to: "app, \"b c\"", using: "a > 0", check: "a > 1"))
      ),
      "add_policy p", "remove_policy p", nil,
      "restrictive for update to app, \"b c\" using (a > 0) with check (a > 1)"
    ),
    (
      .renameValue(.init(table: "t", column: "c", RenamedValue("new", to: "fresh"))), "rename_value t.c 'fresh'",
      "rename_value t.c 'new'", "new", "fresh"
    ),
    (
      .renameEnumValue(.init(RenamedValue("ok", to: "fine"), of: mood)), "rename_enum_value mood 'fine'",
      "rename_enum_value mood 'ok'", "ok", "fine"
    ),
    (.createSchema(.init("s")), "add_schema s", "remove_schema s", nil, nil),
    (.createEnum(.init(mood)), "add_enum mood", "remove_enum mood", nil, "('sad', 'ok')"),
    (.renameEnum(.init("mood", to: "temper")), "rename_enum mood", "rename_enum temper", "mood", "temper"),
    (
      .changeEnum(.init(from: mood, to: EnumType(name: "mood", values: ["ok"]))), "modify_enum mood",
      "modify_enum mood", "('sad', 'ok')", "('ok')"
    ),
    (
      .createSequence(.init(SequenceDefinition(name: "q", type: .bigint))), "add_sequence q", "remove_sequence q", nil,
      "bigint"
    ),
    (
      .changeSequence(
        .init(from: SequenceDefinition(name: "q", type: .bigint), to: SequenceDefinition(name: "q", type: .integer))),
      "modify_sequence q", "modify_sequence q", "bigint", "integer"
    ),
    (.changeComment(.init("t", from: nil, to: "x")), "add_table_comment t", "remove_table_comment t", nil, "x"),
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
    #expect(operation.reversed.reversed == operation)
    #expect(operation.reversed != operation)
  }

  @Test func everyKindIsAmongTheSamples() {
    let samples = Self.samples.map(\.0)
    let all = samples + samples.map(\.reversed) + [.addEnumValue(Self.addition)]
    #expect(Set(1...33).subtracting(all.map(number)).isEmpty)
  }

  /// Does not compile when a kind is added, so that it gets a sample.
  private func number(_ operation: MigrationOperation) -> Int {
    switch operation {
    case .createTable: 1
    case .dropTable: 2
    case .renameTable: 3
    case .changeTableOptions: 4
    case .changeStorage: 5
    case .changePartition: 6
    case .addColumn: 7
    case .dropColumn: 8
    case .renameColumn: 9
    case .changeColumn: 10
    case .addConstraint: 11
    case .dropConstraint: 12
    case .renameConstraint: 13
    case .createIndex: 14
    case .dropIndex: 15
    case .renameIndex: 16
    case .createSchema: 17
    case .dropSchema: 18
    case .createEnum: 19
    case .dropEnum: 20
    case .renameEnum: 21
    case .addEnumValue: 22
    case .changeEnum: 23
    case .createSequence: 24
    case .dropSequence: 25
    case .changeSequence: 26
    case .changeComment: 27
    case .changeTableSettings: 28
    case .changeConstraint: 29
    case .addPolicy: 30
    case .dropPolicy: 31
    case .renameValue: 32
    case .renameEnumValue: 33
    }
  }

  /// No value can be taken from a type, so that the type is replaced.
  @Test func theReverseOfANewValueChangesTheType() {
    #expect(Self.addition.description == "add_enum_value mood 'happy' after 'sad'")
    #expect(Self.addition.new.values == ["sad", "happy", "ok"])
    #expect(Self.addition.reversed == .changeEnum(.init(from: Self.addition.new, to: Self.mood)))
  }

  @Test func undoingGoesBackwardsAndUndoneTwiceIsTheSame() {
    let all = Self.samples.map(\.0)
    #expect(all.reverseOperations.map(\.description) == Self.samples.map(\.2).reversed())
    #expect(all.reverseOperations.reverseOperations == all)
  }

  @Test func indexesAreOperationsOfTheirOwn() {
    let indexed = table { $0.indexes = [Index(name: .derived("i"), elements: ["a"])] }
    #expect(CreateTable(indexed).definition.indexes == [])
    #expect(DropTable(indexed).definition.indexes == [])
  }
}
