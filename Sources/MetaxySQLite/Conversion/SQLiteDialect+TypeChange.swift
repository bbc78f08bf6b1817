package import MetaxyRuntime
package import MetaxySchema

extension SQLiteDialect {
  /// SQLite changes a type in a rebuild, which other changes need too: the copy is not an effect of the type.
  package func effect(
    ofChanging old: Column, to new: Column, of table: Table, in schema: Schema
  ) -> TypeChangeEffect {
    let conversion = SQLiteConversion(
      of: quoted(old.name), from: old, in: table.options, to: new, in: table.options,
      isSameType: isSame(old.type, new.type, in: table.options))
    return TypeChangeEffect(
      changesValues: conversion.change != nil, canFail: conversion.misfit != nil, rewritesTable: false)
  }
}
