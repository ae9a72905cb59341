import type { Risk, Tier } from '../domain/fix.ts'
import { changedLines } from './difference.ts'
import { concernsOf } from './integrity.ts'
import { riskyLines } from './riskyLines.ts'

/** Most files and changed lines of a low-risk fix (design, section 7). */
export const LOW_RISK = { files: 2, lines: 40 } as const

export interface RiskFacts {
  /** Files and changed lines besides the test. */
  files: number
  lines: number
  /** What reading the change found. */
  findings: { path: string; why: string }[]
  /** The route is declared critical in the manifest. */
  critical: boolean
  tier: Tier
  /** Values of the captured request that had to stay in the fixture. */
  kept: number
  /** A model wrote the test that shows the error; absent where it is the team's, or a captured request. */
  writtenTest?: boolean
}

/** Low risk is the absence of every reason; all of them are said. */
export function lowRisk({ files, lines, findings, critical, tier, kept, writtenTest }: RiskFacts): Risk {
  const reasons: string[] = []
  if (tier !== 'replayed' && tier !== 'tested') reasons.push('The error could not be reproduced.')
  if (!(files >= 0 && files <= LOW_RISK.files))
    reasons.push(`It changes ${files} files; low risk is at most ${LOW_RISK.files}.`)
  if (!(lines >= 0 && lines <= LOW_RISK.lines))
    reasons.push(
      `It changes ${lines > COUNTED ? `more than ${COUNTED}` : lines} lines; low risk is at most ${LOW_RISK.lines}.`,
    )
  if (critical) reasons.push('The route is declared critical.')
  if (kept !== 0)
    reasons.push(`The test holds ${kept} captured ${kept === 1 ? 'value' : 'values'} that a person has not seen.`)
  if (writtenTest)
    reasons.push('A model wrote the test that shows it: whether it asks for the right thing is for a person.')
  for (const finding of findings) reasons.push(`${finding.path}: ${finding.why}`)
  return { low: reasons.length === 0, reasons, files, lines }
}

export interface RiskInput {
  /** Text of the repository by path. */
  before: Record<string, string>
  /** New text of the edited files, without the test. */
  after: Record<string, string>
  critical: boolean
  tier: Tier
  kept: number
  writtenTest?: boolean
}

/** Lines are counted up to the tree gate's cap; beyond it the exact number changes nothing. */
const COUNTED = 300

/** The risk of a proven change, from its text. */
export function riskOf({ before, after, ...rest }: RiskInput): Risk {
  const known = Object.values(before).join('\n')
  let lines = 0
  const findings: RiskFacts['findings'] = []
  const paths = Object.keys(after).filter((path) => before[path] !== after[path])
  for (const path of paths) {
    const changed = changedLines(before[path] ?? '', after[path] ?? '', COUNTED)
    lines += changed ? changed.came.length + changed.went.length : COUNTED + 1
    if (changed) findings.push(...riskyLines({ path, ...changed, before: known }))
  }
  findings.push(...seenInTrees(before, after, paths, findings))
  return lowRisk({ files: paths.length, lines, findings, ...rest })
}

/** What only the syntax tree shows, such as a call under another name; what the lines showed already is not said twice. */
function seenInTrees(
  before: Record<string, string>,
  after: Record<string, string>,
  paths: string[],
  said: RiskFacts['findings'],
): RiskFacts['findings'] {
  const only = (texts: Record<string, string>) =>
    Object.fromEntries(paths.flatMap((path) => (Object.hasOwn(texts, path) ? [[path, texts[path] ?? '']] : [])))
  const key = ({ path, why }: RiskFacts['findings'][number]): string => `${path}: ${why}`
  const known = new Set(said.map(key))
  const found = concernsOf(only(before), only(after))
    .filter(
      (finding) => !known.has(key(finding)) && (finding.rule !== 'dependency' || isNewPackage(finding, before, after)),
    )
    .map(({ path, why }) => ({ path, why }))
  return [...new Map(found.map((finding) => [key(finding), finding])).values()]
}

/** A package is new to the repository, not to the file. JavaScript's were looked at line by line already. */
function isNewPackage(
  { path, line }: { path: string; line: number },
  before: Record<string, string>,
  after: Record<string, string>,
): boolean {
  const name = path.endsWith('.py') && /^\s*(?:from|import)\s+(\w+)/.exec(after[path]?.split('\n')[line - 1] ?? '')?.[1]
  if (!name) return false
  if (Object.keys(before).some((file) => file.startsWith(`${name}/`) || file === `${name}.py`)) return false
  return !Object.values(before).some((text) => text.includes(`import ${name}`) || text.includes(`from ${name}`))
}
