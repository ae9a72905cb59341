import { createRequire } from 'node:module'

const { plain, settingsIn, writer } = createRequire(import.meta.url)('./report.cjs')

/** A reporter of `node:test`: one line for each test, nothing printed. Suites are no tests, unless one fails by itself. */
export default async function* nodeTest(source) {
  const { folder } = settingsIn(process.env.NIGHTSHIFT_NODE_TESTS)
  const write = writer(folder)
  write({ kind: 'runner', runner: 'node-test' })
  /** Names of what is open, by file and depth. */
  const open = new Map()
  const failedInside = new Set()
  for await (const { type, data } of source) {
    const key = data?.file ?? ''
    const path = open.get(key) ?? []
    if (type === 'test:start') {
      path.length = data.nesting
      path[data.nesting] = data.name
      open.set(key, path)
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const titles = [...path.slice(0, data.nesting), data.name]
    const id = `${key} ${titles.join(' > ')}`
    const parent = `${key} ${titles.slice(0, -1).join(' > ')}`
    if (type === 'test:fail' && data.nesting > 0) failedInside.add(parent)
    // A file that is run as a test of its own stands for what is in it.
    const isFile = data.nesting === 0 && data.file !== undefined && data.name === data.file
    const inner = failedInside.has(id) || data.details?.error?.failureType === 'subtestsFailed'
    if ((data.details?.type === 'suite' && !(type === 'test:fail' && !inner)) || (type === 'test:fail' && inner))
      continue
    if (isFile && type === 'test:pass') continue
    const state = data.skip || data.todo ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed'
    const thrown = data.details?.error?.cause ?? data.details?.error
    const error = state === 'failed' ? plain(thrown) : null
    write({
      kind: 'test',
      file: data.file ?? null,
      titles: isFile ? [] : titles,
      state,
      ms: data.details?.duration_ms ?? null,
      error,
    })
    yield ''
  }
}
