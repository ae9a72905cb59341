'use strict'
const { settingsIn } = require('./report.cjs')

/** TAP is all that ava says to programs; a title is matched as a whole, with `*` for anything. */
exports.add = (path) => {
  const { only } = settingsIn(path)
  process.argv.push('--tap')
  for (const { titles } of only ?? []) {
    // With several files a title begins with the name of its own.
    const title = titles.at(-1)?.split(' › ').at(-1)
    if (title) process.argv.push(`--match=${title.replaceAll('*', '\\*')}`)
  }
}
