import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fullDisk, inWords } from '../../cli/disk.ts'

const rooms = [
  { what: 'building the control room', folder: '/checkout', needsMb: 300 },
  { what: 'the state folder', folder: '/state', needsMb: 1000 },
]

test.each([
  ['plenty everywhere', { '/checkout': 9000, '/state': 9000 }, null],
  ['exactly enough', { '/checkout': 300, '/state': 1000 }, null],
  [
    'one megabyte short in the checkout',
    { '/checkout': 299, '/state': 1000 },
    /building the control room needs 300 MB in \/checkout, and 299 MB/,
  ],
  [
    'one short in the state folder',
    { '/checkout': 300, '/state': 999 },
    /state folder needs 1000 MB in \/state.*NIGHTSHIFT_HOME=/,
  ],
  ['nothing at all', { '/checkout': 0, '/state': 0 }, /^The disk is too full/],
])('%s', async (_, free: Record<string, number>, says) => {
  const answer = await fullDisk(rooms, async (folder) => free[folder]!)
  if (says === null) expect(answer).toBeNull()
  else expect(answer).toMatch(says)
})

test('a folder that is not there yet is measured where it will be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ns-disk-'))
  const deep = join(folder, 'not/there/yet')
  expect(await fullDisk([{ what: 'it', folder: deep, needsMb: 1 }])).toBeNull()
  expect(await fullDisk([{ what: 'it', folder: deep, needsMb: 10 ** 9 }])).toMatch(`in ${deep}, and `)
  await rm(folder, { recursive: true })
})

test.each([
  ['ENOSPC: no space left on device, write', true],
  ['could not write to file "base/1": No space left on device', true],
  ['EDQUOT: disk quota exceeded', true],
  ['Port 3000 is in use by another program.', false],
])('%s', (said, full) => {
  const words = inWords(new Error(said))
  expect(words.startsWith('The disk became full')).toBe(full)
  expect(words).toContain(said)
})
