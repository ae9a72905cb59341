'use strict'
const { appendFileSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

/** What the run is about: `{ folder, workspace, only, coverage }`. */
exports.settingsIn = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** One line for each thing a runner says, in a file of this process. */
exports.writer = (folder) => {
  const file = join(folder, `node-${process.pid}-${Date.now()}.jsonl`)
  return (row) => {
    try {
      appendFileSync(file, `${JSON.stringify(row)}\n`)
    } catch {}
  }
}

/** An error as plain data; whatever somebody threw. */
exports.plain = (error) => {
  if (error === null || typeof error !== 'object') return { type: 'Error', message: String(error) }
  return {
    type: text(error.name) || (error.constructor && text(error.constructor.name)),
    message: text(error.message),
    stack: text(error.stack),
    expected: 'expected' in error ? shown(error.expected) : null,
    actual: 'actual' in error ? shown(error.actual) : null,
  }
}

const text = (value) => (typeof value === 'string' ? value.slice(0, 20_000) : null)

function shown(value) {
  try {
    return require('node:util').inspect(value, { depth: 6, breakLength: 120, maxArrayLength: 200 }).slice(0, 4000)
  } catch {
    return null
  }
}

/** Whether a test is among those wanted: the same file, and titles that begin with the wanted ones. */
exports.wants =
  ({ only, workspace }) =>
  (file, titles) =>
    !only ||
    only.some(
      (one) =>
        (one.file === null || file === null || join(workspace, one.file) === file) &&
        one.titles.every((title, at) => titles[at] === title),
    )
