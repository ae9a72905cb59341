import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { filesIn, inWorkspace } from '../spots.ts'

/** Which folder an import path is, and which file a test stands in. */
export interface Packages {
  /** Null for a package that is not the repository's. */
  folderOf(importPath: string): string | null
  /** `example.com/shop/pkg/cart.go` of a coverage profile. */
  fileOf(imported: string): string | null
  testFile(folder: string, test: string): string | null
  /** A frame's file: absolute, or a bare name beside the test. */
  place(file: string, folder: string | null): string | null
}

const SOURCE_MAX = 1024 ** 2

export async function readPackages(workspace: string): Promise<Packages> {
  const files = await filesIn(workspace, (name) => name === 'go.mod' || name.endsWith('.go'))
  const known = new Set(files)
  const modules: { name: string; folder: string }[] = []
  const tests = new Map<string, string>()
  for (const path of files) {
    const text = /(?:^|\/)go\.mod$|_test\.go$/.test(path)
      ? await readFile(join(workspace, path), 'utf8').catch(() => '')
      : ''
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    if (path.endsWith('.go')) {
      for (const [, name] of text.slice(0, SOURCE_MAX).matchAll(/^func ((?:Test|Benchmark|Example|Fuzz)\w*)\(/gm)) {
        tests.set(`${folder} ${name}`, path)
      }
    } else {
      const name = /^module\s+"?([^\s"]{1,500})/m.exec(text)?.[1]
      if (name) modules.push({ name, folder })
    }
  }
  // The innermost module owns a package.
  modules.sort((a, b) => b.name.length - a.name.length)
  const below = (imported: string): string | null => {
    const owner = modules.find(({ name }) => imported === name || imported.startsWith(`${name}/`))
    return owner ? posix.join(owner.folder, imported.slice(owner.name.length + 1)).replace(/^\.$/, '') : null
  }
  const held = (path: string | null): string | null => (path !== null && known.has(path) ? path : null)
  return {
    // Tests of a package from outside it are named `shop_test` or `shop.test`.
    folderOf: (imported) => below(imported.replace(/(?:_test|\.test)$/, '')),
    fileOf: (imported) => held(below(imported)),
    testFile: (folder, test) => tests.get(`${folder} ${test}`) ?? null,
    place: (file, folder) => held(inWorkspace(file, workspace, file.includes('/') ? '' : (folder ?? ''))),
  }
}
