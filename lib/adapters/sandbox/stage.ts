import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cp, lstat, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SystemPath } from './argv.ts'
import { exactly } from './environment.ts'
import { compilePrograms } from './programs.ts'
import { seccompFilter } from './seccomp.ts'

const execute = promisify(execFile)

/** Copies of ours that every run sees read-only. Copies, because a checkout may lie where the run's uid cannot read. */
export interface Stage {
  node: string
  programs: string
  typescript: string
  etc: string
  seccomp: string | null
}

export interface Sources {
  home: string
  /** Holds `bin/node`. */
  toolchain: string
  /** npm's own folder; looked for beside the toolchain and in the system's usual places when absent. */
  npm?: string
  /** Root of our own project. */
  programs: string
}

/** Makes `<home>/toolchain/<name>-<hash of the key>` once; a rename makes it whole or absent. */
export async function once(
  home: string,
  name: string,
  key: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(home, 'toolchain', `${name}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`)
  if (await stat(folder).catch(() => null)) return folder
  const draft = `${folder}.${randomUUID()}`
  try {
    await mkdir(draft, { recursive: true })
    await make(draft)
    await execute('/bin/chmod', ['-R', 'a+rX,go-w', draft], { env: exactly({}) })
    await rename(draft, folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Another process was first.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

/** Hash of every file's path and bytes. */
export async function contents(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const hash = createHash('sha256')
  for (const path of names.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${path.slice(folder.length)}\0`).update(await readFile(path))
  }
  return hash.digest('hex')
}

/** What the guest's /etc holds: no account of the host, and a name server that no route leads to (RFC 5737). */
export const ETC = {
  passwd:
    'root:x:0:0:root:/:/usr/sbin/nologin\nagent:x:1000:1000:agent:/home/agent:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n',
  group: 'root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost sandbox\n',
  'resolv.conf': 'nameserver 192.0.2.1\noptions timeout:1 attempts:1\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
}

async function findNpm({ toolchain, npm }: Sources): Promise<string> {
  const usual = [
    join(toolchain, 'lib/node_modules/npm'),
    '/usr/lib/node_modules/npm',
    '/usr/local/lib/node_modules/npm',
  ]
  for (const folder of npm === undefined ? usual : [npm]) {
    if (await stat(join(folder, 'bin/npm-cli.js')).catch(() => null)) return folder
  }
  throw new Error('npm is not installed beside Node.')
}

/** npm comes with Node; the other two are programs of ours that start what scripts start through them. */
const MANAGERS = ['yarn', 'pnpm', 'corepack']
const managerShim = (name: string) =>
  `#!/bin/sh\nexec /opt/node/bin/node /nightshift/lib/harness/managers/main.js ${name} "$@"\n`

async function stageNode(sources: Sources): Promise<string> {
  const { home, toolchain } = sources
  const npm = await findNpm(sources)
  const binary = join(toolchain, 'bin/node')
  const { size, mtimeMs } = await stat(binary)
  const manager = await readFile(join(npm, 'package.json'), 'utf8')
  return once(home, 'node', `${binary} ${size} ${mtimeMs} ${manager} ${MANAGERS.map(managerShim)}`, async (folder) => {
    await mkdir(join(folder, 'bin'))
    await mkdir(join(folder, 'lib/node_modules'), { recursive: true })
    await cp(binary, join(folder, 'bin/node'))
    await cp(npm, join(folder, 'lib/node_modules/npm'), { recursive: true })
    for (const [name, program] of [
      ['npm', 'npm-cli.js'],
      ['npx', 'npx-cli.js'],
    ] as const) {
      await symlink(`../lib/node_modules/npm/bin/${program}`, join(folder, 'bin', name))
    }
    for (const name of MANAGERS) await writeFile(join(folder, 'bin', name), managerShim(name), { mode: 0o755 })
  })
}

export async function stageAll(sources: Sources, arch: string): Promise<Stage> {
  const { home, programs } = sources
  const lib = join(programs, 'lib')
  const compiler = join(programs, 'node_modules/typescript')
  const copy = (from: string) => (folder: string) => cp(from, folder, { recursive: true })
  const filter = seccompFilter(arch)
  const etc = await once(home, 'etc', JSON.stringify(ETC) + filter?.toString('hex'), async (folder) => {
    for (const [name, text] of Object.entries(ETC)) await writeFile(join(folder, name), text)
    if (filter) await writeFile(join(folder, 'seccomp.bpf'), filter)
  })
  return {
    node: await stageNode(sources),
    programs: await once(home, 'programs', `js ${await contents(lib)}`, (folder) => compilePrograms(lib, folder)),
    typescript: await once(home, 'typescript', await readFile(join(compiler, 'package.json'), 'utf8'), copy(compiler)),
    etc,
    seccomp: filter && join(etc, 'seccomp.bpf'),
  }
}

/**
 * The host's programs and libraries, by folder: all of /usr would also show what people keep in /usr/src or
 * /usr/local, such as our own checkout in a container.
 */
export async function systemPaths(): Promise<SystemPath[]> {
  const found: SystemPath[] = []
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libexec', 'share']) {
    for (const path of [`/usr/${name}`, `/${name}`]) {
      const entry = await lstat(path).catch(() => null)
      if (entry?.isSymbolicLink()) found.push({ path, link: await readlink(path) })
      else if (entry?.isDirectory()) found.push({ path, link: null })
    }
  }
  for (const path of await settingsOfTools()) found.push({ path, link: null })
  return found
}

/** What Debian's Java and Maven keep in /etc and do not start without. Maven's own settings may name accounts: they stay out. */
async function settingsOfTools(): Promise<string[]> {
  const java = (await readdir('/etc').catch(() => [])).filter((name) => /^java-\d+-openjdk$/.test(name))
  const wanted = [...java.map((name) => `/etc/${name}`), '/etc/maven/m2.conf', '/etc/maven/logging']
  const there = await Promise.all(
    wanted.map((path) =>
      lstat(path).then(
        (entry) => !entry.isSymbolicLink(),
        () => false,
      ),
    ),
  )
  return wanted.filter((_, at) => there[at])
}
