internal import MetaxyErrors
public import MetaxyFeatures

/// A request for values over groups of rows; see ``RowRequest/grouped(by:)``.
public struct GroupedRequest<Root: Feature, Key: Sendable>: Sendable {
  private let groups: RowGroups<Key>

  init(_ groups: RowGroups<Key>) { self.groups = groups }

  /// Fetches the values of each group.
  ///
  /// - Parameter aggregates: The values: `.count`, `.max(RawVideo.Columns.durationSeconds)`.
  /// - Returns: The groups, sorted by their columns in the order of the database, NULL first.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Value: Sendable>(
    _ aggregates: repeat RowAggregate<Root, each Value>
  ) async throws -> [(key: Key, value: (repeat each Value))] {
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates { expressions.append(AggregateExpression(aggregate)) }
    return try await groups.rows(expressions).map { group in
      var reader = group.values
      return (key: group.key, value: (repeat try reader.next(each aggregates)))
    }
  }
}

/// A request for values over groups of joined rows; see ``JoinedRequest/grouped(by:)``.
public struct JoinedGroupedRequest<Key: Sendable>: Sendable {
  private let groups: RowGroups<Key>

  init(_ groups: RowGroups<Key>) { self.groups = groups }

  /// Fetches the values of each group.
  ///
  /// - Parameter aggregates: The values: `.count(RawVideo.self)`, `.max(RawVideo.Columns.durationSeconds)`.
  /// - Returns: The groups, sorted by their columns in the order of the database, NULL first.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Root: Feature, each Value: Sendable>(
    _ aggregates: repeat RowAggregate<each Root, each Value>
  ) async throws -> [(key: Key, value: (repeat each Value))] {
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates { expressions.append(AggregateExpression(aggregate)) }
    return try await groups.rows(expressions).map { group in
      var reader = group.values
      return (key: group.key, value: (repeat try reader.next(each aggregates)))
    }
  }
}

extension RowRequest {
  /// Returns a request for values over the groups of rows that have equal values in some columns.
  ///
  /// ```swift
  /// let groups = try await videos.grouped(by: RawVideo.Columns.container)
  ///   .aggregate(.count, .max(RawVideo.Columns.durationSeconds))
  /// for (container, (count, longest)) in groups { print(container, count, longest ?? 0) }
  /// ```
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func grouped<each Key: Decodable & Sendable>(
    by columns: repeat FeatureColumn<Root, each Key>
  ) -> GroupedRequest<Root, (repeat each Key)> {
    GroupedRequest(RowGroups(joined: JoinedRows(self), keys: Self.selected(repeat each columns)))
  }

  /// Fetches values over all rows of the request: `try await videos.aggregate(.count, .average(RawVideo.Columns.size))`.
  ///
  /// - Parameter aggregates: The values.
  /// - Returns: A tuple of the values, or one value. A limit of the request counts.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Value: Sendable>(
    _ aggregates: repeat RowAggregate<Root, each Value>
  ) async throws -> (repeat each Value) {
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates { expressions.append(AggregateExpression(aggregate)) }
    var reader = try await JoinedRows(self).values(expressions)
    return (repeat try reader.next(each aggregates))
  }
}

extension JoinedRequest {
  /// Returns a request for values over the groups of joined rows that have equal values in some columns, of any of the features.
  ///
  /// ```swift
  /// let groups = try await store.read(VideoCrop.self).joined(with: RawVideo.self).grouped(by: RawVideo.Columns.container)
  ///   .aggregate(.count(VideoCrop.self), .max(RawVideo.Columns.durationSeconds))
  /// ```
  ///
  /// Columns of a feature of ``leftJoined(with:)`` are optional, as for ``select(_:)``.
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func grouped<each Root: Feature, each Key: Decodable & Sendable>(
    by columns: repeat FeatureColumn<each Root, each Key>
  ) -> JoinedGroupedRequest<(repeat each Key)> {
    JoinedGroupedRequest(RowGroups(joined: joinedRows, keys: Self.selected(repeat each columns)))
  }

  /// Fetches values over all joined rows: `.count(RawVideo.self)`, `.max(RawVideo.Columns.durationSeconds)`.
  ///
  /// - Parameter aggregates: The values, over columns of any of the features.
  /// - Returns: A tuple of the values, or one value. A limit of the request counts.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Root: Feature, each Value: Sendable>(
    _ aggregates: repeat RowAggregate<each Root, each Value>
  ) async throws -> (repeat each Value) {
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates { expressions.append(AggregateExpression(aggregate)) }
    var reader = try await joinedRows.values(expressions)
    return (repeat try reader.next(each aggregates))
  }
}
