internal import MetaxyTime

extension Timestamp {
  /// What an engine writes of a time, in UTC with all digits: PostgreSQL writes `2026-11-22 10:07:31.1234+00`. A text that
  /// is not a time stays as it is.
  static func normalised(_ text: String) -> String { Timestamp(text)?.text ?? text }
}
