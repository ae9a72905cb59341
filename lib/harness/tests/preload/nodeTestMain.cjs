'use strict'
const { spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { isMainThread } = require('node:worker_threads')
const { filesHere } = require('./narrow.cjs')
const { settingsIn } = require('./report.cjs')

/** What a process that may run `node:test` is told: by `--test`, by `run()`, or as a file that holds tests. */
exports.begin = (path, name, main) => {
  // What another process started for its tests is told by that one.
  if (process.env.NODE_TEST_CONTEXT) return
  require('./nodeTest.cjs').watch(path)
  const settings = settingsIn(path)
  if (settings.only === null || !isMainThread) return
  if (process.execArgv.includes('--test')) {
    // Behind the options stand the patterns, and nothing else.
    const files = filesHere(settings, process.argv.slice(1))
    if (files) process.argv.splice(1, process.argv.length, ...files)
  } else if (name === 'borp' || (name === undefined && callsRun(main))) narrowRun(settings)
}

/** Loading the runner takes a while: only where the program itself speaks of it. */
function callsRun(main) {
  try {
    const text = readFileSync(main, 'utf8')
    return /['"]node:test['"]/.test(text) && /\brun\b/.test(text)
  } catch {
    return false
  }
}

/**
 * Patterns of names in the options of a process that calls `run()` are held against its files. What Node has read it has
 * read, so it starts again without them; they are handed to `run()`, which gives them to each file.
 */
function narrowRun(settings) {
  const PATTERNS = / ?--test-name-pattern=\S+/g
  const options = process.env.NODE_OPTIONS ?? ''
  if (PATTERNS.test(options) && !process.send) {
    const env = { ...process.env, NODE_OPTIONS: options.replace(PATTERNS, '') }
    const args = [...process.execArgv, ...process.argv.slice(1)]
    process.exit(spawnSync(process.execPath, args, { env, stdio: 'inherit' }).status ?? 1)
  }
  const nodeTest = require('node:test')
  const { run } = nodeTest
  const files = filesHere(settings, [])
  const testNamePatterns = settings.patterns.map((pattern) => new RegExp(pattern))
  const names = testNamePatterns.length > 0 ? { testNamePatterns } : {}
  nodeTest.run = ({ globPatterns, ...given } = {}) =>
    run({ ...given, ...names, ...(files ? { files } : { globPatterns }) })
  require('node:module').syncBuiltinESMExports()
}
