'use strict'
/**
 * Loaded into every Node process of a test run. It looks at which program was started and makes a test runner report
 * what it does; in any other process it does nothing. It must never break one: every step is guarded, nothing is printed.
 */
const { env } = process
const start = () => {
  const settings = env.NIGHTSHIFT_NODE_TESTS
  if (!settings || globalThis.__nightshiftTests) return
  globalThis.__nightshiftTests = true
  const main = process.argv[1] ? realpath(process.argv[1]) : ''
  // The last one: pnpm, Bun and npm's linked layout keep packages in a node_modules of their own below node_modules.
  const at = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](.*)$/.exec(main)
  const [, name, rest] = at ?? []
  require('./nodeTestMain.cjs').begin(settings, name, main)
  if (
    /^(?:mocha|tape|tap|ava|jasmine|uvu)$/.test(name ?? '') &&
    /^(?:bin|entrypoints|dist)/.test(rest) &&
    !process.send
  )
    require('./narrow.cjs').narrow(require('./report.cjs').settingsIn(settings))
  // Mocha also runs its tests in child processes and workers, whose main program is another.
  if (name === 'mocha' || env.MOCHA_WORKER_ID !== undefined || name === 'workerpool')
    require('./mocha.cjs').watch(settings)
  else if (name === undefined || /^(?:mocha|electron-mocha|nyc|c8|react-scripts|ts-mocha)$/.test(name))
    require('./mocha.cjs').watch(settings)
  require('./tape.cjs').watch(settings, main)
  if (/^(?:jest|jest-cli)$/.test(name ?? '') && /^bin[\\/]/.test(rest)) require('./jest.cjs').add(settings, main)
  if (name === 'react-scripts' && /^scripts[\\/]test/.test(rest)) require('./jest.cjs').add(settings, main)
  if (name === 'vitest') require('./vitest.cjs').add(settings)
  if (name === 'jasmine' && /^bin[\\/]/.test(rest)) process.argv.push(`--reporter=${require.resolve('./jasmine.cjs')}`)
  if (name === 'ava') require('./ava.cjs').add(settings)
  if (env.NODE_V8_COVERAGE && process.send) writeBeforeTheEnd()
  if (name === 'tap' && !process.argv.some((word) => /^(?:-R|--reporter)/.test(word)))
    process.argv.push('--reporter=tap')
}

/** Pools end their processes by a signal, and what V8 counted would go with them. */
function writeBeforeTheEnd() {
  process.once('SIGTERM', () => {
    require('node:v8').takeCoverage()
    process.exit(143)
  })
}

function realpath(path) {
  try {
    return require('node:fs').realpathSync(path)
  } catch {
    return path
  }
}

try {
  start()
} catch {}
