internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames

/// A request for the samples of a feature that are out of date; see ``MetadataStore/resolveUpdate(_:)``.
public struct UpdateRequest<Root: Feature>: Sendable {
  let store: MetadataStore

  /// Fetches the samples that are out of date.
  ///
  /// - Returns: Every such sample, in memory; the order is undefined.
  /// - Throws: `MetaxyError`: `data_versions_needed` for a feature without dependencies, `cannot_join`,
  ///   `newest_row_ambiguous`, `unreadable_row` for a parent's row without a usable data version, and as
  ///   ``RowRequest/all()``.
  public func all() async throws -> [UpdatedSample<Root>] { try await store.all(self) }

  /// The samples that are out of date, one after the other, as the database finds them, in constant memory.
  ///
  /// Its iterator throws as ``all()``.
  public var samples: UpdateStream<Root> { UpdateStream(request: self) }
}

/// The samples of a feature that are out of date, one after the other; see ``RowStream``.
public struct UpdateStream<Root: Feature>: AsyncSequence, Sendable {
  /// A sample that is out of date.
  public typealias Element = UpdatedSample<Root>
  let request: UpdateRequest<Root>

  /// Starts a query of its own.
  public func makeAsyncIterator() -> Iterator { Iterator(fetch: RowFetch(request)) }

  /// The position in the answer of one query.
  public struct Iterator: AsyncIteratorProtocol {
    let fetch: RowFetch<UpdateRequest<Root>>
    private var part = RowPart<UpdatedSample<Root>>()

    init(fetch: RowFetch<UpdateRequest<Root>>) { self.fetch = fetch }

    /// Returns the next sample; nil after the last one.
    ///
    /// - Throws: As ``UpdateRequest/all()``.
    public mutating func next() async throws -> UpdatedSample<Root>? {
      if part.isAtEnd { part = RowPart(try await fetch.next()) }
      return part.next()
    }
  }
}

extension MetadataStore {
  /// Returns a request for the samples of a derived feature that must be computed, computed again or deleted.
  ///
  /// ```swift
  /// for try await sample in store.resolveUpdate(VideoCrop.self).samples {
  ///   let id = try sample.id.value(of: VideoCrop.Columns.sampleId)
  ///   switch sample.change {
  ///   case .new, .changed: crops.append(try await crop(id))
  ///   case .orphaned: orphans.append(sample.id)
  ///   }
  /// }
  /// try await store.write(crops)
  /// try await store.delete(orphans)
  /// ```
  ///
  /// One query joins the newest rows of the parents, in their current versions, on their ID columns, and compares them
  /// with the newest rows of the feature in its current version. A sample is
  ///
  /// - new, if its parents have rows and the feature has none: all samples are, after a new version of the feature;
  /// - changed, if the data version of a row differs from the one that is computed from its parents' rows now;
  /// - orphaned, if a parent has no row for a row of the feature.
  ///
  /// Samples are named by the ID columns of the parents. If the feature has several rows for them, they are one sample,
  /// which is changed if one of the rows is; a missing row among them is not noticed. The rule is Metaxy's.
  ///
  /// Since Metaxy 0.1 the lineage of a dependency decides which of its rows a row is computed from, and which columns name a
  /// sample: a group is one sample. The one hash of the provenance is compared, so a data version that the program gave makes no
  /// row change. A row that is deleted softly is none.
  public nonisolated func resolveUpdate<Root: Feature>(_ type: Root.Type) -> UpdateRequest<Root> {
    UpdateRequest(store: self)
  }
}

extension UpdateRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    let query: any ComparingQuery =
      switch try family() {
      case .seed(let family): try UpdateQuery(family, store.database, connection)
      case .recorded(let family): try RecordedUpdateQuery(family, store.database, connection)
      }
    return PreparedRequest(
      purpose, query.sql, RowQueryForm(marksTies: true, joinsNewest: true), query.parameters, store.dialect)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] {
    let layouts: [RowLayout] =
      switch try family() {
      case .seed(let family): [family.child] + family.parents
      case .recorded(let family): [family.child] + family.dependencies.map(\.parent)
      }
    return layouts.map { SelectedTable(layout: $0, selection: RowSelection()) }
  }

  func reader() throws(MetaxyError) -> any UpdateReading<Root> {
    switch try family() {
    case .seed(let family): UpdateReader(family, store)
    case .recorded(let family): RecordedUpdateReader(family)
    }
  }

  func decode(_ row: [SQLValue], _ reader: any UpdateReading<Root>) throws(MetaxyError) -> UpdatedSample<Root>? {
    try reader.read(row)
  }

  private func family() throws(MetaxyError) -> UpdateFamily {
    let layout = try store.layout(of: Root.self)
    return switch layout.generation {
    case .seed: .seed(try FeatureFamily(layout, store))
    case .release01: .recorded(try RecordedFamily(layout, store))
    }
  }
}

/// A derived feature with the features whose rows its own are computed from, by the rules of its generation.
private enum UpdateFamily {
  case seed(FeatureFamily)
  case recorded(RecordedFamily)
}
