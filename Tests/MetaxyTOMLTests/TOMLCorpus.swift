/// Documents on which the reader and Python's `tomllib` must agree.
enum TOMLCorpus {
  static let valid: [String] = [
    "", "\n\r\n", "# only a comment", "a = 1", "a=1\r\nb=2\r\n", "a = 1 # comment\t\u{E9}\n",
    // Keys.
    "bare_key-1 = 1\n1234 = 2\n\"quoted key\" = 3\n'lit \"eral\"' = 4\n\"\" = 5",
    "a.b.c = 1\na . d = 2\n\"x.y\".'z' = 3", "3.14 = 'pi'", "\"\\u00e9\" = 1\n\"e\\u0301\" = 2",
    "true = 1\ninf = 2\n1979-05-27 = 3", "a.b = 1\na.c.d = 2\na.c.e = 3",
    // Strings.
    "a = \"tab\\t nl\\n cr\\r ff\\f bs\\b q\\\" b\\\\ u\\u00E9 U\\U0001F600\"", "a = \"a\ttab\"", "a = ''\nb = \"\"",
    "a = 'C:\\path\\n'", "a = \"\"\"\nfirst\nsecond\"\"\"", "a = \"\"\"\r\nfirst\r\nsecond\"\"\"",
    "a = \"\"\"one \\\n   two \\  \n\n\t three\"\"\"", "a = \"\"\"q: \"two\"\" then\"\"\"\"\"", "a = \"\"\"\"\"\"",
    "a = '''\nraw \\ text\n''end'''''", "a = '''it's'''", "a = \"\"\"\"quoted\" at the start\"\"\"",
    "a = \"\u{7FF}\u{FFFD}\u{10FFFF}\"", "a = \"\"\"\\\n  \"\"\"", "a = \"\u{85}\u{2028}\"",
    // Integers.
    "a = 0\nb = +0\nc = -0\nd = -17\ne = +99\nf = 1_000_000\ng = 5_3_4",
    "a = 0xDEAD_beef\nb = 0o755\nc = 0b1101_0000\nd = 0x0\ne = 0o00",
    "a = 9223372036854775807\nb = -9223372036854775808\nc = 0x7fffffffffffffff",
    // Floats.
    "a = 1.0\nb = -0.0\nc = +3.14\nd = 5e+22\ne = 1e06\nf = -2E-2\ng = 6.626e-34\nh = 9_224_617.445_991",
    "a = inf\nb = +inf\nc = -inf\nd = nan\ne = +nan\nf = -nan", "a = 1e400\nb = 4.9e-324\nc = 0.1\nd = 0e0\ne = 1e0_1",
    // Booleans, dates, times.
    "a = true\nb = false", "a = 1979-05-27T07:32:00Z\nb = 1979-05-27T00:32:00.999999-07:00\nc = 1979-05-27 07:32:00z",
    "a = 1979-05-27T07:32:00\nb = 1979-05-27t07:32:00.5\nc = 1979-05-27 00:32:00.123456789",
    "a = 1979-05-27\nb = 2024-02-29\nc = 1979-05-27 # comment\nd = 0001-01-01", "a = 07:32:00\nb = 00:32:00.999999",
    "a = [1979-05-27, 07:32:00]", "a = 1979-05-27T07:32:00+23:59",
    // Arrays.
    "a = []\nb = [ ]\nc = [1,2,]\nd = [\n 1, # one\n\n 2\n # end\n]\ne = [[1], ['x', 2.0], {a = 1}]",
    "a = [\r\n1\r\n,\r\n2\r\n]",
    // Inline tables.
    "a = {}\nb = { }\nc = {x = 1, \"y z\" = 'w', n.m = 2, n.o = 3}\nd = {a = {b = {c = 1}}}", "a = {x = [\n1,\n2\n]}",
    "a = {x = \"\"\"\nlong\"\"\"}",
    // Headers.
    "[a]\n[b]\nx = 1\n[a.c]\ny = 2", "[ a . \"b c\" . 'd' ] # comment\nx = 1", "[a.b.c]\nx = 1\n[a]\ny = 2",
    "[x.y.z.w]\n[x]", "[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 3",
    "[[a]]\n[a.b]\nx = 1\n[[a.c]]\n[[a.c]]\ny = 1\n[[a]]\n[a.b]\nx = 2",
    "[[a.b]]\nx = 1\n[a]\ny = 2", "[fruit]\napple.color = 'red'\n[fruit.apple.texture]\nsmooth = true",
    "[a.b.c]\nx = 1\n[a]\nb.d = 2", "[a.b.c.d]\nx = 1\n[a]\nb.y = 1\n[a.b.c]\nz = 2",
    "[a]\n[[a.b]]\n[[a.b.c]]\n[a.b.c.d]",
    "[\"\"]\nx = 1", "[a]\nx.y = 1\nx.z = 2\n[b]\nx.y = 1", "[1.2]\n[3]",
  ]

  static let invalid: [String] = [
    "a", "a =", "a = ", "a = # comment", "= 1", "a = 1 b = 2", "a 1", "a = 1, ", "a\n= 1", "a = \n1", ".a = 1",
    "a. = 1",
    "a..b = 1", "\u{E9} = 1", "a b = 1", "a = b", "a = True", "a = null", "a = 'x' 'y'", "\"\"\"a\"\"\" = 1",
    "'''a''' = 1",
    "\"a\nb\" = 1", "a = 1\nno line end before this = ", "a = 1\r", "a = 1\rb = 2", "# \u{0}", "# \u{7F}", "# \u{1}",
    "a = 1 # \r x",
    // Strings.
    "a = \"", "a = \"x", "a = \"x\ny\"", "a = 'x\ny'", "a = \"\\q\"", "a = \"\\u12\"", "a = \"\\uD800\"",
    "a = \"\\U00110000\"", "a = \"\\u+123\"", "a = \"\\ \"", "a = \"\u{1}\"", "a = '\u{0}'", "a = '\u{7F}'",
    "a = \"\"\"x", "a = '''x",
    "a = \"\"\"x\\ y\"\"\"", "a = \"\"\"\u{8}\"\"\"", "a = '''\u{C}'''", "a = \"\"\"x\"\"\"\"\"\"", "a = '''x''''''",
    "a = \"\"\"a\rb\"\"\"",
    "a = \"\"\"\\", "a = \"\\u12G4\"",
    // Numbers.
    "a = 01", "a = +01", "a = 1__0", "a = _1", "a = 1_", "a = 0x", "a = 0xG", "a = 0x_1", "a = 0x1_", "a = +0x1",
    "a = 0X1",
    "a = 0b2", "a = 0o8", "a = 1.", "a = .1", "a = 1.e1", "a = 1e", "a = 1e+", "a = 1._0", "a = 1_.0", "a = 1e_1",
    "a = 00.1",
    "a = Inf", "a = NaN", "a = + 1", "a = ++1", "a = 1.2.3", "a = infinity", "a = 0x1.8", "a = 1e1.0", "a = \u{0661}",
    "a = -",
    // Dates, times.
    "a = 1979-05-27T", "a = 1979-5-27", "a = 1979-13-01", "a = 1979-00-01", "a = 1979-02-30", "a = 2023-02-29",
    "a = 1900-02-29",
    "a = 1979-05-27T24:00:00", "a = 1979-05-27T07:60:00", "a = 1979-05-27T07:32:61", "a = 1979-05-27T07:32:00+24:00",
    "a = 1979-05-27T07:32:00+0700", "a = 7:32:00", "a = 07:32:00.", "a = 07:32:00Z", "a = 1979-05-27 07",
    "a = 1979-05-27  07:32:00",
    "a = 1979-05-27T07:32:00 Z", "a = 0000-01-01", "a = 1979-05-27T07:32:00+07:60", "a = 19790-05-27",
    // Arrays, inline tables.
    "a = [", "a = [1", "a = [1 2]", "a = [,]", "a = [1,,2]", "a = [1]]", "a = {", "a = {x = 1", "a = {x}",
    "a = {x = 1 y = 2}",
    "a = {, x = 1}", "a = {x = 1,, y = 2}", "a = {x = 1, x = 2}", "a = {x.y = 1, x = 2}", "a = {x = {y = 1}, x.z = 2}",
    "a = {x = 1}\na.y = 2", "a = {x = 1}\n[a]", "a = {x = 1}\n[a.b]", "a = {x = {}}\n[a.x.y]", "a = [{}]\n[[a]]",
    "a = [{x = {}}]\n[a.x]",
    "a = {x = 1} y = 2", "a = [1, # never closed",
    // Tables.
    "[a", "[a]]", "[[a]", "[]", "[[]]", "[a.]", "[.a]", "[a] x = 1", "[a]\n[a]", "a = 1\n[a]", "a = 1\n[a.b]",
    "a = 1\na = 2",
    "a.b = 1\na.b.c = 2", "a.b = 1\n[a]", "a.b.c = 1\n[a.b]", "[a]\nb.c = 1\n[a.b]", "[a.b]\nc = 1\n[a]\nb.d = 2",
    "[a.b]\n[a]\nb = 1",
    "[[a]]\n[a]", "[a]\n[[a]]", "[a.b]\n[[a]]", "[[a.b]]\n[a]\nb.c = 1", "a = []\n[[a]]", "[[a]]\n[[a.b]]\n[a.b]",
    "[a.b.c.d]\n[a]\nb.c.d.k = 1",
    "[ [a]]\nb = 1", "[[a] ]", "[a]\n\"a\" = 1\n'a' = 2", "[a\n]", "a = 1\n\"\\u0061\" = 2",
    "[fruit]\napple.color = 1\n[fruit.apple]",
    "[a.b]\nx.y = 1\n[a.b.x]", "[[x]]\ny.z = 1\n[x.y]",
  ]

  /// Syntax of later versions of TOML: refused here, even if Python's version accepts it.
  static let onlyInTOML11: [String] = [
    "a = {x = 1,}", "a = {\n x = 1\n}", "a = {x = 1 # comment\n}", "a = 07:32", "a = 1979-05-27T07:32", "a = \"\\e\"",
    "a = \"\\x41\"",
  ]
}
