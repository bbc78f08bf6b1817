extension FeatureChange {
  static let columns = [
    FeatureChange(
      "columns come: nullable, with a default, with an initial value",
      ["add_column clip.size_limit", "add_column clip.language", "add_column clip.fps"],
      (
        "  var taken: Date",
        """
          var taken: Date
          var sizeLimit: Int?
          @Column(default: "it's; --") var language: String
          var fps: Double = 25
        """
      )),
    FeatureChange(
      "types widen", ["modify_type clip.code", "modify_type clip.size"],
      (".varchar(20)", ".varchar(40)"), ("var size: Int32", "var size: Int")),
    FeatureChange("a type narrows", ["modify_type clip.size"], ("var size: Int\n", "var size: Int16\n")),
    FeatureChange("a text becomes a number", ["modify_type clip.note"], ("var note: String?", "var note: Int?")),
    FeatureChange(
      "a type in each engine's own words", ["add_column clip.address"],
      (
        "  var taken: Date",
        "  var taken: Date\n  @Column(type: .raw(\"inet\", sqlite: \"TEXT\")) var address: String?"
      )),
    FeatureChange(
      "NULL is no longer allowed", ["modify_nullable clip.score"], ("var score: Double?", "var score: Double = 0")),
    FeatureChange(
      "NULL is allowed again, and elsewhere no longer", ["modify_nullable clip.size", "modify_nullable clip.score"],
      ("var score: Double = 0", "var score: Double?"), ("var size: Int16", "var size: Int16?")),
    FeatureChange(
      "defaults come", ["modify_default clip.score", "modify_default clip.taken"],
      ("  var score: Double?", "  @Column(default: 1.5) var score: Double?"),
      ("  var taken: Date", "  @Column(default: .currentTimestamp) var taken: Date")),
    FeatureChange(
      "defaults change and go",
      ["modify_default clip.score", "modify_default clip.taken", "modify_default clip.language"],
      ("default: 1.5", "default: 2"), ("@Column(default: .currentTimestamp) var taken", "var taken"),
      ("default: \"it's; --\"", "default: .sql(\"lower('EN')\", sqlite: \"(lower('EN'))\")")),
    FeatureChange(
      "JSON becomes JSONB, which SQLite cannot tell", ["modify_type clip.tags"],
      ("  var tags: [String]", "  @Column(type: .jsonb) var tags: [String]")),
    FeatureChange(
      "comments come, which SQLite does not keep", ["modify_comment clip.note", "add_table_comment clip"],
      ("  var note: Int?", "  /// What was said; it's \"free\".\n  var note: Int?"),
      ("@Feature(\"clip\"", "/// A part of a video.\n@Feature(\"clip\"")),
    FeatureChange(
      "comments change and go", ["modify_comment clip.note", "add_table_comment clip"],
      ("  /// What was said; it's \"free\".\n", ""), ("A part of a video.", "A piece of a video.")),
    FeatureChange(
      "generated columns come", ["add_column clip.twice", "add_column clip.tail"],
      (
        "  var taken: Date",
        """
          var taken: Date
          @Column(generated: .stored("size * 2")) var twice: Int?
          @Column(generated: .stored("substr(code, 1, 1)")) var tail: String?
        """
      )),
    FeatureChange(
      "an expression changes, a generated column goes", ["modify_computed clip.twice", "remove_column clip.tail"],
      ("size * 2", "size * 3"), ("  @Column(generated: .stored(\"substr(code, 1, 1)\")) var tail: String?\n", "")),
    FeatureChange(
      "a collation comes", ["modify_collation clip.camera"],
      ("  var camera: String", "  @Column(collation: \"NOCASE\") var camera: String")),
    FeatureChange(
      "it goes again", ["modify_collation clip.camera"],
      ("  @Column(collation: \"NOCASE\") var camera: String", "  var camera: String")),
  ]
}
