internal import MetaxyTime

extension Timestamp {
  /// Returns the time that an engine wrote, in UTC with six digits: PostgreSQL writes `2026-11-22 10:07:31.1234+00`. Any
  /// other text is returned unchanged.
  static func normalised(_ text: String) -> String { Timestamp(text)?.text ?? text }
}
