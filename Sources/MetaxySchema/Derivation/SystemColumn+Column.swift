package import MetaxyNames

extension Generation {
  /// The columns that Metaxy adds to every feature's table, in its order.
  package var systemColumns: [Column] {
    switch self {
    case .seed: SystemColumn.allCases.map(\.column)
    case .release01: SystemColumn01.allCases.map(\.column)
    }
  }
}

extension SystemColumn {
  /// The column of every feature table: nullable, as in Metaxy.
  fileprivate var column: Column { Column(name: rawValue, type: type) }
}

extension SystemColumn01 {
  /// The column of every feature table, as Metaxy's SQLModel class has it.
  fileprivate var column: Column { Column(name: rawValue, type: type, isNullable: isNullable) }
}
