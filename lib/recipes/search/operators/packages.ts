import ts from 'typescript'
import { importsOf } from '../../imports.ts'
import { isRelative, specifierTo } from '../../specifiers.ts'
import { distance } from '../../spelling.ts'
import { type Change, type Operator, type Site, swapNode } from '../operator.ts'
import { fittingModules } from './runtimeModules.ts'

const MOST = 6

/** The wrong package: another dependency, a module of the runtime or of the repository, by what is taken from it. */
export const packages: Operator = {
  name: 'package',
  prior: 0.4,
  signs: { 'type-error': 2, 'name-error': 1.5, undefined: 1.3, kind: 1.2 },
  changes(node, site) {
    if (!ts.isImportDeclaration(node) && !ts.isVariableStatement(node)) return []
    const taken = importsOf(site.source.file).filter((one) => one.statement === node && !isRelative(one.specifier.text))
    const [first] = taken
    if (!first) return []
    const { specifier } = first
    const names = taken.flatMap(({ name, local }) => [name, local])
    const quote = specifier.getText()[0] ?? "'"
    return candidates(site, specifier.text, names, fittingModules(site.source.file, taken, specifier.text))
      .sort((a, b) => b.odds - a.odds)
      .slice(0, MOST)
      .map(
        ({ other, odds }): Change => ({
          swaps: [swapNode(specifier, quote + other + quote)],
          summary: `Imports ${names.at(-1)} from ${other}`,
          odds,
        }),
      )
  },
}

function candidates(
  { source, repository: { files, exportsOf } }: Site,
  now: string,
  names: string[],
  fitting: string[],
) {
  const shown = elsewhere(files, names)
  const all = new Set([...shown, ...fitting, ...dependenciesIn(files)])
  all.delete(now)
  const own = Object.keys(files)
    .filter((path) => path !== source.path && names.some((name) => exportsOf(path).includes(name)))
    .flatMap((path) => specifierTo(files, source.path, path, 'esm') ?? [])
    .map((other) => ({ other, odds: 1.5 }))
  const others = [...all].map((other) => ({
    other,
    // Another file that takes the same name from there says more than any likeness.
    odds: shown.has(other) ? 1.5 : (fitting.includes(other) ? 0.5 : 0) + likest(names, other),
  }))
  return [...own, ...others]
}

const likest = (names: string[], other: string): number =>
  Math.max(...names.map((name) => 0.2 + 0.9 * likeness(name, other)))

/** Packages from which other files take one of these names. */
function elsewhere(files: Record<string, string>, names: string[]): Set<string> {
  const found = new Set<string>()
  const wanted = names.filter((name) => name !== '*' && name !== 'default')
  for (const [path, text] of Object.entries(files)) {
    if (!/\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) || !wanted.some((name) => text.includes(name))) continue
    for (const { specifier, local, name } of importsOf(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)))
      if (!isRelative(specifier.text) && (wanted.includes(local) || wanted.includes(name))) found.add(specifier.text)
  }
  return found
}

function dependenciesIn(files: Record<string, string>): string[] {
  try {
    const { dependencies, peerDependencies } = JSON.parse(files['package.json'] ?? '{}') as Record<string, object>
    return Object.keys({ ...dependencies, ...peerDependencies })
  } catch {
    return []
  }
}

/** `callBound` is like `call-bound` and like `@scope/call-bound`. */
function likeness(name: string, specifier: string): number {
  const [a, b] = [folded(name), folded(specifier.split('/').at(-1) ?? specifier)]
  return 1 - Math.min(1, distance(a, b) / Math.max(a.length, b.length, 1))
}

const folded = (name: string): string =>
  name
    .replace(/^node:/, '')
    .replace(/[-_.]/g, '')
    .toLowerCase()
