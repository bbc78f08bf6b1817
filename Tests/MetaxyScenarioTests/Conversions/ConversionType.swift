import MetaxyTestSupport

/// A column type of the matrix, with rows that hurt.
struct ConversionType: Sendable {
  /// The name in the table of the documentation.
  let name: String
  /// The type as the engine spells it.
  let sql: String
  /// Literals of the values; each is one row.
  let values: [String]
  /// SQLite: a pattern of GLOB for the type and the text of each value, such as `text|????-??-??`.
  let stored: [String]

  init(_ name: String, _ sql: String, stored: [String] = [], _ values: [String]) {
    self.name = name
    self.sql = sql
    self.stored = stored
    self.values = values
  }

  static func all(on engine: Engine) -> [ConversionType] { engine == .sqlite ? sqlite : postgresql }

  private static let texts = [
    "''", "'a'", "' a '", "'ä\u{1F600}é'", "'0'", "'1'", "'5'", "'-5'", "'007'", "'+5'", "' 5 '", "'5.0'", "'1.50'",
    "'0.1'",
    "'1e2'", "'1e400'", "'-0.0'", "'9007199254740993'", "'9223372036854775807'", "'9223372036854775808'",
    "'12345678901234567890.12'", "'32768'", "'3000000000'", "'123456.5'", "'7.1234'", "'NaN'", "'Infinity'", "'true'",
    "'yes'",
    "'now'", "'2451544.5'", "'10:00:00'", "'10:00'", "'24:00:00'", "'23:59:60'", "'10:11:12.123456'", "'2024-05-06'",
    "'2024-02-30'", "'2023-02-29'", "'2024-04-31 10:00:00'", "'02.01.2024'", "'0000-01-01'", "'2024-05-06 13:14:15'",
    "'2024-05-06T13:14:15'",
    "'2024-05-06 00:00:00.000000'", "'2024-05-06 13:14:15.123456'", "'2024-05-06 13:14:15+02:00'",
    "'2024-05-06 13:14:15+00'", "'infinity'", "'1 day 02:00:00'", "'1 hour'",
    "'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'{\"a\": 1}'", "'{\"a\":1,\"a\":2}'", "'[1, 2]'", "'[1,,2]'", "'\"x\"'",
    "'null'",
    "'{\"a\": [true, {\"b\": null}]}'", "'{a: 1}'", "'\"\\u0000\"'", "'101'", "'{1,2}'", "'{a,\"b c\"}'",
  ]

  private static let sqlite: [ConversionType] = [
    ConversionType("string", "VARCHAR", stored: ["text|*"], texts),
    ConversionType("varchar(8)", "VARCHAR(8)", stored: ["text|*"], ["NULL"] + texts.filter { $0.count <= 10 }),
    ConversionType(
      "bigint", "BIGINT", stored: ["integer|*"],
      [
        "NULL", "0", "1", "-5", "32768", "3000000000", "9007199254740993", "9223372036854775807",
        "-9223372036854775808", "'abc'", "1.5",
      ]),
    ConversionType(
      "integer", "INTEGER", stored: ["integer|*"],
      ["NULL", "0", "1", "-5", "32768", "2147483647", "3000000000", "9007199254740993", "'abc'"]),
    ConversionType(
      "smallint", "SMALLINT", stored: ["integer|*"], ["NULL", "0", "1", "-5", "32767", "-32768", "'abc'"]),
    ConversionType(
      "double", "FLOAT", stored: ["real|*"],
      [
        "NULL", "0.0", "1.0", "-5.0", "-0.0", "0.1", "0.1 + 0.2", "1e20", "1e-300", "9007199254740992.0", "9e18",
        "123456.5", "7.1234",
        "9e999", "-9e999", "1.7976931348623157e308", "5e-324", "'abc'",
      ]),
    ConversionType(
      "real", "REAL", stored: ["real|*"],
      ["NULL", "0.0", "1.0", "-5.0", "0.1", "16777217.0", "3.4e38", "9e999", "'abc'"]),
    ConversionType("boolean", "BOOLEAN", stored: ["integer|[01]"], ["NULL", "0", "1", "2", "'true'"]),
    ConversionType(
      "timestamp", "DATETIME", stored: ["text|????-??-?? ??:??:??", "text|????-??-?? ??:??:??.*"],
      [
        "NULL", "'2024-05-06 13:14:15.123456'", "'2024-05-06 00:00:00.000000'", "'2024-05-06 13:14:15'",
        "'0001-01-01 00:00:00.000000'", "'9999-12-31 23:59:59.999999'", "'abc'", "'2024-02-30 00:00:00.000000'",
        "1715000000",
        "'2024-05-06'",
      ]),
    ConversionType(
      "date", "DATE", stored: ["text|????-??-??"],
      ["NULL", "'2024-05-06'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'", "'2024-05-06 13:14:15.123456'", "'abc'"]),
    ConversionType(
      "time", "TIME", stored: ["text|??:??:??", "text|??:??:??.*"],
      ["NULL", "'00:00:00.000000'", "'10:11:12.123456'", "'10:11:12'", "'23:59:59.999999'", "'abc'"]),
    ConversionType(
      "numeric", "NUMERIC", stored: ["integer|*", "real|*"],
      [
        "NULL", "0", "1", "-5", "0.1", "1.50", "9007199254740993", "9223372036854775807", "12345678901234567890.12",
        "123456.5", "'abc'",
      ]),
    ConversionType(
      "numeric(12, 2)", "NUMERIC(12, 2)", stored: ["integer|*", "real|*"],
      ["NULL", "0", "1", "-5", "0.1", "1.50", "9999999999.99", "123456.5", "'abc'"]),
    ConversionType(
      "uuid", "CHAR(32)", stored: ["text|*"],
      ["NULL", "'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "'00000000000000000000000000000000'", "'abc'"]),
    ConversionType(
      "binary", "BLOB", stored: ["blob|*"],
      [
        "NULL", "x''", "x'00'", "x'61'", "x'35'", "x'ff'", "x'c3a4'", "x'c3'", "x'eda080'", "x'f09f9880'", "x'6100'",
        "x'7b7d'",
        "x'323032342d30352d3036'", "'text'",
      ]),
    ConversionType(
      "json", "JSON", stored: ["integer|*", "real|*", "text|*"],
      [
        "NULL", "'{\"a\": 1}'", "'{\"a\":1,\"a\":2}'", "'[1, 2]'", "'\"x\"'", "'null'", "'true'", "'5'", "'1.50'",
        "'abc'",
      ]),
  ]

  private static let postgresql: [ConversionType] = [
    ConversionType("string", "VARCHAR", ["NULL"] + texts),
    ConversionType("varchar(8)", "VARCHAR(8)", ["NULL"] + texts.filter { $0.count <= 10 }),
    ConversionType(
      "bigint", "BIGINT",
      [
        "NULL", "0", "1", "-5", "32768", "3000000000", "9007199254740992", "9007199254740993", "9223372036854775807",
        "-9223372036854775808",
      ]),
    ConversionType(
      "integer", "INTEGER", ["NULL", "0", "1", "-5", "5", "32768", "16777217", "2147483647", "-2147483648"]),
    ConversionType("smallint", "SMALLINT", ["NULL", "0", "1", "-5", "5", "32767", "-32768"]),
    ConversionType(
      "double", "DOUBLE PRECISION",
      [
        "NULL", "0", "1", "-5", "'-0.0'", "0.1", "0.30000000000000004", "1.5", "1e20", "1e-300", "9007199254740992",
        "9.3e18",
        "123456.5", "7.1234", "2147483647.6", "12345678901234.56", "'NaN'", "'Infinity'", "'-Infinity'",
        "1.7976931348623157e308",
        "5e-324",
      ]),
    ConversionType(
      "real", "REAL",
      ["NULL", "0", "1", "-5", "'-0.0'", "0.1", "1.5", "16777216", "3.4028235e38", "1e-45", "'NaN'", "'Infinity'"]),
    ConversionType("boolean", "BOOLEAN", ["NULL", "true", "false"]),
    ConversionType(
      "timestamp", "TIMESTAMP WITH TIME ZONE",
      [
        "NULL", "'2024-05-06 13:14:15.123456+00'", "'2024-05-06 00:00:00+00'", "'2024-05-06 01:00:00+02'",
        "'0001-01-01 00:00:00+00'", "'9999-12-31 23:59:59.999999+00'", "'infinity'", "'4713-01-01 00:00:00+00 BC'",
        "'20000-01-01 00:00:00+00'",
      ]),
    ConversionType(
      "date", "DATE",
      [
        "NULL", "'2024-05-06'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'", "'infinity'", "'5874897-12-31'",
        "'4713-01-01 BC'",
      ]),
    ConversionType(
      "time", "TIME WITHOUT TIME ZONE",
      ["NULL", "'00:00'", "'10:11:12.123456'", "'10:11:12'", "'23:59:59.999999'", "'24:00'"]),
    ConversionType(
      "numeric", "NUMERIC",
      [
        "NULL", "0", "1", "-5", "0.1", "1.50", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "12345678901234567890.12", "123456.5", "7.1234", "1e400", "1e-400", "'NaN'", "32767.6",
      ]),
    ConversionType(
      "numeric(12, 2)", "NUMERIC(12, 2)",
      ["NULL", "0", "1", "-5", "0.1", "1.50", "9999999999.99", "123456.5", "7.12", "'NaN'"]),
    ConversionType(
      "uuid", "UUID", ["NULL", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"]),
    ConversionType(
      "binary", "BYTEA",
      [
        "NULL", #"'\x'"#, #"'\x00'"#, #"'\x61'"#, #"'\x35'"#, #"'\xff'"#, #"'\xc3a4'"#, #"'\xc3'"#, #"'\xeda080'"#,
        #"'\xf09f9880'"#, #"'\x7b7d'"#, #"'\x323032342d30352d3036'"#, #"'\xa0eebc999c0b4ef8bb6d6bb9bd380a11'"#,
      ]),
    ConversionType(
      "interval", "INTERVAL",
      ["NULL", "'0'", "'1 day 02:00:00'", "'26:00:00'", "'10:11:12.123456'", "'-1 mon +2 days -03:00:00'", "'1 year'"]),
    ConversionType(
      "json", "JSON",
      [
        "NULL", "'{\"a\": 1}'", "'{\"a\":1,\"a\":2}'", "'[1, 2]'", "'[1,[2]]'", "'\"x\"'", "'null'", "'true'", "'5'",
        "'1.50'", "'1e400000'",
        "'\"\\u0000\"'", "'\"\\ud800\"'", "'[\"a\", null]'", "'[\"[\"]'",
      ]),
    ConversionType(
      "jsonb", "JSONB",
      [
        "NULL", "'{\"a\": 1}'", "'[1, 2]'", "'[1,[2]]'", "'\"x\"'", "'null'", "'true'", "'5'", "'1.50'",
        "'[\"a\", null]'",
      ]),
    ConversionType(
      "timestamp without time zone", "TIMESTAMP WITHOUT TIME ZONE",
      ["NULL", "'2024-05-06 13:14:15.123456'", "'2024-05-06 00:00:00'", "'infinity'", "'0001-01-01 00:00:00'"]),
    ConversionType("time(0)", "TIME(0) WITHOUT TIME ZONE", ["NULL", "'00:00'", "'10:11:12'"]),
    ConversionType("interval day to minute", "INTERVAL DAY TO MINUTE", ["NULL", "'0'", "'1 day 02:03:00'"]),
    ConversionType(
      "bit varying(16)", "BIT VARYING(16)", ["NULL", "''", "'0'", "'1'", "'101'", "'00000101'", "'1111111111111111'"]),
    ConversionType("bit(8)", "BIT(8)", ["NULL", "'00000101'", "'11111111'"]),
    ConversionType("integer[]", "INTEGER[]", ["NULL", "'{}'", "'{1}'", "'{1,2}'", "'{NULL}'", "'{{1,2},{3,4}}'"]),
    ConversionType("text[]", "TEXT[]", ["NULL", "'{}'", "'{a}'", "'{1,2}'", "'{\"b c\",NULL}'", "'{\"q\\\"\"}'"]),
  ]
}
