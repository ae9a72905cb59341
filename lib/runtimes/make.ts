import { join, type Tree } from './tree.ts'

const NAMES = ['Makefile', 'makefile', 'GNUmakefile']
const LINE_MAX = 2000

/** Targets of a folder's Makefile with their recipes, variables filled in; empty without one. */
export function makeTargets(tree: Tree, folder: string): Map<string, string[]> {
  const targets = new Map<string, string[]>()
  const name = NAMES.find((one) => tree.has(join(folder, one)))
  if (name === undefined) return targets
  let recipe: string[] | null = null
  const variables = new Map<string, string>()
  const filled = (line: string) =>
    line.slice(0, LINE_MAX).replace(/\$[({]([\w.-]{1,60})[)}]/g, (whole, variable) => variables.get(variable) ?? whole)
  for (const line of tree.text(join(folder, name)).split('\n')) {
    const [, variable, value] = /^(?:export )?([\w.-]{1,60}) {0,9}[:?]{0,2}= {0,9}(.*)$/.exec(line.slice(0, 400)) ?? []
    if (variable !== undefined && value !== undefined) variables.set(variable, filled(value).slice(0, 400))
    if (recipe && line.startsWith('\t')) {
      recipe.push(filled(line.trim().replace(/^[@-]+/, '')))
      continue
    }
    const header = /^([\w./-]{1,100}(?: [\w./-]{1,100}){0,10})\s*:(?!=)/.exec(line)?.[1]
    if (header === undefined) {
      if (line.trim() !== '' && !line.startsWith('#')) recipe = null
      continue
    }
    recipe = []
    for (const target of header.split(' ')) if (!targets.has(target)) targets.set(target, recipe)
  }
  return targets
}

/** The targets people give their tests, the plainest first. */
const TESTS = ['test', 'tests', 'unit-test', 'unittest', 'test-unit', 'check']

/** `make test`, when such a target's recipe starts one of these programs. */
export function makeTest(targets: Map<string, string[]>, starts: RegExp): string | null {
  const found = TESTS.find((name) => targets.get(name)?.some((line) => starts.test(line)))
  return found === undefined ? null : `make ${found}`
}
