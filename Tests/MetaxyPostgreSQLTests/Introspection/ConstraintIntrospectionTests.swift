import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct ConstraintIntrospectionTests {
  @Test func keysAndUniqueConstraintsAreRead() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE t (
        a int, b int, c int, d int, CONSTRAINT "the Key" PRIMARY KEY (b, a) INCLUDE (c) DEFERRABLE,
        CONSTRAINT u1 UNIQUE NULLS NOT DISTINCT (c, d), UNIQUE (d) INCLUDE (a) DEFERRABLE INITIALLY DEFERRED);
      COMMENT ON CONSTRAINT "the Key" ON t IS 'one'; COMMENT ON CONSTRAINT u1 ON t IS 'two'
      """
    ).table()
    var key = PrimaryKey(name: .derived("the Key"), columns: ["b", "a"])
    key.includes = ["c"]
    key.deferral = .initiallyImmediate
    key.comment = "one"
    #expect(table.primaryKey == key)
    var first = UniqueConstraint(name: .derived("u1"), columns: ["c", "d"])
    first.nullsAreEqual = true
    first.comment = "two"
    var second = UniqueConstraint(name: .derived("t_d_a_key"), columns: ["d"])
    second.includes = ["a"]
    second.deferral = .initiallyDeferred
    #expect(Set(table.uniques) == [first, second])
    #expect(table.indexes.isEmpty)
  }

  @Test func checksAreRead() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE t (
        a int CONSTRAINT c1 CHECK (a > 0), CONSTRAINT c2 CHECK (a < 9 OR (a > 90)) NO INHERIT, CONSTRAINT c3 CHECK (true));
      ALTER TABLE t ADD CONSTRAINT c4 CHECK (a <> 5) NOT VALID; COMMENT ON CONSTRAINT c4 ON t IS 'later'
      """
    ).table()
    var second = CheckConstraint(name: .derived("c2"), expression: "(a < 9) OR (a > 90)")
    second.isInherited = false
    var fourth = CheckConstraint(name: .derived("c4"), expression: "a <> 5")
    fourth.isValidated = false
    fourth.comment = "later"
    #expect(
      table.checks == [
        CheckConstraint(name: .derived("c1"), expression: "a > 0"), second,
        CheckConstraint(name: .derived("c3"), expression: "true"), fourth,
      ])
  }

  @Test func foreignKeysAreRead() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE p (x int, y int, PRIMARY KEY (x, y)); CREATE SCHEMA s; CREATE TABLE s.q (z int PRIMARY KEY);
      CREATE TABLE t (
        a int, b int,
        CONSTRAINT f1 FOREIGN KEY (b, a) REFERENCES p (x, y) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL,
        CONSTRAINT f2 FOREIGN KEY (a) REFERENCES s.q DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT f3 FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (b) ON UPDATE RESTRICT);
      ALTER TABLE t ADD CONSTRAINT f4 FOREIGN KEY (a) REFERENCES s.q ON DELETE SET DEFAULT NOT VALID;
      COMMENT ON CONSTRAINT f4 ON t IS 'later'
      """
    ).table()
    var first = ForeignKey(
      name: .derived("f1"), columns: ["b", "a"], table: "p", referencedColumns: ["x", "y"], onDelete: .cascade,
      onUpdate: .setNull)
    first.match = "FULL"
    let second = ForeignKey(
      name: .derived("f2"), columns: ["a"], table: TableName("q", schema: "s"), referencedColumns: ["z"],
      deferral: .initiallyDeferred)
    var third = ForeignKey(
      name: .derived("f3"), columns: ["a", "b"], table: "p", referencedColumns: ["x", "y"], onDelete: .setNull,
      onUpdate: .restrict)
    third.columnsSetOnDelete = ["b"]
    var fourth = ForeignKey(
      name: .derived("f4"), columns: ["a"], table: TableName("q", schema: "s"), referencedColumns: ["z"],
      onDelete: .setDefault)
    fourth.isValidated = false
    fourth.comment = "later"
    #expect(table.foreignKeys == [first, second, third, fourth])
  }

  @Test func exclusionConstraintsAreRead() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE t (
        a int4range, b int4range, c text,
        CONSTRAINT x EXCLUDE USING gist (a WITH &&, (b * a) WITH OPERATOR(pg_catalog.-|-)) INCLUDE (c)
          WHERE (c <> 'it''s (not)') DEFERRABLE);
      COMMENT ON CONSTRAINT x ON t IS 'no two'
      """
    ).table()
    var exclusion = ExclusionConstraint(
      name: .derived("x"), method: "gist",
      elements: [.init("a", with: "&&"), .init(.expression("b * a"), with: "-|-")],
      predicate: "c <> 'it''s (not)'::text")
    exclusion.includes = ["c"]
    exclusion.deferral = .initiallyImmediate
    exclusion.comment = "no two"
    #expect(table.exclusions == [exclusion])
    #expect(table.indexes.isEmpty)
  }

  @Test func anOperatorOfAnotherSchemaIsNamedWithIt() throws {
    let table = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE FUNCTION s.same(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
      CREATE OPERATOR s.=== (FUNCTION = s.same, LEFTARG = int, RIGHTARG = int, COMMUTATOR = OPERATOR(s.===));
      CREATE OPERATOR CLASS s.same_ops FOR TYPE int USING hash AS OPERATOR 1 s.===, FUNCTION 1 hashint4(int);
      CREATE TABLE t (a int, CONSTRAINT x EXCLUDE USING hash (a s.same_ops WITH OPERATOR(s.===)))
      """
    ).table()
    #expect(
      table.exclusions.map(\.elements) == [
        [.init(IndexElement(.column("a"), operatorClass: "s.same_ops"), with: "OPERATOR(s.===)")]
      ])
  }
}
