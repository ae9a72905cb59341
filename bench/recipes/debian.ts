import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkIntegrity, type Fetched, keyOf, once } from './fetch.ts'

export interface DebianPackage {
  name: string
  version: string
  integrity: string
  /** The folder below dist-packages that holds the sources and their tests. */
  folder: string
  /** Paths left out. */
  without: string[]
}

/** One folder of a Debian package, through the machine's own apt. */
export function fetchDebian(one: DebianPackage): Fetched {
  const folder = once(keyOf(one.name, one), (made) => {
    execFileSync('apt-get', ['download', '-q', `${one.name}=${one.version}`], { cwd: made, stdio: 'pipe' })
    const archive = join(made, readdirSync(made).find((name) => name.endsWith('.deb'))!)
    checkIntegrity(readFileSync(archive), one.integrity)
    const unpacked = join(made, 'unpacked')
    execFileSync('dpkg-deb', ['-x', archive, unpacked])
    mkdirSync(join(made, 'tree'))
    const from = join(unpacked, 'usr/lib/python3/dist-packages', one.folder)
    cpSync(from, join(made, 'tree', one.folder), { recursive: true })
    for (const path of one.without) rmSync(join(made, 'tree', path), { force: true })
    writeFileSync(join(made, 'tree', '.gitignore'), '__pycache__/\n.pytest_cache/\n')
    rmSync(unpacked, { recursive: true })
    rmSync(archive)
  })
  return { tree: join(folder, 'tree'), modules: null }
}
