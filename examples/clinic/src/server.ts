import type { AddressInfo } from 'node:net'
import * as Sentry from '@sentry/node'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './database.ts'

const config = readConfig(process.env)
const db = openDatabase(config.database)
const server = createApp({ db, directoryUrl: config.directoryUrl, production: config.production })

/** How long requests and reports under way may take to end once the service is asked to. */
const PATIENCE_MS = 2000

server.listen(config.port, () => console.log(`clinic listens on ${(server.address() as AddressInfo).port}`))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => Sentry.flush(PATIENCE_MS).then(() => process.exit(0)))
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS).unref()
  })
}
