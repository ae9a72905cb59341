import ts from 'typescript'
import { incoming, isSent } from './request.ts'
import type { Sender } from './sender.ts'
import type { Source } from './source.ts'
import { bare } from './syntax.ts'

/** Conversions: their value is decided by what they are given. */
const CONVERTS =
  /^(?:String|Array|decodeURI(?:Component)?|unescape|atob|Buffer\.(?:from|concat)|Array\.from|Object\.(?:values|keys|entries|fromEntries)|JSON\.(?:parse|stringify)|(?:qs|querystring)\.parse|URL|URLSearchParams|TextDecoder|Uint8Array)$/
/** Methods whose value is decided by what they are called on. */
const DERIVES =
  /^(?:trim\w*|toString|slice|subst(?:r|ring)|split|join|replace(?:All)?|to(?:Lower|Upper)Case|get|getAll|at|concat|decode|pop|shift|text|json|then|entries|values|keys|normalize)$/
/** `readText(req)`, `getRawBody(req)`, `text(req)`: what they are given is the request, what they give is what it holds. */
const READS =
  /^(?:(?:read|get|parse|receive|collect|consume)_?)?(?:req(?:uest)?_?)?(?:raw_?)?(?:text|body|json|payload|buffer|string)(?:Of|From|Text|String)?$/i
const SERVICE = /^(?:fetch|axios|got|ky|needle|superagent)\b/
const FILE = /\bread(?:File|Json|dir)?(?:Sync)?$|^fs\b/

/** Who decided what a call gives. */
export function calledSender(
  source: Source,
  call: ts.CallExpression | ts.NewExpression,
  follow: (next: ts.Expression) => Sender,
): Sender {
  const callee = bare(call.expression)
  const text = callee.getText().replace(/\s+/g, ' ').slice(0, 60)
  const given = [...(call.arguments ?? [])]
  if (CONVERTS.test(text)) return together(given.map(follow))
  const member = ts.isPropertyAccessExpression(callee) ? callee : null
  const name = member ? member.name.text : text
  const kind = member && incoming(source, member.expression)
  if (kind && isSent(kind, name)) return { by: 'caller' }
  if (READS.test(name) && given.some((value) => incoming(source, value) !== null)) return { by: 'caller' }
  if (SERVICE.test(text)) return other(`${text}() is another service's answer`)
  if (FILE.test(text)) return other(`${text}() reads a file`)
  if (member && !kind && (DERIVES.test(name) || ts.isNewExpression(bare(member.expression)))) {
    // `new TextDecoder().decode(bytes)` is decided by its argument, `text.trim()` by its receiver.
    const receiver = follow(member.expression)
    return receiver.by === 'nobody' && name === 'decode' ? together(given.map(follow)) : receiver
  }
  return other(`what ${text}() gives is not shown to be what the caller sent`)
}

const other = (why: string): Sender => ({ by: 'other', why })

/** One part from elsewhere and nobody can say whose mistake it was. */
export function together(senders: Sender[]): Sender {
  const foreign = senders.find((sender) => sender.by === 'other')
  return foreign ?? senders.find((sender) => sender.by === 'caller') ?? { by: 'nobody' }
}
