'use strict'
const Module = require('node:module')

/** Tells of a module of a package the moment it is loaded; what `found` answers stands in the place of its exports. */
exports.onLoad = (pattern, found) => {
  const load = Module._extensions['.js']
  Module._extensions['.js'] = function (module, filename, ...rest) {
    load.call(this, module, filename, ...rest)
    if (!pattern.test(filename)) return
    try {
      module.exports = found(module.exports) ?? module.exports
    } catch {}
  }
}
