'use strict'
const { writeFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { filesHere } = require('./narrow.cjs')
const { settingsIn } = require('./report.cjs')

/** Jest's own JSON, besides what it prints; and where only some tests are wanted, its own filters. */
exports.add = (path, main) => {
  const settings = settingsIn(path)
  const { coverage, folder, only } = settings
  if (coverage) process.argv.push(...counting(folder))
  process.argv.push('--json', `--outputFile=${join(folder, `jest-${process.pid}.json`)}`)
  if (!only) return
  const files = filesHere(settings, process.argv.slice(2))
  // From version 30 on a filter answers with paths, before with objects.
  const { version } = require(join(dirname(dirname(main)), 'package.json'))
  const one = Number.parseInt(version, 10) >= 30 ? 'path' : '{ test: path }'
  const filter = join(folder, 'jest-filter.js')
  const code = `module.exports = (paths) => ({ filtered: paths.filter((path) => ${JSON.stringify(files ?? [])}.includes(path)).map((path) => (${one})) })`
  writeFileSync(filter, code)
  if (files) process.argv.push(`--filter=${filter}`)
  const names = only.flatMap(({ titles }) => (titles.length > 0 ? [exactly(titles)] : []))
  if (names.length === only.length) process.argv.push('-t', names.join('|'))
}

/** Jest compiles what it runs, so only it knows the lines. */
const counting = (folder) => [
  '--coverage',
  '--coverageProvider=v8',
  '--coverageReporters=json',
  `--coverageDirectory=${join(folder, 'istanbul')}`,
]

/** Titles joined as jest and vitest join them. */
const exactly = (titles) => `^${titles.join(' ').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`
exports.exactly = exactly
