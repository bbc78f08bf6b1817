/// Says of a feature's column what the property's name and type do not.
///
/// ```swift
/// @Column(type: .varchar(64), unique: true) var checksum: String
/// @Column(default: .currentTimestamp) var createdAt: Date
/// @Column(references: .column("id", of: "camera", onDelete: .cascade)) var cameraId: Int
/// @Column(type: .raw("vector(768)", sqlite: "BLOB")) var embedding: [Float]
/// ```
///
/// ```sql
/// "checksum" VARCHAR(64) NOT NULL UNIQUE
/// "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
/// "camera_id" BIGINT NOT NULL REFERENCES "camera" ("id") ON DELETE CASCADE
/// "embedding" vector(768) NOT NULL
/// ```
///
/// The attribute adds nothing to the program: `metaxy` reads it from the source.
///
/// - Parameters:
///   - name: The column's name. Default: the property's in words, `sampleId` → `sample_id`, `HTTPPort` → `http_port`.
///   - type: The column's type. Default: that of the property's type; a property of any other `Codable` type needs one
///     here, often `.json`.
///   - primaryKey: `PRIMARY KEY`, together with the other columns that say so. A key of the ID columns alone leaves room for
///     one version per sample.
///   - unique: `UNIQUE`.
///   - index: `CREATE INDEX` over this column.
///   - default: `DEFAULT`: a literal (`""`, `0`, `1.5`, `false`), `.currentTimestamp`, or an expression,
///     `.sql("now()", sqlite: "CURRENT_TIMESTAMP")`. The property's initial value is no such default; it is what rows that
///     exist get when the column is added, and what takes the place of NULL when it becomes NOT NULL.
///   - references: `REFERENCES`, with what happens `onDelete:` and `onUpdate:`.
///   - generated: `GENERATED ALWAYS AS (…)`: `.stored("width * height")` or `.virtual("width * height")`.
///   - collation: `COLLATE`.
///   - comment: The column's comment. Default: the property's doc comment.
///   - renamedFrom: The column's former name: `ALTER TABLE … RENAME COLUMN …`, when the old name is live and the new is
///     not. Both live is an error, and without the old one it means nothing.
@attached(peer)
public macro Column(
  name: String? = nil,
  type: ColumnType? = nil,
  primaryKey: Bool = false,
  unique: Bool = false,
  index: Bool = false,
  default: ColumnDefault? = nil,
  references: ColumnReference? = nil,
  generated: GeneratedValue? = nil,
  collation: String? = nil,
  comment: String? = nil,
  renamedFrom: String? = nil
) = #externalMacro(module: "MetaxyMacros", type: "ColumnMacro")
