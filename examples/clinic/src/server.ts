import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './database.ts'

const config = readConfig(process.env)
const db = openDatabase(config.database)
const server = createApp({ db, directoryUrl: config.directoryUrl, production: config.production })

/** How long requests under way may take to end once the service is asked to. */
const PATIENCE_MS = 5000

server.listen(config.port, () => console.log(`clinic listens on ${(server.address() as AddressInfo).port}`))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS).unref()
  })
}
