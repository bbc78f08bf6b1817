extension Timestamp {
  /// Returns the time that an engine or a program wrote, in UTC with six digits: PostgreSQL writes
  /// `2026-11-22 10:07:31.1234+00`, Python `2026-11-22T10:07:31.123456`. Any other text is returned unchanged.
  package static func normalised(_ text: String) -> String { Timestamp(text)?.text ?? text }
}
