import { expect, test } from 'vitest'
import { Manifest } from '../../lib/domain/manifest.ts'
import { detect } from '../../lib/runtimes/detect.ts'
import { proposeManifest } from '../../lib/runtimes/propose.ts'
import { listing, pkg, type Texts } from './repositories.ts'

const of = (files: Texts, command: string | null = null) => {
  const { runtimes, test: line } = detect(listing(files), command)
  return [line, ...runtimes.map(({ runtime, folder }) => (folder === '' ? runtime : `${runtime} in ${folder}`))]
}
const BOTH: Texts = {
  'package.json': pkg({ test: 'jest' }, ['jest']),
  'web/a.js': '',
  'setup.py': '',
  'a.py': '',
  'b.py': '',
  'test_a.py': 'import pytest',
  Makefile: 'check:\n\tgo vet\npy:\n\tpytest -q\n',
}

test.each<[string, Texts, string | null, (string | null)[]]>([
  ['an empty repository', {}, null, [null]],
  ['documents alone', { 'README.md': '', 'docs/a.md': '' }, null, [null]],
  ['two languages, the one with more files first', BOTH, null, ['python3 -m pytest', 'python', 'javascript']],
  ['the command decides', BOTH, 'npm test', ['npm test', 'javascript', 'python']],
  [
    'the command through the Makefile',
    { ...BOTH, 'c.js': '', 'd.js': '', 'e.js': '' },
    'make py',
    ['make py', 'python', 'javascript'],
  ],
  ['a command nobody knows', BOTH, './ci.sh', ['./ci.sh', 'python', 'javascript']],
  [
    'a back end and a front end in folders',
    {
      'api/go.mod': 'module a',
      'api/a_test.go': '',
      'web/package.json': pkg({ test: 'vitest run' }),
      'web/a.ts': '',
      'web/b.ts': '',
    },
    null,
    ['cd web && npm test', 'javascript in web', 'go in api'],
  ],
  [
    'tools in JavaScript beside a Go program',
    { 'package.json': pkg({}, ['husky']), 'go.mod': 'module a', 'a_test.go': '', 'a.js': '', 'b.js': '' },
    null,
    ['go test ./...', 'go', 'javascript'],
  ],
  [
    'dependencies and examples are not the project',
    {
      'Cargo.toml': '[package]',
      'src/lib.rs': '',
      'vendor/x/package.json': pkg({ test: 'jest' }),
      'examples/y/Cargo.toml': '',
    },
    null,
    ['cargo test', 'rust'],
  ],
])('%s', (_name, files, command, expected) => expect(of(files, command)).toEqual(expected))

test.each<[string, Texts, string[]]>([
  [
    'compose',
    { 'docker-compose.yml': 'services:\n  db:\n    image: postgres:16\n  c:\n    image: "bitnami/redis:7"\n' },
    ['postgres', 'redis'],
  ],
  [
    'a workflow',
    { '.github/workflows/ci.yml': '    services:\n      db:\n        image: postgis/postgis:15\n' },
    ['postgres'],
  ],
  ['GitLab', { '.gitlab-ci.yml': 'services:\n  - mysql:8\n  - name: mongo:6\n' }, ['mysql', 'mongodb']],
  ['Supabase', { 'supabase/config.toml': '' }, ['postgres']],
  ['an address', { '.env.example': 'DATABASE_URL=postgresql://u@localhost/x\n' }, ['postgres']],
  ['none', { 'docker-compose.yml': 'services:\n  web:\n    image: nginx\n', 'docs/redis.md': 'image: redis' }, []],
])('services: %s', (_name, files, expected) => {
  expect(detect(listing(files), null).services.map(({ name }) => name)).toEqual(expected)
})

test('a manifest of what was found is valid and says no more', () => {
  const found = detect(listing({ ...BOTH, 'docker-compose.yml': 'image: postgres\nimage: redis\n' }), 'npm test')
  const proposed = proposeManifest(found)
  expect(proposed).toMatchObject({
    install: 'npm install',
    test: { run: 'npm test', report: 'tap' },
    start: null,
    services: ['postgres'],
  })
  expect(Manifest.parse(JSON.parse(JSON.stringify(proposed)))).toEqual(proposed)
})

test.each<[string, Texts, string | null]>([
  ['go', { 'go.mod': 'module a', 'a_test.go': '' }, 'go-json'],
  ['java', { 'pom.xml': '', 'src/test/java/A.java': '' }, 'junit'],
  ['rust', { 'Cargo.toml': '', 'a.rs': '' }, 'cargo'],
  ['python', { 'test_a.py': 'def test_a(): pass' }, 'junit'],
  ['nothing', { 'README.md': '' }, null],
])('the report of %s', (_name, files, report) => {
  expect(proposeManifest(detect(listing(files), null))?.test.report ?? null).toBe(report)
})

test('texts that are made to be slow are read in linear time', () => {
  const long = `${'a '.repeat(100_000)}\n${'['.repeat(100_000)}\n${' '.repeat(100_000)}image:`
  const files = listing({
    'package.json': pkg(
      {
        test: `npm run ${'x '.repeat(50_000)}`,
        ...Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`s${at}`, `run-s s*`])),
      },
      [],
      { workspaces: ['**/**/**/**/**/**/**/**/x'] },
    ),
    [`${'a/'.repeat(200)}package.json`]: '{}',
    ...Object.fromEntries(
      ['pyproject.toml', 'tox.ini', 'Makefile', 'docker-compose.yml', 'go.work', 'pom.xml', 'test/a.js'].map((path) => [
        path,
        long,
      ]),
    ),
  })
  // Were any of them read in more than linear time, this would not end before the test's own limit.
  expect(detect(files, 'run-s s*').runtimes.length).toBeGreaterThan(0)
})
