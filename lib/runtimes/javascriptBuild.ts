import { startedBy } from './commandLine.ts'
import type { PackageJson } from './packageJson.ts'
import { below, join, type Tree } from './tree.ts'
import { isTestSource } from './wanted.ts'

/** Folders that compilers write to. */
const FOLDER = /^(?:\.\/)?(dist|build|out|lib|esm|cjs|compiled)\//
const SOURCES_MAX = 200

/**
 * What has to run before the tests: a build, where they run on its output and the output is not in the repository.
 * Null when the command builds by itself, by a `pretest` or in its own script.
 */
export function buildCommand(tree: Tree, folder: string, pkg: PackageJson, command: string): string | null {
  const started = startedBy(command, pkg.scripts)
  const builds = (line: string[]) =>
    /^(?:tsc|tsup|rollup|esbuild|swc|babel|webpack|vite|unbuild|tshy|microbundle)$/.test(line[0] ?? '')
  if (started.some(({ words, via }) => via.some((name) => /build|compile|pretest/.test(name)) || builds(words)))
    return null
  if (
    !needsOutput(
      tree,
      folder,
      pkg,
      started.map(({ words }) => words.join(' ')),
    )
  )
    return null
  // Not run by the command, or the script would have been met above.
  const script = ['pretest', 'build', 'compile', 'prepare', 'build:ts', 'prepack'].find((name) =>
    Object.hasOwn(pkg.scripts, name),
  )
  if (script) return `npm run ${script}`
  return tree.has(join(folder, 'tsconfig.json')) ? 'npx tsc' : null
}

function needsOutput(tree: Tree, folder: string, pkg: PackageJson, lines: string[]): boolean {
  const missing = (text: string) => {
    const output = FOLDER.exec(text)?.[1]
    return output !== undefined && !tree.holds(join(folder, output))
  }
  const words = lines.flatMap((line) => line.split(/\s+/)).map((word) => word.replace(/^.*=/, ''))
  if (words.some(missing)) return true
  const tests = below(tree, folder).filter(isTestSource).slice(0, SOURCES_MAX)
  return tests.some((path) => {
    for (const [, target = ''] of tree
      .text(path)
      .matchAll(/(?:from|require\(|import\()\s*['"]((?:\.\.\/){1,6}[^'"\n]{0,200}|\.\.)['"]/g)) {
      const output = target.replace(/^(?:\.\.\/)+/, '')
      if (missing(`${output}/`)) return true
      // `require('..')` is the package's own entry.
      if (/^(?:\.\.\/?)+$/.test(target) && missing(pkg.main)) return true
    }
    return false
  })
}
