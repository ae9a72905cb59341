'use strict'
const { onLoad } = require('./loaded.cjs')
const { plain, settingsIn, wants, writer } = require('./report.cjs')

/** Watches mocha's runner the moment it is loaded, in the main process and in its workers. */
exports.watch = (path) => {
  onLoad(/[\\/]mocha[\\/]lib[\\/](?:runner|nodejs[\\/]parallel-buffered-runner)\.js$/, (Runner) => {
    patch(Runner, settingsIn(path))
  })
}

function patch(Runner, settings) {
  const { prototype } = Runner
  if (!prototype || !Object.hasOwn(prototype, 'run') || prototype.__nightshift) return
  prototype.__nightshift = true
  const run = prototype.run
  prototype.run = function (...args) {
    try {
      listen(this, settings)
    } catch {}
    return run.apply(this, args)
  }
}

function listen(runner, settings) {
  const inWorker = process.env.MOCHA_WORKER_ID !== undefined
  const wanted = wants(settings)
  if (settings.only && runner.suite) {
    keep(runner.suite, wanted)
    runner.total = runner.grepTotal ? runner.grepTotal(runner.suite) : runner.total
  }
  // What workers do is told again by the process that started them.
  if (inWorker) return
  const write = writer(settings.folder)
  write({ kind: 'runner', runner: 'mocha' })
  const row = (state, test, error) => {
    const titles = test.titlePath ? test.titlePath() : [test.title]
    write({
      kind: 'test',
      file: test.file ?? fileOf(test),
      titles,
      state,
      ms: test.duration ?? null,
      error: error && plain(error),
    })
  }
  runner.on('pass', (test) => row('passed', test))
  runner.on('pending', (test) => row('skipped', test))
  runner.on('fail', (test, error) => row('failed', test, error))
}

/** A hook that fails has no file of its own, but its suite does. */
function fileOf(test) {
  for (let at = test; at; at = at.parent) if (at.file) return at.file
  return null
}

function keep(suite, wanted) {
  suite.tests = suite.tests.filter((test) => wanted(test.file ?? fileOf(test), test.titlePath()))
  suite.suites = suite.suites.filter((inner) => {
    keep(inner, wanted)
    return inner.tests.length > 0 || inner.suites.length > 0
  })
}
