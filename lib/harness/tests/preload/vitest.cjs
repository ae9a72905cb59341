'use strict'
const { join } = require('node:path')
const { exactly } = require('./jest.cjs')
const { narrow } = require('./narrow.cjs')
const { settingsIn } = require('./report.cjs')

/** Vitest's own JSON, besides what it prints. Its workers are told nothing: they are no programs of their own. */
exports.add = (path) => {
  const settings = settingsIn(path)
  const { folder, only } = settings
  narrow(settings)
  const words = process.argv
  if (!words.some((word) => /^--reporter/.test(word))) words.push('--reporter=default')
  words.push('--reporter=json', `--outputFile.json=${join(folder, `vitest-${process.pid}.json`)}`)
  if (!only) return
  const names = only.flatMap(({ titles }) => (titles.length > 0 ? [exactly(titles)] : []))
  if (names.length === only.length) words.push('-t', names.join('|'))
}
