import { passThrough } from '../tests/passThrough.ts'
import { startPostgres } from './postgres.ts'

/** `node run.ts <program> <arguments>` in the workspace: the program beside a PostgreSQL of its own; its exit status. */
const argv = process.argv.slice(2)

async function run(): Promise<number> {
  try {
    const postgres = await startPostgres(process.cwd())
    const env = Object.entries(postgres.env).map(([name, value]) => `${name}=${value}`)
    const status = await passThrough({ program: '/usr/bin/env', args: [...env, ...argv] })
    await postgres.stop()
    return status
  } catch (error) {
    process.stderr.write(`nightshift: the service postgres failed: ${error instanceof Error ? error.message : error}\n`)
    return 125
  }
}

process.exitCode = await run()
