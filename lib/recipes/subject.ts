import ts from 'typescript'
import { nameOf } from './model.ts'
import type { Origin } from './origin.ts'
import { bare, rootOf } from './syntax.ts'
import { thingIn, wordsOf } from './wording.ts'

/** Names that say how a thing was got, not what it is. */
const VAGUE = new Set([
  ...['row', 'rows', 'result', 'results', 'record', 'data', 'item', 'found', 'match', 'entry', 'doc', 'res', 'it'],
  ...['x', 'v', 'value', 'obj', 'object', 'existing', 'current', 'this', 'all', 'map', 'list', 'cache', 'index', 'id'],
  ...['store', 'db', 'database', 'repo', 'repository', 'table', 'collection', 'registry', 'sql', 'client', 'supabase'],
])

/** What people call the missing thing, from its name, else from what found it; null when neither says. */
export function thingOf(origin: Origin): string[] | null {
  const names = [nameFor(origin.subject), origin.value ? nameFor(bare(origin.value)) : null]
  for (const name of names) {
    const thing = name === null ? null : thingIn(name)
    if (thing && !(thing.length === 1 && VAGUE.has(thing[0]!))) return thing.filter((word) => !/^\d+$/.test(word))
  }
  return null
}

/** `practices.get(id)` → practices; `findPractice(id)` → findPractice; `byId[practiceId]` → practiceId's thing. */
function nameFor(node: ts.Expression): string | null {
  const at = bare(node)
  if (ts.isIdentifier(at)) return at.text
  if (ts.isPropertyAccessExpression(at)) return at.name.text
  if (ts.isElementAccessExpression(at)) {
    if (ts.isStringLiteralLike(at.argumentExpression)) return at.argumentExpression.text
    const of = nameFor(at.expression)
    if (of && !/^by|map$|index$|cache$/i.test(of)) return of
    const key = ts.isIdentifier(at.argumentExpression) ? wordsOf(at.argumentExpression.text) : []
    return key.length > 1 && /^(?:id|key|slug)$/.test(key.at(-1)!) ? key.slice(0, -1).join('_') : of
  }
  if (!ts.isCallExpression(at)) return nameOf(at).length < 40 && ts.isIdentifier(rootOf(at).root) ? nameOf(at) : null
  if (ts.isIdentifier(at.expression)) return at.expression.text
  if (!ts.isPropertyAccessExpression(at.expression)) return null
  const method = at.expression.name.text
  const thing = thingIn(method)
  if (thing && !VAGUE.has(thing.join(' ')) && !GENERIC.test(method)) return method
  return nameFor(at.expression.expression)
}

/** Methods of collections and query builders: what they are called on names the thing. */
const GENERIC =
  /^(?:get|find|findOne|findFirst|findUnique|findLast|at|shift|pop|single|maybeSingle|first|one|all|prepare|select|eq|where|limit|query|run|exec|execute|match|filter|then|from|values|next|item|lookup|load|fetch|read)$/

/** Who is asking is a matter of authentication: no recipe answers for it. */
export function isIdentity(thing: string[], origin: Origin): boolean {
  const last = thing.at(-1) ?? ''
  if (/^(?:session|auth|principal|claims|token|credentials|identity)$/.test(last)) return true
  const by = origin.value?.getText() ?? ''
  return (
    /^(?:user|account|viewer|me|member)$/.test(last) &&
    (origin.kind === 'input' || /auth|session|token|cookie/i.test(by))
  )
}
