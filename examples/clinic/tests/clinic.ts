import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seed } from '../scripts/seed.ts'
import { createApp } from '../src/app.ts'
import { openDatabase } from '../src/database.ts'
import type { Route } from '../src/router.ts'

/** A service of its own on a free port, with freshly filled tables. */
export async function startClinic(directoryUrl = 'http://127.0.0.1:9', table?: Route[]) {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-'))
  const path = join(folder, 'clinic.db')
  seed(path)
  const db = openDatabase(path)
  const server = createApp({ db, directoryUrl, production: false }, table)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    send: (path: string, init?: RequestInit) => fetch(base + path, init),
    get: (path: string) => answerOf(fetch(base + path)),
    post: (path: string, body: unknown) => answerOf(fetch(base + path, { method: 'POST', body: JSON.stringify(body) })),
    stop() {
      server.closeAllConnections()
      server.close()
      db.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function answerOf(answering: Promise<Response>) {
  const response = await answering
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
