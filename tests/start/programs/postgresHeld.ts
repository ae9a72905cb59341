import { makeHome } from '../../../cli/home.ts'
import { startPostgres } from '../../../cli/postgres.ts'

/** Starts a server, says so, and waits to be killed. */
const home = process.argv[2] ?? ''
await makeHome(home)
await startPostgres({ home })
console.log('started')
setInterval(() => undefined, 1000)
