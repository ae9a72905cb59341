'use strict'
const { settingsIn, writer } = require('./report.cjs')

/** A reporter as jasmine's command line loads one. */
module.exports = class {
  jasmineStarted() {
    this.write = writer(settingsIn(process.env.NIGHTSHIFT_NODE_TESTS).folder)
    this.write({ kind: 'runner', runner: 'jasmine' })
    this.suites = []
  }
  suiteStarted({ description }) {
    this.suites.push(description)
  }
  suiteDone() {
    this.suites.pop()
  }
  specDone({ description, filename, status, duration, failedExpectations }) {
    const [failed] = failedExpectations
    const state = status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped'
    const error = failed && { type: null, message: failed.message, stack: failed.stack }
    this.write({
      kind: 'test',
      file: filename ?? null,
      titles: [...this.suites, description],
      state,
      ms: duration ?? null,
      error,
    })
  }
}
