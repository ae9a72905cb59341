import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../harness.ts'
import { shipping } from './release.ts'

const open: (() => unknown)[] = []
afterAll(() => Promise.all(open.map((close) => close())))

/** A far side whose reads lag behind: for a while it shows a branch as it was before our own push. */
test('a merge that shows up late is found before it is made a second time', async () => {
  const db = await freshDatabase()
  const s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(db.drop, s.close)
  const real = s.actor.code
  let lag = 0
  s.actor.code = (project) => {
    const code = real(project)
    return {
      ...code,
      async push(branch, sha, expected) {
        const pushed = await code.push(branch, sha, expected)
        if (branch === 'staging' && lag === 0) lag = 2
        return pushed
      },
      async head(branch) {
        if (branch === 'staging' && lag > 0) {
          lag -= 1
          return s.base
        }
        return code.head(branch)
      },
    }
  }
  await s.until('soaking')
  const merges = s.origin.git('log', '--first-parent', '--merges', '--format=%H', 'staging').split('\n')
  expect(merges).toHaveLength(1)
  const tries = await db.sql`select key, state from effects where kind = 'merge' order by at`
  expect(tries).toEqual([
    { key: '0123456789ab:merge:staging', state: 'failed' },
    { key: '0123456789ab:merge:staging#2', state: 'confirmed' },
  ])
})
