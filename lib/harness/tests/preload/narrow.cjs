'use strict'
const { existsSync } = require('node:fs')
const { dirname, join } = require('node:path')

/** Options that stand by themselves; behind any other long one without `=` stands its value, which may well be a file. */
const ALONE =
  /^--(?:no-.*|allow-.*|list-.*|trace-.*|forbid-.*|disable-.*|bail|exit|recursive|check-leaks|parallel|inline-diffs|full-trace|async-only|colou?rs?|delay|diff|dry-run|fail-zero|fail-fast|invert|sort|watch|run|coverage|silent|globals|dom|typecheck|passWithNoTests|update|verbose|serial|tap|strict|debug|inspect|only)$/
const SHORT = /^-[rcpRutgfjC]$/

/**
 * Leaves a runner with the wanted files alone: words that name files, folders or patterns of them give way. Where a wanted
 * test has no file, all stays as it is.
 */
exports.narrow = (settings) => {
  const words = process.argv.slice(2)
  const files = exports.filesHere(settings, words)
  if (files === null) return
  const takes = (option) => SHORT.test(option) || (/^--[^=]+$/.test(option) && !ALONE.test(option))
  const kept = words.filter((word, at) => word.startsWith('-') || takes(words[at - 1] ?? '') || !isFile(word))
  process.argv.splice(2, words.length, ...kept, ...files)
}

const isFile = (word) => /[*{]|\.[cm]?[jt]sx?$/.test(word) || existsSync(word)

/**
 * The wanted files that a runner started here may have; null where all are to run. The runner of another package has none
 * of them: with nothing to do it ends well, since many would run everything they have, or fail for want of tests.
 */
exports.filesHere = ({ only, workspace }, words) => {
  const files = only?.map(({ file }) => file) ?? []
  if (files.length === 0 || files.includes(null)) return null
  const paths = [...new Set(files.map((file) => join(workspace, file)))]
  if (words.some((word) => /^(?:--[\w-]+=)?(?:\.\.|\/)/.test(word))) return paths
  const root = packageAround(process.cwd(), workspace)
  const here = paths.filter((path) => path.startsWith(`${root}/`))
  if (here.length === 0) process.exit(0)
  return here
}

function packageAround(folder, workspace) {
  for (let at = folder; at.startsWith(`${workspace}/`); at = dirname(at))
    if (existsSync(join(at, 'package.json'))) return at
  return workspace
}
