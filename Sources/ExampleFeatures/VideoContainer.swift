/// The containers that ingest accepts, and the only ones that the table accepts.
public enum VideoContainer: String, Codable, Sendable {
  case mp4, mov, webm
}
