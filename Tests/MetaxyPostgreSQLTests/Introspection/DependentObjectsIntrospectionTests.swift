import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct DependentObjectsIntrospectionTests {
  @Test func triggersAndViewsOnATableAreRead() throws {
    let live = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE TABLE t (a int, "B" int, c int); CREATE TABLE u (id int PRIMARY KEY REFERENCES u);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
      CREATE VIEW v AS SELECT a, "B" FROM t; CREATE MATERIALIZED VIEW s.m AS SELECT count(*) FROM t;
      """
    ).liveSchema()
    let table = try #require(live["t"]?.dependents)
    #expect(table.triggers.map(\.name) == ["g"])
    #expect(
      table.triggers.map(\.sql) == [
        "CREATE TRIGGER g BEFORE UPDATE OF a ON public.t FOR EACH ROW WHEN ((new.a > 0)) EXECUTE FUNCTION f()"
      ])
    #expect(table.views == ["v", TableName("m", schema: "s")])
    #expect(table.views(naming: "B") == ["v"])
    #expect(table.views(naming: "c").isEmpty)
  }
}
