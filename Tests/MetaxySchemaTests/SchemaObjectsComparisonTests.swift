import MetaxyFeatures
import MetaxySQL
import MetaxySchema
import Testing

/// What tables need around them, and tables that are parts of others.
@Suite struct SchemaObjectsComparisonTests {
  private func changes(_ live: Schema, _ desired: Schema) -> [String] {
    SchemaComparison(rules: PlainRules()).operations(from: live, to: desired).map(\.description)
  }

  private func schema(_ change: (inout Schema) -> Void) -> Schema {
    var schema = Schema()
    change(&schema)
    return schema
  }

  private func mood(_ values: [String], comment: String? = nil) -> Schema {
    schema { $0.enums["mood"] = EnumType(name: "mood", values: values, comment: comment) }
  }

  @Test func schemasTypesAndSequencesComeBeforeTablesAndGoAfterThem() {
    let full = schema {
      $0["t"] = table()
      $0.namespaces = ["archive"]
      $0.enums["mood"] = EnumType(name: "mood", values: ["ok"])
      $0.sequences["ticket"] = SequenceDefinition(name: "ticket")
    }
    #expect(
      changes(Schema(), full) == ["add_schema archive", "add_enum mood", "add_sequence ticket", "add_table t"])
    #expect(
      changes(full, Schema()) == [
        "remove_table t", "remove_sequence ticket", "remove_enum mood", "remove_schema archive",
      ])
    #expect(changes(full, full) == [])
  }

  @Test func valuesThatOnlyComeAreAddedInTheirPlaces() {
    #expect(
      changes(mood(["sad", "ok"]), mood(["grim", "sad", "fine", "ok", "happy"])) == [
        "add_enum_value mood 'grim' first", "add_enum_value mood 'fine' after 'sad'",
        "add_enum_value mood 'happy' after 'ok'",
      ])
  }

  @Test(arguments: [(["sad", "ok"], ["ok"]), (["sad", "ok"], ["ok", "sad"]), (["sad"], ["ok"])])
  func valuesThatGoOrChangePlacesMakeTheTypeAnew(_ live: [String], _ desired: [String]) {
    #expect(changes(mood(live), mood(desired)) == ["modify_enum mood"])
  }

  @Test func commentsOfTypesAndSequencesAreCompared() {
    #expect(changes(mood(["ok"]), mood(["ok"], comment: "how")) == ["add_enum_comment mood"])
    #expect(changes(mood(["ok"], comment: "how"), mood(["ok"])) == ["remove_enum_comment mood"])
    func ticket(_ comment: String?) -> Schema {
      schema { $0.sequences["ticket"] = SequenceDefinition(name: "ticket", comment: comment) }
    }
    #expect(changes(ticket(nil), ticket("counts")) == ["add_sequence_comment ticket"])
  }

  @Test(arguments: [
    SequenceDefinition(name: "s", type: .integer), SequenceDefinition(name: "s", options: .init(start: 5)),
    SequenceDefinition(name: "s", options: .init(cycles: true)),
  ])
  func sequencesAreComparedByHowTheyCount(_ desired: SequenceDefinition) {
    let live = schema { $0.sequences["s"] = SequenceDefinition(name: "s") }
    #expect(changes(live, schema { $0.sequences["s"] = desired }) == ["modify_sequence s"])
  }

  @Test func aSequenceBelongsToNobodyWhileItsTableIsNotThere() {
    let owned = schema {
      $0["t"] = table()
      $0.sequences["s"] = SequenceDefinition(name: "s", owner: .init(table: "t", column: "b"))
    }
    #expect(changes(Schema(), owned) == ["add_sequence s", "add_table t", "modify_sequence s"])
    #expect(changes(owned, Schema()) == ["modify_sequence s", "remove_table t", "remove_sequence s"])
    let operations = SchemaComparison(rules: PlainRules()).operations(from: Schema(), to: owned)
    #expect(Schema().applying(operations) == owned)
    #expect(owned.applying(operations.reversed().map(\.reversed)) == Schema())
  }

  private func whole(_ change: (inout Table) -> Void = { _ in }) -> Table {
    table("whole") {
      $0.partitioning = "LIST (b)"
      change(&$0)
    }
  }

  private func part(
    _ name: TableName = "a_part", of whole: TableName? = "whole", _ change: (inout Table) -> Void = { _ in }
  )
    -> Table
  {
    table(name) {
      $0.partition = whole.map { Partition(of: $0, bound: "FOR VALUES IN (1)") }
      change(&$0)
    }
  }

  @Test func partsFollowTheWhole() {
    let change = { (table: inout Table) in
      table.columns[0].isNullable = false
      table.columns[1].type = .integer
      table.columns.append(Column(name: "c", type: .string))
    }
    #expect(
      MetaxySchemaTests.changes(from: [whole(), part()], to: [whole { change(&$0) }, part { change(&$0) }]) == [
        "add_column whole.c", "modify_nullable whole.a", "modify_type whole.b",
      ])
    // A part of a part follows, too.
    let inner = part { $0.partitioning = "LIST (a)" }
    #expect(
      MetaxySchemaTests.changes(
        from: [whole(), inner, part("deep", of: "a_part")],
        to: [
          whole { change(&$0) },
          part {
            change(&$0)
            $0.partitioning = "LIST (a)"
          }, part("deep", of: "a_part") { change(&$0) },
        ]
      ).count == 3)
  }

  @Test func whatIsAPartsOwnComesAfterTheWhole() {
    let found = MetaxySchemaTests.changes(
      from: [whole(), part()],
      to: [
        whole { $0.columns[0].defaultValue = "x" },
        part {
          $0.columns[0].defaultValue = "y"
          $0.checks = [CheckConstraint(name: .derived("own"), expression: "b > 0")]
        },
      ])
    #expect(found == ["modify_default whole.a", "modify_default a_part.a", "add_constraint own"])
  }

  @Test func partsAreLetGoBeforeTheWholeChangesAndTakenInAfterwards() {
    let added = { (table: inout Table) in table.columns.append(Column(name: "c", type: .string)) }
    #expect(
      MetaxySchemaTests.changes(from: [whole(), part()], to: [whole { added(&$0) }, part(of: nil)]) == [
        "modify_partition a_part", "add_column whole.c",
      ])
    #expect(
      MetaxySchemaTests.changes(from: [whole(), part(of: nil)], to: [whole { added(&$0) }, part { added(&$0) }]) == [
        "add_column a_part.c", "add_column whole.c", "modify_partition a_part",
      ])
  }

  @Test func theWholeComesBeforeItsPartsAndGoesAfterThem() {
    #expect(
      MetaxySchemaTests.changes(from: [], to: [part(), whole()]) == ["add_table whole", "add_table a_part"])
    #expect(
      MetaxySchemaTests.changes(from: [part(), whole()], to: []) == ["remove_table a_part", "remove_table whole"])
  }

  @Test func aTableWhoseRowsAreSpreadOtherwiseIsMadeAnew() {
    #expect(
      MetaxySchemaTests.changes(from: [whole()], to: [whole { $0.partitioning = nil }]) == [
        "remove_table whole", "add_table whole",
      ])
    // What is to stay of it is let go first, and taken in by the new one.
    #expect(
      MetaxySchemaTests.changes(from: [whole(), part()], to: [whole { $0.partitioning = "RANGE (b)" }, part()]) == [
        "modify_partition a_part", "remove_table whole", "add_table whole", "modify_partition a_part",
      ])
  }
}
