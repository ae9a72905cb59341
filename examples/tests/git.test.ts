import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildClinic } from '../history/build.ts'
import { git } from '../history/git.ts'
import { run, temporary } from './app.ts'

test('what git complains about is said', () => {
  expect(() => git(join(temporary(), 'none.git'), ['rev-parse', 'main'])).toThrow(
    /git rev-parse failed: fatal: not a git/,
  )
})

test("the caller's environment and configuration do not reach git", async () => {
  const { main } = await buildClinic({ into: join(temporary(), 'clinic.git') })
  const folder = temporary()
  const builder = join(import.meta.dirname, '../history/build.ts')
  const script = `import { buildClinic } from ${JSON.stringify(builder)}
    console.log((await buildClinic({ into: './clinic.git' })).main)`
  const { stdout } = run(folder, `printf '%s' "$SCRIPT" > build.mjs && node build.mjs`, {
    SCRIPT: script,
    GIT_DEFAULT_HASH: 'sha256',
    GIT_AUTHOR_NAME: 'Somebody Else',
    GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'init.defaultBranch',
    GIT_CONFIG_VALUE_0: 'trunk',
    TZ: 'Asia/Tokyo',
  })
  expect(stdout.trim()).toBe(main)
})
