'use strict'
const { existsSync } = require('node:fs')
const { join } = require('node:path')

/** Options whose value is the next word, and may well be a file. */
const TAKES =
  /^(?:--(?:require|import|loader|experimental-loader|config|file|reporter|project|env-file|package|tsconfig|opts|ui|extension|ext|root|dir|grep|fgrep|timeout|jobs|node-arguments|spec|helper)|-[rcpRutgfj])$/

/**
 * Leaves a runner with the wanted files alone: words that name files, folders or patterns of them give way. Where a wanted
 * test has no file, all stays as it is.
 */
exports.narrow = ({ only, workspace }) => {
  const files = only?.map(({ file }) => file) ?? []
  if (files.length === 0 || files.includes(null)) return
  const words = process.argv.slice(2)
  const kept = words.filter((word, at) => word.startsWith('-') || TAKES.test(words[at - 1] ?? '') || !isFile(word))
  process.argv.splice(2, words.length, ...kept, ...new Set(files.map((file) => join(workspace, file))))
}

const isFile = (word) => /[*{]|\.[cm]?[jt]sx?$/.test(word) || existsSync(word)
