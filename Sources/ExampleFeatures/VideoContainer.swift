/// The containers that ingest accepts. The table accepts no others either.
public enum VideoContainer: String, Codable, Sendable {
  case mp4, mov, webm
}
