'use strict'
const { Readable } = require('node:stream')
const { plain, settingsIn, writer } = require('./report.cjs')

/**
 * Reports what a stream of `node:test` tells, whoever reads it: reporters, or a program that calls `run()`. A reporter of
 * ours would not do: Node wants as many destinations as reporters, and a script that names one names no destination.
 */
exports.watch = (path) => {
  const { folder } = settingsIn(path)
  const { emit } = Readable.prototype
  const streams = new WeakMap()
  Readable.prototype.emit = function (type, data, ...rest) {
    if (type === 'test:start' || type === 'test:pass' || type === 'test:fail') {
      try {
        if (!streams.has(this)) streams.set(this, rowsOf(writer(folder)))
        streams.get(this)(type, data)
      } catch {}
    }
    return emit.call(this, type, data, ...rest)
  }
}

/** Writes one row for each test. Suites are no tests, unless one fails by itself. */
function rowsOf(write) {
  write({ kind: 'runner', runner: 'node-test' })
  /** Names of what is open, by file and depth. */
  const open = new Map()
  const failedInside = new Set()
  return (type, data) => {
    const key = data?.file ?? ''
    const path = open.get(key) ?? []
    if (type === 'test:start') {
      path.length = data.nesting
      path[data.nesting] = data.name
      open.set(key, path)
    }
    if (type !== 'test:pass' && type !== 'test:fail') return
    const titles = [...path.slice(0, data.nesting), data.name]
    const id = `${key} ${titles.join(' > ')}`
    const parent = `${key} ${titles.slice(0, -1).join(' > ')}`
    if (type === 'test:fail' && data.nesting > 0) failedInside.add(parent)
    // A file that is run as a test of its own stands for what is in it.
    const isFile = data.nesting === 0 && data.file !== undefined && data.name === data.file
    const inner = failedInside.has(id) || data.details?.error?.failureType === 'subtestsFailed'
    if ((data.details?.type === 'suite' && !(type === 'test:fail' && !inner)) || (type === 'test:fail' && inner)) return
    if (isFile && type === 'test:pass') return
    const state = data.skip || data.todo ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed'
    const thrown = data.details?.error?.cause ?? data.details?.error
    write({
      kind: 'test',
      file: data.file ?? null,
      titles: isFile ? [] : titles,
      state,
      ms: data.details?.duration_ms ?? null,
      error: state === 'failed' ? plain(thrown) : null,
    })
  }
}
