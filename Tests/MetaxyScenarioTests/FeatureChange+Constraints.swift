extension FeatureChange {
  static let constraints = [
    FeatureChange(
      "unique constraints come", ["add_constraint", "add_constraint"],
      (".varchar(20))", ".varchar(20), unique: true)"),
      ("@Feature(\"clip\", ", "@Feature(\"clip\", unique: [.unique(\"sample_id\", \"size\")], ")),
    FeatureChange(
      "one changes, one goes", ["remove_constraint", "remove_constraint", "add_constraint"],
      (", unique: true)", ")"), ("\"sample_id\", \"size\")", "\"sample_id\", \"code\", name: \"once\")")),
    FeatureChange(
      "checks come", ["add_constraint", "add_constraint has_code"],
      (
        "@Feature(\"clip\", ",
        "@Feature(\"clip\", checks: [.check(\"size > 0\"), .check(\"length(code) > 0\", name: \"has_code\")], "
      )),
    FeatureChange(
      "one changes, one goes", ["remove_constraint", "remove_constraint has_code", "add_constraint has_code"],
      (".check(\"size > 0\"), .check(\"length(code) > 0\"", ".check(\"length(code) > 0 AND code <> '-'\"")),
    FeatureChange(
      "a foreign key comes", ["add_fk"],
      ("  var camera: String", "  @Column(references: .column(\"id\", of: \"camera\")) var camera: String")),
    FeatureChange(
      "it does something else", ["remove_fk", "add_fk"],
      ("of: \"camera\"", "of: \"camera\", onDelete: .cascade, onUpdate: .restrict")),
    FeatureChange(
      "it goes", ["remove_fk"],
      (
        "  @Column(references: .column(\"id\", of: \"camera\", onDelete: .cascade, onUpdate: .restrict)) var camera",
        "  var camera"
      )),
    FeatureChange(
      "a primary key comes", ["add_primary_key", "remove_index"],
      ("@Feature(\"lens\", idColumns: [\"id\"]", "@Feature(\"lens\", idColumns: [\"id\"], primaryKey: [\"id\"]")),
    FeatureChange(
      "a value of an enumeration comes", ["modify_type clip.kind", "remove_constraint", "add_constraint"],
      ("case mp4, mov", "case mp4, mov, matroska")),
    FeatureChange(
      "a value that no row has goes", ["modify_type clip.kind", "remove_constraint", "add_constraint"],
      (", mov, matroska", ", mov")),
    FeatureChange(
      "a column that a check and a unique constraint name is renamed", ["rename_column clip.label"],
      ("@Column(type: .varchar(20)) var code", "@Column(type: .varchar(20), renamedFrom: \"code\") var label"),
      ("length(code) > 0 AND code <> '-'", "length(label) > 0 AND label <> '-'"),
      ("\"sample_id\", \"code\"", "\"sample_id\", \"label\"")),
  ]
}
