import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildClinic } from '../history/build.ts'
import { renameText } from '../history/rename.ts'
import { CLINIC } from '../history/states.ts'
import { OTHER_WORDS, wordsFor } from '../history/words.ts'
import { copyOf, run, temporary } from './app.ts'

/** Every word of the app, in lower case, names taken apart; of a path its words too. */
function wordsOfApp(folder = ''): Set<string> {
  const words = new Set<string>()
  const add = (text: string) => {
    for (const [name] of text.matchAll(/[A-Za-z]+/g))
      for (const [part] of name.matchAll(/[A-Z]?[a-z]+|[A-Z]+/g)) words.add(part.toLowerCase())
  }
  for (const name of readdirSync(join(CLINIC, folder))) {
    if (['node_modules', 'data', 'package-lock.json', 'README.md'].includes(name)) continue
    const path = join(folder, name)
    add(path)
    if (statSync(join(CLINIC, path)).isDirectory()) for (const word of wordsOfApp(path)) words.add(word)
    else add(readFileSync(join(CLINIC, path), 'utf8'))
  }
  return words
}

test('no other word means something in the app already, and none stands for two things', () => {
  const taken = wordsOfApp()
  expect(OTHER_WORDS.filter((word) => taken.has(word))).toEqual([])
  expect(OTHER_WORDS).toHaveLength(new Set(OTHER_WORDS).size)
})

test('seeds differ, a seed stays what it is, and seed 0 changes nothing', () => {
  expect(wordsFor(0)).toEqual({})
  expect(wordsFor(7)).toEqual(wordsFor(7))
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => JSON.stringify(wordsFor(seed)))
  expect(new Set(seeds).size).toBe(10)
})

test('renaming twice by way of another app is renaming once', () => {
  const words = wordsFor(3)
  const text = readFileSync(join(CLINIC, 'src/routes/campaigns.ts'), 'utf8')
  expect(renameText(renameText(text, words), words)).toBe(renameText(text, words))
})

describe.each([1, 2])('the app in the words of seed %i', (seed) => {
  test('passes its suite and its typecheck', async () => {
    const repository = join(temporary(), 'clinic.git')
    const { main } = await buildClinic({ into: repository, rename: wordsFor(seed) })
    const folder = copyOf(repository, main)
    expect(run(folder, 'npm test').stdout).toMatch(/^# fail 0$/m)
    expect(run(folder, 'node_modules/.bin/tsc --noEmit')).toMatchObject({ status: 0, stdout: '' })
  })
})
