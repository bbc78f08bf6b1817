internal import MetaxyErrors

/// The answer of a request, one element after the other.
///
/// As for ``RowStream``: the elements are fetched in parts of 512, in constant memory, and what is written while the stream runs
/// is not in it.
public struct ResultStream<Element: Sendable>: AsyncSequence, Sendable {
  private let begin: @Sendable () -> Iterator

  init(_ rows: some FetchableRows<Element>) {
    begin = {
      let fetch = RowFetch(rows)
      return Iterator { try await fetch.next() }
    }
  }

  /// Starts a query of its own.
  public func makeAsyncIterator() -> Iterator { begin() }

  /// The position in the answer of one query.
  public struct Iterator: AsyncIteratorProtocol {
    private let fetch: @Sendable () async throws -> [Element]
    private var part = RowPart<Element>()

    fileprivate init(_ fetch: @escaping @Sendable () async throws -> [Element]) { self.fetch = fetch }

    /// Returns the next element; nil after the last one.
    ///
    /// - Throws: As the `all()` of the request.
    public mutating func next() async throws -> Element? {
      if part.isAtEnd { part = RowPart(try await fetch()) }
      return part.next()
    }
  }
}
