/// Makes a struct a versioned feature and the model of its table.
///
/// ```swift
/// @Feature(
///   "video/crop",
///   idColumns: ["sample_id"],
///   dependencies: [.feature(Video.self, columns: ["path"], rename: ["path": "source_path"])],
///   fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Video.self, ["frames"])])],
///   indexes: [.index(on: ["sample_id", "created_at"])],
///   checks: [.check("height > 0")]
/// )
/// struct VideoCrop {
///   var sampleId: String
///   var createdAt: Date
///   var height: Int?
/// }
/// ```
///
/// `metaxy revision --autogenerate` writes for it, and `metaxy upgrade` runs:
///
/// ```sql
/// CREATE TABLE "video__crop" (
///   "data_version" JSON,
///   "feature_version" VARCHAR,
///   "feature_spec_version" VARCHAR,
///   "snapshot_version" VARCHAR,
///   "sample_id" VARCHAR NOT NULL,
///   "created_at" DATETIME NOT NULL,
///   "height" BIGINT,
///   CHECK (height > 0)
/// );
/// CREATE INDEX … ON "video__crop" ("sample_id", "created_at");
/// CREATE INDEX … ON "video__crop" ("sample_id", "feature_version");
/// ```
///
/// Every stored property is a column: `sampleId` becomes `sample_id`, an optional property a nullable column, a doc
/// comment the comment of the column.
/// ``Column(name:type:primaryKey:unique:index:default:references:generated:collation:comment:renamedFrom:renamedValues:backfill:using:)`` declares what the type of a property does not, ``Transient()``
/// excludes a property. The system columns come first and are not declared.
///
/// The attribute makes the struct conform to
/// ``Feature`` (and so to `Codable` and `Sendable`, whose members the compiler writes) and adds `static var feature`,
/// which holds these arguments. It does no more, so that it costs little to build: the compiler checks the types of the
/// arguments, and `metaxy`, which reads the source without building it, checks their meaning. So the arguments are
/// literals, `Type.self` and the cases and functions of this module; `metaxy` refuses computed arguments, although they
/// compile.
///
/// The struct is declared in a file or in another type, not in a function. A `private` struct inside another type names
/// its base, or `Feature`, in its own declaration, because an extension cannot reach it.
///
/// - Parameters:
///   - key: The name of the feature, unique in the graph: `"video/crop"` or `["video", "crop"]`. Parts contain neither
///     `/` nor `__`.
///   - idColumns: The columns that name a sample. They are properties of the struct, not optional, and never generated
///     by the database. Default: those of the base, or else `["sample_uid"]`.
///   - order: The column that determines which of a sample's rows is the newest: the one with its greatest value, such as
///     `"ingested_at"`. NULL is less than every value. It is outside the version of the feature. Without it the row that was
///     inserted last is the newest on SQLite; on PostgreSQL nothing determines it, and a sample with two rows is refused.
///   - dependencies: The features that this one is computed from, by type or by key: `.feature(Video.self)` with all of
///     their columns, `.feature("video", columns: ["path"])` with some, `columns: []` with the system columns only, and
///     `rename:` for new names. They are lineage, never foreign keys. nil and `[]` have different spec versions, as in
///     Metaxy.
///   - fields: The parts of the data of the feature, each with the version of the code that computes it and the
///     upstream fields that it is computed from: `.field("frames", codeVersion: "2", dependencies: [.allFields(of:
///     Video.self)])`. A field without `dependencies` depends on everything upstream. Default: one field `default` of
///     code version `"1"`.
///   - metadata: Any JSON, outside the version of the feature: `["owner": "vision", "cost": 3]`.
///   - attributes: Further members of the spec of the feature, which enter its spec version.
///   - table: The name of the table. Default: the parts of the key joined by `__`.
///   - schema: The PostgreSQL schema of the table.
///   - renamedFrom: The former name of the table: `ALTER TABLE … RENAME TO …`, in a database with the old name and
///     without the new one. Both is an error; without the old name it has no effect.
///   - primaryKey: `PRIMARY KEY (…)` over these columns. Default: none, because a sample has one row per version; an
///     index on the ID columns and `feature_version` takes its place.
///   - unique: `UNIQUE (…)`: `[.unique("sample_id", "feature_version")]`.
///   - indexes: `CREATE INDEX`: `[.index(on: ["path", .descending("created_at")], unique: true, where: "height > 0")]`.
///   - checks: `CHECK (…)`: `[.check("height > 0", name: "positive_height")]`.
///   - foreignKeys: `FOREIGN KEY (…) REFERENCES …`:
///     `[.foreignKey(["camera_id"], references: "camera", ["id"], onDelete: .cascade)]`.
///   - options: What only one engine has: `[.strict, .withoutRowID]` on SQLite, `[.unlogged]` on PostgreSQL.
@attached(member, names: named(feature))
@attached(extension, conformances: Feature)
public macro Feature(
  _ key: FeatureKey,
  idColumns: [String]? = nil,
  order: String? = nil,
  dependencies: [FeatureDependencyArgument]? = nil,
  fields: [FieldArgument]? = nil,
  metadata: JSONValue? = nil,
  attributes: JSONValue? = nil,
  table: String? = nil,
  schema: String? = nil,
  renamedFrom: String? = nil,
  primaryKey: [String]? = nil,
  unique: [UniqueAttribute] = [],
  indexes: [IndexAttribute] = [],
  checks: [CheckAttribute] = [],
  foreignKeys: [ForeignKeyAttribute] = [],
  options: [TableOption] = []
) = #externalMacro(module: "MetaxyMacros", type: "FeatureMacro")
