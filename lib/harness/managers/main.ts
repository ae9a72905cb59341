import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { passThrough } from '../tests/passThrough.ts'
import { type Asked, askedOf, type Manager } from './asked.ts'
import { membersAt, packageAt, rootOf } from './members.ts'

/**
 * `yarn` and `pnpm` on the PATH of a run: `main.ts <yarn|pnpm|corepack> <arguments>`. The programs themselves would ask
 * for state that only their own installs leave behind, or for another version of themselves; what test scripts use them
 * for is to start scripts and programs, here and in each member of a workspace. Dependencies stay as they are.
 */

const VERSION: Record<Manager, string> = { yarn: '1.22.22', pnpm: '10.20.0' }

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** What a line finds around it: programs of the packages from the folder up, and the names scripts ask for. */
function prelude(manager: Manager, folder: string, variables: Record<string, string>): string {
  const bins: string[] = []
  for (let at = folder; ; at = dirname(at)) {
    bins.push(join(at, 'node_modules/.bin'))
    if (dirname(at) === at) break
  }
  const agent = { npm_config_user_agent: `${manager}/${VERSION[manager]} npm/? node/${process.version}` }
  const all = Object.entries({ ...agent, ...variables }).map(([name, value]) => `${name}=${quoted(value)}`)
  return `PATH=${quoted(bins.join(':'))}:"$PATH"; export PATH ${all.join(' ')}; cd ${quoted(folder)} || exit 1; `
}

const shell = (line: string) => passThrough({ program: '/bin/sh', args: ['-c', line] })

/** A script with what stands before and after it, as npm runs it; null where the package has none of the name. */
async function script(manager: Manager, cwd: string, [name = '', ...args]: string[]): Promise<number | null> {
  const { folder, pkg } = packageAt(cwd)
  // pnpm: between slashes stands a pattern.
  const fits = /^\/(.+)\/$/.exec(name)?.[1]
  const names = Object.keys(pkg?.scripts ?? {}).filter((one) => (fits ? new RegExp(fits).test(one) : one === name))
  if (!pkg || names.length === 0) return null
  const steps = fits
    ? names.map((one) => ({ one, words: args }))
    : [`pre${name}`, name, `post${name}`].map((one) => ({ one, words: one === name ? args : [] }))
  for (const { one, words } of steps) {
    const line = pkg.scripts[one]
    if (line === undefined) continue
    const variables = { npm_lifecycle_event: one, npm_package_name: pkg.name, INIT_CWD: cwd }
    const status = await shell(`${prelude(manager, folder, variables)}${[line, ...words.map(quoted)].join(' ')}`)
    if (status !== 0) return status
  }
  return 0
}

/** Null: there is no such script. */
async function one(manager: Manager, { verb, words }: Asked, cwd: string): Promise<number | null> {
  const status = verb === 'program' ? null : await script(manager, cwd, words)
  if (status !== null || verb === 'script') return status
  return shell(`${prelude(manager, cwd, {})}exec ${words.map(quoted).join(' ')}`)
}

async function every(manager: Manager, asked: Asked, root: string, cwd: string): Promise<number> {
  const members = membersAt(root, cwd, asked.filters)
  // Of several, those without the script are passed over.
  const wanted: Asked = { ...asked, verb: asked.verb === 'either' && members.length !== 1 ? 'script' : asked.verb }
  let worst = 0
  let ran = false
  for (const { at } of members) {
    const status = await one(manager, wanted, join(root, at))
    ran ||= status !== null
    worst ||= status ?? 0
    if (worst !== 0 && asked.bail) return worst
  }
  if (ran || asked.ifPresent) return worst
  say(`nightshift: no member of the workspace has a script ${quoted(asked.words[0] ?? '')}`)
  return 1
}

/** In a run it changes nothing. In an install that is another manager's it would be taken for done. */
function installed(manager: Manager): number {
  say(`nightshift: ${manager} installs nothing here; dependencies are as they were shown`)
  return existsSync('/run/registry.sock') ? 127 : 0
}

async function run(manager: Manager, line: string[]): Promise<number> {
  const asked = askedOf(manager, line)
  if (asked.verb === 'version') process.stdout.write(`${VERSION[manager]}\n`)
  if (asked.verb === 'version') return 0
  if (asked.verb === 'install') return installed(manager)
  const cwd = resolve(asked.folder ?? '.')
  const root = rootOf(cwd)
  if (asked.where === 'every') return every(manager, asked, root, cwd)
  const status = await one(manager, asked, asked.where === 'root' ? root : cwd)
  if (status !== null || asked.ifPresent) return status ?? 0
  say(`nightshift: there is no script ${quoted(asked.words[0] ?? '')}`)
  return 1
}

async function main([program = '', ...line]: string[]): Promise<number> {
  if (program !== 'corepack') return run(program as Manager, line)
  const [name = '', ...rest] = line
  const manager = /^(yarn|pnpm)(?:@|$)/.exec(name)?.[1]
  return manager ? run(manager as Manager, rest) : 0
}

process.exitCode = await main(process.argv.slice(2))
