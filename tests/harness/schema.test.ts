import { expect, test } from 'vitest'
import { schemaOf } from '../../lib/harness/services/schema.ts'
import { openSession } from '../../lib/harness/services/wire.ts'
import { workspaceOf } from './collecting.ts'

const AUTH = 'supabase (roles, auth)'

test.each<[string, string[], string[]]>([
  ['nothing', ['README.md'], []],
  [
    'Supabase',
    ['supabase/migrations/2.sql', 'supabase/migrations/1.sql', 'supabase/seed.sql', 'migrations/0.sql'],
    [AUTH, 'supabase/migrations/1.sql', 'supabase/migrations/2.sql', 'supabase/seed.sql'],
  ],
  [
    'plain migrations, and the ones that undo them',
    ['migrations/1_a.up.sql', 'migrations/1_a.down.sql', 'migrations/seed.sql', 'migrations/x.js'],
    ['migrations/1_a.up.sql', 'migrations/seed.sql'],
  ],
  ['a seed alone', ['seed.sql'], ['seed.sql']],
])('what makes the schema: %s', async (_name, paths, expected) => {
  const workspace = await workspaceOf(Object.fromEntries(paths.map((path) => [path, 'select 1'])))
  expect((await schemaOf(workspace)).map(({ path }) => path)).toEqual(expected)
})

test('a server that is not there is said to be missing', async () => {
  await expect(openSession(1, 'postgres', 'app')).rejects.toThrow('ECONNREFUSED')
})
