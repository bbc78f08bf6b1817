extension FeatureChange {
  static let indexesAndNames = [
    FeatureChange(
      "indexes of every kind come", Array(repeating: "add_index", count: 6),
      (
        "@Feature(\"clip\", ",
        """
        @Feature("clip", indexes: [
          .index(on: ["camera"]), .index(on: [.descending("taken"), "camera"], name: "latest"),
          .index(on: ["code", "camera"], unique: true), .index(on: ["size"], where: "size > 1", name: "big"),
          .index(on: [.expression("lower(code)")], name: "folded"),
        ],
        """ + " "
      ), ("  var taken: Date", "  @Column(index: true) var taken: Date")),
    FeatureChange(
      "some change, some go",
      [
        "remove_index big", "add_index big", "remove_index folded", "add_index folded", "remove_index latest",
        "add_index latest", "remove_index", "remove_index",
      ],
      (".descending(\"taken\"), ", "\"taken\", "), ("where: \"size > 1\"", "where: \"size > 2\""),
      ("lower(code)", "upper(code)"), ("  @Column(index: true) var taken", "  var taken"),
      (".index(on: [\"camera\"]), ", "")),
    FeatureChange(
      "a column that indexes name is renamed",
      ["rename_column clip.label", "remove_index", "add_index", "rename_index"],
      ("@Column(type: .varchar(20)) var code", "@Column(type: .varchar(20), renamedFrom: \"code\") var label"),
      ("upper(code)", "upper(label)"), ("\"code\", \"camera\"", "\"label\", \"camera\"")),
    FeatureChange(
      "columns go", ["remove_column clip.note", "remove_column clip.score"],
      ("  var note: String?\n", ""), ("  var score: Double?\n", "")),
    FeatureChange(
      "a table goes", ["remove_index", "remove_table lens"],
      (
        """
        @Feature("lens", idColumns: ["id"])
        struct Lens: Feature {
          var id: String
        }
        """, ""
      )),
    FeatureChange(
      "a table comes with all that it can have", ["add_table owner", "add_index", "add_index"],
      (
        "@Feature(\"camera\"",
        """
        /// Who has a camera.
        @Feature("owner", idColumns: ["name"], primaryKey: ["name", "since"], unique: [.unique("number")],
          indexes: [.index(on: [.descending("since")])], checks: [.check("number > 0")],
          foreignKeys: [.foreignKey(["camera"], references: "camera", ["id"], onDelete: .setNull)])
        struct Owner: Feature {
          /// As on the door.
          var name: String
          @Column(type: .date) var since: Date
          @Column(default: 1) var number: Int
          @Column(index: true) var camera: String?
          @Column(generated: .stored("number + 1")) var next: Int?
          var share: Decimal
          var stays: Duration
          var uid: UUID
          var picture: Data
          var kind: Kind?
          @Column(type: .jsonb) var terms: [String: Int]
          var isActive: Bool
        }

        @Feature("camera"
        """
      )),
    FeatureChange(
      "what one engine alone can say", ["modify_table_options owner"],
      ("@Feature(\"owner\", ", "@Feature(\"owner\", options: [.withoutRowID, .unlogged], ")),
    FeatureChange(
      "a table that a foreign key refers to is renamed", ["rename_table camera"],
      ("@Feature(\"camera\", ", "@Feature(\"device\", renamedFrom: \"camera\", "),
      ("references: \"camera\"", "references: \"device\"")),
  ]
}
