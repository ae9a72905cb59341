import type { Finding } from './finding.ts'
import { hiddenText } from './hidden.ts'
import { swallowed } from './integrityCatch.ts'
import { codeFindings } from './integrityCode.ts'
import { settingsChange, testFindings } from './integrityTests.ts'
import { codeOnly } from './integrityText.ts'
import { numberedChange } from './lines.ts'

export type Integrity = { ok: true } | { ok: false; findings: Finding[] }

/** Above this a diff is not read line by line by anybody, a policy included. The tree gate's own cap is 300. */
const MOST_LINES = 2000
const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|vue|svelte)$/

/**
 * Judges a patch (design, section 5.2). Both sides hold the whole texts of the *changed* files alone: a path only in
 * `before` is deleted, one only in `after` is new. The regression fixture, which is data, is left out by the caller.
 * Outbound calls, environment reads, new dependencies and deletions do not forbid a patch: they raise its risk (`risk.ts`).
 */
export function integrityOf(before: Record<string, string>, after: Record<string, string>): Integrity {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const findings = paths.flatMap((path) => judge(path, own(before, path), own(after, path)))
  return findings.length === 0 ? { ok: true } : { ok: false, findings }
}

const own = (texts: Record<string, string>, path: string): string | null =>
  Object.hasOwn(texts, path) ? (texts[path] ?? '') : null

function judge(path: string, before: string | null, after: string | null): Finding[] {
  if (before === after) return []
  const say = (line: number, rule: Finding['rule'], why: string): Finding => ({ path, line, rule, why })
  const settings = settingsChange(path)
  if (settings) return [say(0, 'test-settings', settings)]
  const [old, now] = [before ?? '', after ?? '']
  const change = numberedChange(old, now, MOST_LINES)
  if (!change) return [say(0, 'too-much', `It changes more than ${MOST_LINES} lines.`)]
  const found = hiddenText(change.came, CODE.test(path) ? codeOnly(now) : null)
  found.push(...testFindings(path, { before, after, change }))
  if (CODE.test(path))
    found.push(...codeFindings(change, codeOnly(old), codeOnly(now)), ...swallowed(path, codeOnly(old), codeOnly(now)))
  return found.map(({ line, rule, why }) => say(line, rule, why))
}
