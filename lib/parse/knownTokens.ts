import { isAlphanumeric, isTokenCode, replaceSpans, runs, type Span } from './spans.ts'

/**
 * Credentials that are known by their look, wherever they stand. Prefixes and lengths are the issuers' published
 * formats; the lengths are lower bounds, so that a longer new format is caught as well.
 */
const KNOWN: { prefixes: string[]; kind: string; rest: number; dots?: boolean }[] = [
  { prefixes: ['AKIA', 'ASIA', 'AROA', 'AIDA', 'ABIA'], kind: 'aws-key', rest: 16 },
  { prefixes: ['ghp_', 'gho_', 'ghu_', 'ghr_', 'github_pat_'], kind: 'github-token', rest: 20 },
  // Since 2026 an App's token is a JWT behind its prefix, with the dots of one.
  { prefixes: ['ghs_'], kind: 'github-token', rest: 20, dots: true },
  { prefixes: ['glpat-', 'gldt-', 'glrt-'], kind: 'gitlab-token', rest: 16 },
  { prefixes: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxo-', 'xapp-'], kind: 'slack-token', rest: 10 },
  { prefixes: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'], kind: 'stripe-key', rest: 8 },
  { prefixes: ['sk-'], kind: 'api-key', rest: 20 },
  { prefixes: ['sb_secret_', 'sbp_', 'sbs_'], kind: 'supabase-key', rest: 16 },
  { prefixes: ['SG.'], kind: 'sendgrid-key', rest: 20, dots: true },
  { prefixes: ['npm_'], kind: 'npm-token', rest: 30 },
  { prefixes: ['AIza'], kind: 'google-key', rest: 30 },
  { prefixes: ['ya29.'], kind: 'google-token', rest: 20, dots: true },
  { prefixes: ['sntryu_', 'sntrys_'], kind: 'sentry-token', rest: 20 },
  {
    prefixes: ['dop_v1_', 'doo_v1_', 'shpat_', 'shpss_', 'hf_', 'pypi-', 'dckr_pat_', 'nfp_'],
    kind: 'token',
    rest: 20,
  },
  { prefixes: ['AGE-SECRET-KEY-1'], kind: 'private-key', rest: 20 },
]

const JWT = 'eyJ'
const rules = new Map(KNOWN.flatMap((rule) => rule.prefixes.map((prefix) => [prefix, rule] as const)))
const ANY = new RegExp([JWT, ...rules.keys()].map((prefix) => prefix.replace('.', '\\.')).join('|'), 'g')
const DOT = 0x2e

/** Replaces every known credential by its kind: `[github-token]`, `[jwt]`. Linear. */
export function redactKnownTokens(text: string): string {
  const spans: Span[] = []
  const tokenEnd = runs(text, isTokenCode)
  const dottedEnd = runs(text, (code) => isTokenCode(code) || code === DOT)
  let done = 0
  for (const match of text.matchAll(ANY)) {
    const from = match.index
    if (from < done || !startsWord(text, from)) continue
    const rule = rules.get(match[0])
    if (!rule) {
      const first = tokenEnd(from)
      const to = jwtEnd(text, from, first)
      if (to > from) spans.push({ from, to, by: '[jwt]' })
      done = Math.max(to, first)
      continue
    }
    const to = rule.dots ? dottedEnd(from) : tokenEnd(from)
    if (to - from < match[0].length + rule.rest) continue
    spans.push({ from, to, by: `[${rule.kind}]` })
    done = to
  }
  return replaceSpans(text, spans)
}

/** Three runs joined by dots, the last one may be empty; 0 when it is no JWT. */
function jwtEnd(text: string, from: number, first: number): number {
  if (first - from < 10 || text.charCodeAt(first) !== DOT) return 0
  const second = tokenRun(text, first + 1)
  if (second - first < 5) return 0
  return text.charCodeAt(second) === DOT ? tokenRun(text, second + 1) : second
}

function tokenRun(text: string, from: number): number {
  let at = from
  while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1
  return at
}

/** Not inside a word, unless the two letters before it are percent-encoding (`%3Dghp_…`). */
function startsWord(text: string, at: number): boolean {
  return at === 0 || !isAlphanumeric(text.charCodeAt(at - 1)) || text[at - 3] === '%'
}
