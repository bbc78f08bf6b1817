internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// The rows of a request, one after the other.
///
/// They are fetched in parts of 512. On PostgreSQL a stream has its own connection. On SQLite it shares the one of the
/// store; others can read the file, and the store can write to it, until the last row is read or the iterator is
/// released.
public struct RowStream<Root: Feature>: AsyncSequence, Sendable {
  /// A row with its system columns.
  public typealias Element = StoredRow<Root>
  let request: RowRequest<Root>

  /// Starts a query of its own.
  public func makeAsyncIterator() -> Iterator { Iterator(fetch: RowFetch(request)) }

  /// The position in the answer of one query.
  public struct Iterator: AsyncIteratorProtocol {
    let fetch: RowFetch<RowRequest<Root>>
    private var part = RowPart<StoredRow<Root>>()

    init(fetch: RowFetch<RowRequest<Root>>) { self.fetch = fetch }

    /// Returns the next row; nil after the last one.
    ///
    /// - Throws: As ``RowRequest/all()``.
    public mutating func next() async throws -> StoredRow<Root>? {
      if part.isAtEnd { part = RowPart(try await fetch.next()) }
      return part.next()
    }
  }
}

/// Rows that are fetched but not returned yet.
struct RowPart<Row> {
  private var rows: [Row]
  private var position = 0

  init(_ rows: [Row] = []) { self.rows = rows }

  var isAtEnd: Bool { position == rows.count }

  mutating func next() -> Row? {
    guard position < rows.count else { return nil }
    position += 1
    return rows[position - 1]
  }
}

/// A running query whose rows are fetched part by part.
final class RowFetch<Rows: FetchableRows>: Sendable {
  private let rows: Rows
  private let open: OpenFetch<Rows>

  init(_ rows: Rows) {
    self.rows = rows
    open = OpenFetch(rows.store.executor)
  }

  /// Returns some rows; none after the last one.
  func next() async throws -> [Rows.Row] { try await rows.store.part(of: rows, open) }
}

/// The part of a fetch that is in the database.
///
/// Only the queue of the store touches it, and releases it.
final class OpenFetch<Rows: FetchableRows>: @unchecked Sendable {
  fileprivate var state: State = .new
  private let executor: StoreExecutor

  fileprivate enum State {
    case new
    case open(connection: any RowConnection, cursor: any RowCursor, query: PreparedRequest, reader: Rows.Reader)
    case done
  }

  init(_ executor: StoreExecutor) { self.executor = executor }

  deinit {
    guard case .open = state else { return }
    let last = LastHolder(state)
    state = .done
    executor.run { last.release() }
  }
}

/// Releases its content on a store's queue.
private final class LastHolder: @unchecked Sendable {
  private var held: Any?

  init(_ held: Any) { self.held = held }
  func release() { held = nil }
}

extension MetadataStore {
  /// Small enough to take little memory, and large enough that requests cost little.
  private static var partSize: Int { 512 }

  func part<Rows: FetchableRows>(of rows: Rows, _ fetch: OpenFetch<Rows>) async throws -> [Rows.Row] {
    if case .new = fetch.state { try await begin(rows, fetch) }
    guard case .open(let connection, let cursor, let query, let reader) = fetch.state else { return [] }
    do {
      let part = try await perform(on: connection) { connection in
        try rows.next(Self.partSize, from: cursor, query, reader, connection)
      }
      if part.count < Self.partSize { end(fetch, returning: connection) }
      return part
    } catch {
      fetch.state = .done
      throw error
    }
  }

  private func begin<Rows: FetchableRows>(_ rows: Rows, _ fetch: OpenFetch<Rows>) async throws {
    let connection = try await perform { connection in
      try requireTables(of: rows, connection)
      return try connection.keepsCursorsApart ? connection : takeReader()
    }
    let (query, cursor, reader) = try await perform(on: connection) { connection in
      let query = try rows.query(.streaming, connection)
      let cursor = try query.cursor(partSize: Self.partSize, connection)
      return (query, cursor, try rows.reader(of: cursor.columnNames))
    }
    fetch.state = .open(connection: connection, cursor: cursor, query: query, reader: reader)
  }

  /// Returns a connection for a stream: an idle one, or a new one.
  private func takeReader() throws -> any RowConnection {
    if let idleReader {
      self.idleReader = nil
      return idleReader
    }
    return try database.openForRows(.reading)
  }

  private func end<Rows: FetchableRows>(_ fetch: OpenFetch<Rows>, returning connection: any RowConnection) {
    fetch.state = .done  // ends the cursor's transaction
    if !connection.keepsCursorsApart { idleReader = connection }
  }
}

extension FetchableRows {
  /// Reads at most `count` rows from a running query; fewer at its end.
  fileprivate func next(
    _ count: Int, from cursor: any RowCursor, _ query: PreparedRequest, _ reader: Reader,
    _ connection: any RowConnection
  ) throws(MetaxyError) -> [Row] {
    var (row, found): ([SQLValue], [Row]) = ([], [])
    while found.count < count, try cursor.next(into: &row) {
      if query.isTied(row) { throw try store.ambiguity(of: tables(), connection) }
      if let row = try decode(row, reader) { found.append(row) }
    }
    return found
  }
}
