'use strict'
const { onLoad } = require('./loaded.cjs')
const { plain, settingsIn, writer } = require('./report.cjs')

/** Deep enough for the file that a runner loads, below whatever that file calls to make a test. */
const FRAMES = 100

/**
 * Watches tape's tests themselves, since their TAP often goes into a pipe, to a program that draws it, and names no file.
 * Any program may load tape: there need not be a runner.
 */
exports.watch = (path, main) => {
  onLoad(/[\\/]tape[\\/]lib[\\/]test\.js$/, (Test) => {
    const listen = listener(writer(settingsIn(path).folder))
    return new Proxy(Test, {
      construct(target, args, as) {
        const test = Reflect.construct(target, args, as)
        try {
          listen(test, fileOf(main), [])
        } catch {}
        return test
      },
    })
  })
}

/** Begins to report a test and those it will hold, once it runs. */
function listener(write) {
  /** Tests that began, and are not told yet: one may fail after its end, by a plan that was not met. */
  const open = new Set()
  let isTold = false
  let thrown = null
  const tell = (one, error) => {
    open.delete(one)
    if (!isTold) write({ kind: 'runner', runner: 'tap' })
    isTold = true
    const failure = one.failure ?? error
    // What only holds other tests is none.
    if (one.holds && one.points === 0 && !failure) return
    const state = failure ? 'failed' : one.test._skip || one.test._todo ? 'skipped' : 'passed'
    write({ kind: 'test', file: one.file, titles: one.titles, state, ms: one.ms, error: failure })
  }
  const tellEnded = () => {
    for (const one of open) if (one.ms !== null) tell(one, null)
  }
  process.on('uncaughtExceptionMonitor', (error) => {
    thrown ??= error
  })
  // Before tape's own, which finds those that never ended and leaves at once.
  process.on('exit', (status) => {
    tellEnded()
    if (status === 0) return
    const error = plain(thrown ?? new Error('The process ended while this test ran.'))
    for (const one of open) if (one.began !== null) tell(one, error)
  })
  const leave = process.reallyExit
  process.reallyExit = function (...args) {
    try {
      for (const one of open) if (one.ms !== null || one.failure) tell(one, null)
    } catch {}
    return leave.apply(this, args)
  }
  return function listen(test, file, around) {
    const one = { test, file, titles: [...around, test.name], began: null, ms: null }
    Object.assign(one, { points: 0, holds: false, failure: null })
    test.on('prerun', () => {
      tellEnded()
      one.began = performance.now()
      open.add(one)
    })
    test.on('test', (inner) => {
      one.holds = true
      listen(inner, file, one.titles)
    })
    test.on('result', (result) => {
      if (typeof result !== 'object') return
      one.points += 1
      if (result.ok || result.todo) return
      one.failure ??= failureOf(result)
      open.add(one)
    })
    test.on('end', () => {
      one.ms = performance.now() - (one.began ?? performance.now())
    })
  }
}

/** A comparison has an error of its own making, `t.error` the one it was given. */
function failureOf({ actual, error, expected, name, operator }) {
  const own = error?.name !== 'Error' || operator === 'error' ? error?.name : null
  const values = operator === 'error' ? {} : { expected, actual }
  return plain({ name: own ?? 'AssertionError', message: String(name), stack: error?.stack, ...values })
}

/** The file whose loading made a test: the outermost of the repository's, but for the program that loads them all. */
function fileOf(main) {
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = FRAMES
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? '')
    const files = new Error().stack.filter((file) => /^(?:file:\/\/)?\//.test(file) && isOurs(file))
    return files.findLast((file) => !file.endsWith(main)) ?? files.at(-1) ?? null
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  }
}

const isOurs = (file) => !/[\\/]node_modules[\\/]/.test(file) && !file.includes(__dirname)
