import MetaxyFeatures
import MetaxySchema
import MetaxyScript
import Testing

@Suite struct RevisionRecordTests {
  private let column = Column(name: "fps", type: .double)

  @Test func theTableIsThatOfTheDefinitionWhateverItsCapitalsInTheDatabase() throws {
    let desired = Table(name: "video", columns: [column])
    let record = RevisionRecord(
      of: [AddColumn(table: "Video", column: column), DropTable(Table(name: "Clip"))], desired: Schema([desired]))
    #expect(record.tables == ["video": desired, "Clip": nil])

    var schema = Schema([Table(name: "Video"), Table(name: "CLIP"), Table(name: "other")])
    record.fold(into: &schema)
    #expect(schema == Schema([desired, Table(name: "other")]))
  }

  @Test func aRenamedTableGoesAndComes() {
    let desired = Table(name: "video", columns: [column])
    let record = RevisionRecord(of: [RenameTable("clip", to: "video")], desired: Schema([desired]))
    var schema = Schema([Table(name: "clip", columns: [column])])
    record.fold(into: &schema)
    #expect(schema == Schema([desired]))
    let capitals = RevisionRecord(of: [RenameTable("Video", to: "video")], desired: Schema([desired]))
    #expect(capitals.tables == ["video": desired])
  }
}
