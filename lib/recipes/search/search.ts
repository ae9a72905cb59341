import ts from 'typescript'
import type { RecipeAnswer, SearchInput } from '../../domain/repair.ts'
import { parseSource, type Source } from '../source.ts'
import { replaced } from '../swap.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Change, Operator } from './operator.ts'
import { OPERATORS } from './operators.ts'
import { order, type Ranked } from './ranking.ts'
import { isRepairable, openRepository } from './repository.ts'
import { suspicionOf } from './weights.ts'

/**
 * Candidate repairs for failing tests, the likeliest first: every operator is asked about every node of every suspicious
 * line. Pure; answers at most `most` candidates, each of which parses and changes one file.
 */
export function search(input: SearchInput, operators: Operator[] = OPERATORS): RecipeAnswer[] {
  const facts = factsOf(input.failures)
  const repository = openRepository(input.files)
  const found: Ranked[] = []
  const sources = new Map<string, Source>()
  for (const [path, weights] of suspicionOf(input.suspects)) {
    const text = input.files[path]
    if (text === undefined || !isRepairable(path, text)) continue
    const source = parseSource(path, text)
    if ('why' in source) continue
    sources.set(path, source)
    collect(source, weights, (node) => {
      for (const operator of operators) {
        for (const change of asked(operator, node, { source, repository, facts })) {
          found.push(ranked(source, weights, node, operator, change, facts))
        }
      }
    })
  }
  return chosen(order(found), sources, input.most)
}

type Weights = Map<number, number>

/** Every node that begins or ends on a suspicious line. */
function collect(source: Source, weights: Weights, each: (node: ts.Node) => void): void {
  const lineAt = (at: number): number => source.file.getLineAndCharacterOfPosition(at).line + 1
  const lines = [...weights.keys()].sort((a, b) => a - b)
  const [first = 0, last = 0] = [lines[0], lines.at(-1)]
  const visit = (node: ts.Node): void => {
    const from = lineAt(node.getStart())
    const to = lineAt(node.end)
    if (to < first || from > last) return
    if (weights.has(from) || weights.has(to)) each(node)
    if (!ts.isTypeNode(node)) ts.forEachChild(node, visit)
  }
  visit(source.file)
}

/** One operator that trips over odd source says nothing instead of ending the search. */
function asked(operator: Operator, node: ts.Node, site: Parameters<Operator['changes']>[1]): Change[] {
  try {
    return operator.changes(node, site)
  } catch {
    return []
  }
}

function ranked(
  source: Source,
  weights: Weights,
  node: ts.Node,
  operator: Operator,
  change: Change,
  { signs }: Facts,
): Ranked {
  const lineAt = (at: number): number => source.file.getLineAndCharacterOfPosition(at).line + 1
  const touched = [...change.swaps.map(({ from }) => lineAt(from)), lineAt(node.getStart())]
  const weight = Math.max(...touched.map((line) => weights.get(line) ?? 0))
  const said = Object.entries(operator.signs ?? {}).flatMap(([sign, times]) =>
    (signs as Set<string>).has(sign) ? [times as number] : [],
  )
  const boost = said.length > 0 ? Math.max(...said) : 1
  return {
    operator: operator.name,
    path: source.path,
    line: touched[0]!,
    score: weight * operator.prior * boost * (change.odds ?? 1),
    change,
  }
}

/** In order, those that change something, parse, and were not proposed before. */
function chosen(all: Ranked[], sources: Map<string, Source>, most: number): RecipeAnswer[] {
  const seen = new Set<string>()
  const answers: RecipeAnswer[] = []
  for (const { operator, path, line, score, change } of all) {
    if (answers.length >= most) break
    const source = sources.get(path)!
    const text = replaced(source.text, 0, change.swaps)
    const key = `${path}\n${text}`
    if (text === source.text || seen.has(key)) continue
    seen.add(key)
    if (!parses(source, text)) continue
    answers.push({
      ok: true,
      proposal: {
        recipe: `search/${operator}`,
        edits: [{ path, text }],
        summary: `${change.summary} (line ${line} of ${path}).`,
        assumes: ['the failing tests are right about what the code should do'],
        modelledOn: null,
        score,
      },
    })
  }
  return answers
}

function parses({ path }: Source, text: string): boolean {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false)
  // What the parser has against the file is kept on it, though the public type does not say so.
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: unknown[] }
  return parseDiagnostics.length === 0 && isGrammatical(file)
}

/** What only the checker would object to, and every engine does: `await` outside of an async function. */
function isGrammatical(file: ts.SourceFile): boolean {
  let fine = true
  const visit = (node: ts.Node, asynchronous: boolean): void => {
    if (ts.isAwaitExpression(node) && !asynchronous) fine = false
    const inside = ts.isFunctionLike(node)
      ? ts.canHaveModifiers(node) &&
        (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false)
      : asynchronous
    ts.forEachChild(node, (child) => visit(child, inside))
  }
  visit(file, true)
  return fine
}
