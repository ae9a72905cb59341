import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/**
 * Stands in for Vercel's command line and for what it deploys to: variables are kept in a file, `deploy --prod` builds the
 * folder it is called in and starts the build as a function host would, with what Vercel puts into every function. It is
 * run by the clone's own `npx vercel`. VERCEL_STAND_IN: its folder; _PORT: where production answers; _PRELOAD: a module.
 */
const home = process.env.VERCEL_STAND_IN ?? ''
const port = process.env.VERCEL_STAND_IN_PORT ?? ''
const variables = join(home, 'production.json')
const pidFile = join(home, 'production.pid')

const read = (): Record<string, string> => (existsSync(variables) ? JSON.parse(readFileSync(variables, 'utf8')) : {})

function addVariable(name: string, forced: boolean): void {
  const known = read()
  if (known[name] !== undefined && !forced) throw new Error(`A variable with the name ${name} already exists.`)
  const value = readFileSync(0, 'utf8')
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value === '') throw new Error(`${name} has no value.`)
  writeFileSync(variables, JSON.stringify({ ...known, [name]: value.replace(/\n$/, '') }), { mode: 0o600 })
}

function removeVariable(name: string): void {
  const { [name]: gone, ...rest } = read()
  if (gone === undefined) throw new Error(`There is no variable ${name}.`)
  writeFileSync(variables, JSON.stringify(rest), { mode: 0o600 })
}

/** What serves is asked to end, and insisted on. */
async function ended(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, tries < 50 ? 'SIGTERM' : 'SIGKILL')
    } catch {
      return
    }
    await sleep(200)
  }
}

/** Nothing of what production is told is told to the build but what is of every build. */
async function deploy(): Promise<void> {
  const base = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const next = join(process.cwd(), 'node_modules/next/dist/bin/next')
  await promisify(execFile)(process.execPath, [next, 'build'], { env: { ...base, ...read(), VERCEL: '1' } })
  if (existsSync(pidFile)) await ended(Number(readFileSync(pidFile, 'utf8')))
  const log = openSync(join(home, 'production.log'), 'a', 0o600)
  const preload = process.env.VERCEL_STAND_IN_PRELOAD
  const machines = { EMULATED_MACHINES: process.env.EMULATED_MACHINES ?? '' }
  const env = {
    ...base,
    ...read(),
    VERCEL: '1',
    ...(preload ? { NODE_OPTIONS: `--import=${preload}`, ...machines } : {}),
  }
  const argv = [next, 'start', '-p', port, '-H', '127.0.0.1']
  const child = spawn(process.execPath, argv, { env, detached: true, stdio: ['ignore', log, log] })
  writeFileSync(pidFile, String(child.pid))
  child.unref()
  const address = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${address}/api/health/live`).catch(() => null)
    if (answer) return console.log(`Production: ${address}`)
    await sleep(100)
  }
  throw new Error(`Production does not answer:\n${readFileSync(join(home, 'production.log'), 'utf8').slice(-4000)}`)
}

const [command, what, name = '', target, ...flags] = process.argv.slice(2)
mkdirSync(home, { recursive: true })
if (command === 'link') writeFileSync(join(home, 'linked'), process.cwd())
else if (!existsSync(join(home, 'linked'))) throw new Error('This folder is not linked to a project.')
else if (command === 'env' && what === 'add' && target === 'production') addVariable(name, flags.includes('--force'))
else if (command === 'env' && what === 'rm' && target === 'production' && flags.includes('--yes')) removeVariable(name)
else if (command === 'deploy' && what === '--prod') await deploy()
else throw new Error(`vercel ${process.argv.slice(2).join(' ')} is not stood in for.`)
