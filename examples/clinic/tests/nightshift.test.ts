import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

interface Fixture {
  id: string
  request: { method: string; path: string; headers?: Record<string, string>; body?: string | null }
  expect: { status: number }
}

/** Requests that failed once, one file each: data only, replayed against a freshly filled service. */
const FOLDER = new URL('./nightshift/', import.meta.url)

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : []
const fixtures: Fixture[] = files.sort().map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')))

test('each file is named after its fixture', () => {
  assert.deepEqual(
    fixtures.map(({ id }) => `${id}.json`),
    files,
  )
})

for (const { id, request, expect } of fixtures) {
  test(id, async (t) => {
    const clinic = await startClinic()
    t.after(clinic.stop)
    const { method, path, headers = {}, body = null } = request
    const response = await clinic.send(path, { method, headers, body })
    assert.equal(response.status, expect.status)
  })
}
