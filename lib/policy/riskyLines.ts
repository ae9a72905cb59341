/** Changed lines that take a person's eyes (design, section 7, low risk). Read as text: a comment counts too. */
export interface RiskyFacts {
  path: string
  /** Lines that came and that went. */
  came: string[]
  went: string[]
  /** All text of the repository before, so that an import is only new when nobody had it. */
  before: string
}

export interface RiskyLine {
  path: string
  rule: 'outbound' | 'environment' | 'dependency' | 'telemetry' | 'auth' | 'deletion'
  why: string
}

const OUTBOUND =
  /\b(fetch|axios|got|ky|needle|superagent|sendBeacon|WebSocket|EventSource|XMLHttpRequest)\s*\(|\baxios\.\w+\s*\(|\bhttps?\.(get|request)\s*\(|\b(net|tls|dgram|dns|http2)\.\w+\s*\(|child_process/
const ENVIRONMENT = /\bprocess\s*(\??\.|\[)\s*['"]?env\b|\bimport\.meta\.env\b|\b(Deno|Bun)\.env\b/
const TELEMETRY =
  /\bSentry\b|capture(Exception|Message|Event)|beforeSend|opentelemetry|\btracer\b|\b(setStatus|recordException)\s*\(/i
const LOGGING = /\b(console|log|logger)\s*\.\s*\w+\s*\(/
/** `author` is no auth; `authorize` is. */
const AUTH = /auth(?!or(?!i[sz]))|session|passw|permission|isadmin|\bjwt|csrf|credential|\bcors\b/i
const DELETION =
  /\bdelete\s+from\b|\bdrop\s+(table|column|database|schema|index)\b|\btruncate\b|\.\s*(delete|deleteMany|deleteOne|destroy|remove|removeAll|unlink|unlinkSync|rm|rmSync|rmdir|rmdirSync)\s*\(/i
const IMPORT = /\b(?:from|import|require\s*\(|import\s*\()\s*['"]([^'"]+)['"]/

/** Every reason in the changed lines of one file; each rule is named once. */
export function riskyLines({ path, came, went, before }: RiskyFacts): RiskyLine[] {
  const lines: RiskyLine[] = []
  const say = (rule: RiskyLine['rule'], why: string, hit: boolean) => {
    if (hit) lines.push({ path, rule, why })
  }
  const all = [...came, ...went]
  say('outbound', 'It adds a call to the outside.', came.some(matches(OUTBOUND)))
  say('environment', 'It reads the environment.', came.some(matches(ENVIRONMENT)))
  say(
    'dependency',
    'It imports a package that was not used before.',
    came.some((line) => importsNew(line, before)),
  )
  say('telemetry', 'It changes what is reported.', all.some(matches(TELEMETRY)) || went.some(matches(LOGGING)))
  say('auth', 'It changes a line about sign-in or rights.', all.some(matches(AUTH)))
  say('deletion', 'It deletes data.', came.some(matches(DELETION)))
  return lines
}

const matches = (pattern: RegExp) => (line: string) => pattern.test(line)

/** Relative paths and the usual aliases are the repository's own files; built-in modules come with the runtime. */
function importsNew(line: string, before: string): boolean {
  const module = IMPORT.exec(line)?.[1]
  if (!module || /^(\.|\/|@\/|~\/|#|node:)/.test(module)) return false
  return !before.includes(`'${module}'`) && !before.includes(`"${module}"`)
}
