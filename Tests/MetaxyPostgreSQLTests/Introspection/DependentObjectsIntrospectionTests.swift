import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct DependentObjectsIntrospectionTests {
  @Test func unmanagedObjectsAreReadWithWhatTheyNeed() throws {
    let live = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE TYPE e AS ENUM ('x'); CREATE TABLE t (a int, "B" int, c e PRIMARY KEY);
      CREATE TABLE u (id int PRIMARY KEY REFERENCES u);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE FUNCTION h(e) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE DOMAIN dom AS e[];
      CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
      CREATE VIEW v AS SELECT a, "B" FROM t GROUP BY c; CREATE MATERIALIZED VIEW s.m AS SELECT count(*) FROM t;
      """
    ).liveSchema()
    let objects = Dictionary(uniqueKeysWithValues: live.unmanaged.map { ($0.description, $0) })
    #expect(
      objects.keys.sorted() == [
        "`function h(e)`", "`type dom`", "materialized view `s.m`", "trigger `g` on `t`", "view `v`",
      ])
    let trigger = try #require(objects["trigger `g` on `t`"])
    #expect(
      trigger.definition
        == "CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION f()")
    #expect(trigger.uses == [.relation("t"), .column("a", of: "t")])
    let view = try #require(objects["view `v`"])
    #expect(
      view.uses == [
        .column("a", of: "t"), .column("B", of: "t"), .column("c", of: "t"), .constraint("t_pkey", of: "t"),
      ])
    #expect(objects["materialized view `s.m`"]?.uses == [.relation("t")])
    #expect(objects["materialized view `s.m`"]?.obstacle == "it is materialized")
    #expect(objects["`function h(e)`"]?.uses == [.type("e")])
    #expect(objects["`type dom`"]?.uses == [.type("e")])
  }
}
