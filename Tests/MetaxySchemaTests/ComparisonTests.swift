import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct ComparisonTests {
  @Test func theSameTablesGiveNoOperations() {
    let full = table {
      $0.primaryKey = PrimaryKey(columns: ["a"])
      $0.uniques = [UniqueConstraint(columns: ["b"])]
      $0.checks = [CheckConstraint(expression: "a > b")]
      $0.foreignKeys = [ForeignKey(columns: ["a"], table: "t", referencedColumns: ["a"])]
      $0.indexes = [Index(name: .derived("i"), elements: ["b"])]
      $0.options = [.strict]
    }
    #expect(changes(from: [full], to: [full]) == [])
  }

  /// Each change of one column, and what it is called.
  @Test(arguments: [
    ("modify_type", Column(name: "c", type: .varchar(9))),
    ("modify_nullable", Column(name: "c", type: .string, isNullable: false)),
    ("modify_default", Column(name: "c", type: .string, defaultValue: "x")),
    ("modify_computed", Column(name: "c", type: .string, generated: .virtual("a"))),
    ("modify_collation", Column(name: "c", type: .string, collation: "NOCASE")),
  ])
  func eachAspectOfAColumnIsAnOperation(verb: String, column: Column) {
    let plain = table { $0.columns.append(Column(name: "C", type: .string)) }
    let changed = table { $0.columns.append(column) }
    #expect(changes(from: [plain], to: [changed]) == ["\(verb) t.c"])
    #expect(changes(from: [changed], to: [plain]) == ["\(verb) t.C"])
  }

  @Test func whatTheDatabaseDoesNotKeepIsNoDifference() {
    let said = table {
      $0.columns.reverse()
      $0.columns[0].comment = "what"
      $0.columns[0].backfill = .initial(.string("x"))
      $0.comment = "why"
      $0.options = [.withoutRowID]  // which these rules do not know
    }
    #expect(changes(from: [table()], to: [said]) == [])
  }

  @Test func capitalsAreADifferenceWhereTheyAreWantedToTheLetter() {
    let live = table("T") { $0.columns[0].name = "A" }
    let found = Renames(caseSensitiveTables: ["t"]).operations(
      from: Schema([live]), to: Schema([table("t")]), rules: PlainRules())
    #expect(found.map(\.description) == ["rename_table T", "rename_column t.a"])
  }

  @Test func capitalsOfTablesAndColumnsAreNoDifference() {
    let capitals = table("T") {
      $0.columns[0].name = "A"
      $0.primaryKey = PrimaryKey(columns: ["A"])
      $0.indexes = [Index(name: .derived("i"), elements: ["B"])]
      $0.foreignKeys = [ForeignKey(columns: ["A"], table: "U", referencedColumns: ["X"])]
    }
    let small = table {
      $0.primaryKey = PrimaryKey(columns: ["a"])
      $0.indexes = [Index(name: .derived("i"), elements: ["b"])]
      $0.foreignKeys = [ForeignKey(columns: ["a"], table: "u", referencedColumns: ["x"])]
    }
    #expect(changes(from: [capitals], to: [small]) == [])
  }

  @Test func constraintsAreMatchedByWhatTheySay() {
    let live = table {
      $0.primaryKey = PrimaryKey(name: .derived("pk_live"), columns: ["a"])
      $0.uniques = [UniqueConstraint(columns: ["a"])]
      $0.checks = [CheckConstraint(name: .derived("ck"), expression: "a > 1", column: "a")]
      $0.indexes = [Index(name: .derived("live_i"), elements: ["a"])]
    }
    let desired = table {
      $0.primaryKey = PrimaryKey(name: .derived("pk_t"), columns: ["a"])
      $0.uniques = [UniqueConstraint(name: .derived("uq_t_a"), columns: ["a"])]
      $0.checks = [CheckConstraint(name: .derived("ck_t_a"), expression: "A > 1")]
      $0.indexes = [Index(name: .derived("ix_t_a"), elements: ["a"])]
    }
    #expect(changes(from: [live], to: [desired]) == [])
  }

  @Test func aGivenNameCounts() {
    func named(_ name: ConstraintName?) -> Table {
      table { $0.uniques = [UniqueConstraint(name: name, columns: ["a"])] }
    }
    let renamed = ["remove_constraint old", "add_constraint new"]
    #expect(changes(from: [named(.derived("old"))], to: [named(.given("new"))]) == renamed)
    #expect(
      changes(from: [named(nil)], to: [named(.given("new"))]) == ["remove_constraint unique (a)", "add_constraint new"])
    #expect(changes(from: [named(.derived("New"))], to: [named(.given("New"))]) == [])
  }

  @Test(arguments: [
    (
      "primary key order", table { $0.primaryKey = PrimaryKey(columns: ["a", "b"]) },
      table { $0.primaryKey = PrimaryKey(columns: ["b", "a"]) }
    ),
    (
      "unique order", table { $0.uniques = [UniqueConstraint(columns: ["a", "b"])] },
      table { $0.uniques = [UniqueConstraint(columns: ["b", "a"])] }
    ),
    (
      "check", table { $0.checks = [CheckConstraint(expression: "a > 1")] },
      table { $0.checks = [CheckConstraint(expression: "a > 2")] }
    ),
    ("foreign key table", key(), key { $0.table = "w" }),
    ("foreign key columns", key(), key { $0.columns = ["b"] }),
    ("referenced columns", key(), key { $0.referencedColumns = ["y"] }),
    ("on delete", key(), key { $0.onDelete = .cascade }), ("on update", key(), key { $0.onUpdate = .setNull }),
    ("index order", index { $0.elements = ["a", "b"] }, index { $0.elements = ["b", "a"] }),
    ("unique index", index(), index { $0.isUnique = true }), ("predicate", index(), index { $0.predicate = "a > 1" }),
    ("other predicate", index { $0.predicate = "a > 2" }, index { $0.predicate = "a > 1" }),
    ("direction", index(), index { $0.elements = [.descending("a")] }),
    ("collation", index(), index { $0.elements = [.column("a", collation: "NOCASE")] }),
    ("expression", index { $0.elements = [.expression("f(a)")] }, index { $0.elements = [.expression("g(a)")] }),
    ("expression and column", index(), index { $0.elements = [.expression("a")] }),
    ("more elements", index(), index { $0.elements = ["a", "b"] }),
  ])
  func whatIsSaidOtherwiseIsOneRemovalAndOneAddition(_ what: String, _ live: Table, _ desired: Table) {
    let found = operations(from: [live], to: [desired])
    #expect(found.map { String($0.verb.prefix(3)) } == ["rem", "add"], "\(what)")
    #expect(operations(from: [desired], to: [live]).count == 2, "\(what)")
  }

  private static func key(_ change: (inout ForeignKey) -> Void = { _ in }) -> Table {
    var key = ForeignKey(name: .derived("k"), columns: ["a"], table: "u", referencedColumns: ["x"])
    change(&key)
    return table { $0.foreignKeys = [key] }
  }

  private static func index(_ change: (inout Index) -> Void = { _ in }) -> Table {
    var index = Index(name: .derived("i"), elements: ["a"])
    change(&index)
    return table { $0.indexes = [index] }
  }

  @Test func aKeyWithoutColumnsMeansThePrimaryKey() {
    let parent = Table(
      name: "u", columns: [Column(name: "x", type: .string)], primaryKey: PrimaryKey(columns: ["x"]))
    let short = Self.key { $0.referencedColumns = [] }
    #expect(changes(from: [parent, short], to: [parent, Self.key()]) == [])
    let other = Self.key { $0.referencedColumns = ["y"] }
    #expect(changes(from: [parent, short], to: [parent, other]).count == 2)
  }

  @Test func anElementOfAnIndexTakesTheCollationOfItsColumn() {
    func indexed(_ collation: String?, column: String?) -> Table {
      table {
        $0.columns[0].collation = column
        $0.indexes = [Index(name: .derived("i"), elements: [.column("a", collation: collation)])]
      }
    }
    #expect(changes(from: [indexed(nil, column: "NOCASE")], to: [indexed("nocase", column: "NOCASE")]) == [])
    #expect(changes(from: [indexed(nil, column: nil)], to: [indexed("BINARY", column: nil)]) == [])
    let otherwise = ["remove_index i", "add_index i"]
    #expect(changes(from: [indexed("BINARY", column: "NOCASE")], to: [indexed(nil, column: "NOCASE")]) == otherwise)
    // The column's own change is one operation, not three.
    #expect(
      changes(from: [indexed(nil, column: nil)], to: [indexed(nil, column: "NOCASE")]) == ["modify_collation t.a"])
  }

  @Test func ofTwoEqualIndexesTheOneWithTheRightNameStays() {
    let both = table {
      $0.indexes = ["one", "two"].map { Index(name: .derived($0), elements: ["a"]) }
    }
    let second = table { $0.indexes = [Index(name: .given("two"), elements: ["a"])] }
    #expect(changes(from: [both], to: [second]) == ["remove_index one"])
    #expect(changes(from: [second], to: [both]) == ["add_index one"])
  }

  @Test func anIndexThatKeepsTheCollationOfItsColumnIsMadeAgainWhenTheColumnGivesItUp() {
    func indexed(_ collation: String?, column: String?) -> Table {
      table {
        $0.columns[0].collation = column
        $0.indexes = [Index(name: .derived("i"), elements: [.column("a", collation: collation)])]
      }
    }
    #expect(
      changes(from: [indexed(nil, column: "NOCASE")], to: [indexed("NOCASE", column: nil)])
        == ["modify_collation t.a", "remove_index i", "add_index i"])
  }

  @Test func onlyTheCapitalsFromAToZHaveSmallLetters() {
    #expect("MIXED_Case \u{c9}\u{130}".folded == "mixed_case \u{c9}\u{130}")
    let capital = table { $0.columns.append(Column(name: "\u{c9}", type: .string)) }
    let small = table { $0.columns.append(Column(name: "\u{e9}", type: .string)) }
    #expect(changes(from: [capital], to: [small]) == ["add_column t.\u{e9}", "remove_column t.\u{c9}"])
  }

  @Test func anOptionIsAnOperationOfTheTable() {
    let strict = table { $0.options = [.strict] }
    #expect(changes(from: [table()], to: [strict]) == ["modify_table_options t"])
  }
}
