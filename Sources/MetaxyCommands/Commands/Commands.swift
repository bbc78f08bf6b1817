/// The commands, one function each.
package enum Commands {}
