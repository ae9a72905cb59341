import type { Moment } from '../../lib/actions/why.ts'

/** Every row, oldest first; a refusal that came again and again with the same reason is told once, with how often. */
export function timelineOf(timeline: Moment[]): string[] {
  const lines: string[] = []
  for (let i = 0; i < timeline.length; ) {
    const first = timeline[i]!
    let last = i
    while (last + 1 < timeline.length && repeats(first, timeline[last + 1]!)) last++
    lines.push(...momentInWords(first))
    if (last > i) lines.push(`         again until ${timeline[last]!.at}, ${last - i + 1} times in all`)
    i = last + 1
  }
  return lines
}

const repeats = (a: Moment, b: Moment): boolean =>
  a.what === 'effect.refused' && b.what === a.what && a.body.key === b.body.key && a.body.reason === b.body.reason

function momentInWords({ seq, at, actor, what, body, decision }: Moment): string[] {
  const lines = [`${String(seq).padStart(6)}  ${at}  ${actor}  ${[what, aboutOf(body)].filter(Boolean).join(': ')}`]
  if (decision) {
    const { answer, reasons, policyVersion, from, until } = decision
    lines.push(
      `         ${answer}: ${reasons.join(' ')}`,
      `         policy ${policyVersion}, from ${from} until ${until}`,
    )
  }
  if (body.approval) lines.push(`         under approval ${String(body.approval)}`)
  if (body.receipt !== undefined) lines.push(`         read back: ${fieldsOf(body.receipt)}`)
  return lines
}

/** What is told elsewhere in the line, or is an id of ours that says nothing to a reader. */
const SAID = new Set(['key', 'kind', 'target', 'aim', 'class', 'tree', 'fix', 'approval', 'receipt', 'reason', 'why'])

function aboutOf(body: Record<string, unknown>): string {
  const { kind, target, aim, key, reason, why } = body
  const named = typeof key === 'string' ? key.replace(/^[0-9a-f]{12}:/, '') : ''
  const name = kind ? [kind, target].filter(Boolean).join(' to ') : named
  const rest = fieldsOf(Object.fromEntries(Object.entries(body).filter(([field]) => !SAID.has(field))))
  return [name, aim, reason ?? why, rest].filter(Boolean).map(String).join(', ')
}

/** `name value` for each field of something small; numbers and words as they are, the rest as JSON. */
function fieldsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .filter(([, field]) => field !== null)
    .map(([name, field]) => `${name} ${typeof field === 'object' ? JSON.stringify(field) : String(field)}`)
    .join(', ')
}
