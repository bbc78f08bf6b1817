/// Declares properties of a column that do not follow from the name and type of its property.
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
/// The attribute adds no code to the program: `metaxy` reads it from the source.
///
/// - Parameters:
///   - name: The name of the column. Default: the name of the property in snake case, `sampleId` → `sample_id`,
///     `HTTPPort` → `http_port`.
///   - type: The type of the column. Default: derived from the type of the property; other `Codable` types need one
///     here, usually `.json`.
///   - primaryKey: `PRIMARY KEY`, together with the other columns that have it. A key of the ID columns alone allows
///     one version per sample.
///   - unique: `UNIQUE`.
///   - index: `CREATE INDEX` on this column.
///   - default: `DEFAULT`: a literal (`""`, `0`, `1.5`, `false`), `.currentTimestamp`, or an expression,
///     `.sql("now()", sqlite: "CURRENT_TIMESTAMP")`. The initial value of the property is not a default: it is the
///     backfill value of existing rows when the column is added or becomes NOT NULL.
///   - references: `REFERENCES`, with the actions `onDelete:` and `onUpdate:`.
///   - generated: `GENERATED ALWAYS AS (…)`: `.stored("width * height")` or `.virtual("width * height")`.
///   - collation: `COLLATE`.
///   - comment: The comment of the column. Default: the doc comment of the property.
///   - renamedFrom: The former name of the column: `ALTER TABLE … RENAME COLUMN …`, in a database with the old name and
///     without the new one. Both is an error; without the old name it has no effect.
///   - renamedValues: The former raw values of the property's enumeration, with the present ones, `["done": "ready"]`: the
///     rows that have an old value get the new one, in a database whose check allows the old one and not the new one.
///   - backfill: The value that existing rows get when the column is added or becomes NOT NULL: a literal, or an
///     expression over their columns, `.sql("frames / duration")`. It comes before the initial value and the default.
///   - using: The expression that converts existing values when the type of the column changes: `ALTER COLUMN … TYPE …
///     USING`, `"CAST(size AS INTEGER)"`. Remove it after the revision: it would convert the values at the next change, too.
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
  renamedFrom: String? = nil,
  renamedValues: [String: String] = [:],
  backfill: ColumnDefault? = nil,
  using: SQLExpression? = nil
) = #externalMacro(module: "MetaxyMacros", type: "ColumnMacro")
