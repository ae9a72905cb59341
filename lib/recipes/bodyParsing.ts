import ts from 'typescript'
import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { answerFor, catching } from './answer.ts'
import { climb } from './climb.ts'
import { guardLines, layoutOf } from './guardText.ts'
import { type ParseSite, parseSiteOf } from './parseSite.ts'
import { parsedThing } from './parseThing.ts'
import { type Parsing, parsingOf } from './parsing.ts'
import type { Place } from './place.ts'
import { lineOf, parseSource } from './source.ts'
import { functionOf } from './syntax.ts'
import { attempted, attemptOf } from './tryText.ts'
import type { Types } from './types.ts'
import { withHelper } from './useHelper.ts'

/**
 * *Unguarded parsing of what a caller sent*: a body, a field or an address that cannot be read is answered as an error
 * of the service. The repair is a `try` around the parsing alone, which answers 400 in the manner of the file and
 * throws on everything but the parser's own error.
 */
export function bodyParsing(input: RecipeInput, types: () => Types): RecipeAnswer[] {
  const refuse = (why: string): RecipeAnswer[] => [{ ok: false, recipe: 'body-parsing', why }]
  const parsing = parsingOf(input.crash.type, input.crash.message)
  if (!parsing) return refuse('the message does not speak of text that cannot be parsed')
  const site = parseSiteOf(input, parsing)
  if ('why' in site) return refuse(site.why)
  const thing = parsedThing(site.source, site.value)
  const helped = withHelper(input, site, parsing, thing, types)
  const first: RecipeAnswer[] = helped ? [{ ok: true, proposal: helped }] : []
  const repaired = repair(site, parsing, thing)
  return 'why' in repaired ? (helped ? first : refuse(repaired.why)) : [...first, repaired]
}

function repair(site: ParseSite, parsing: Parsing, thing: string[]): RecipeAnswer | { why: string } {
  const { source, call } = site
  const place = placeOf(site, parsing)
  if ('why' in place) return place
  const attempt = attemptOf(source, call, place, thing)
  if ('why' in attempt) return attempt
  const says = [...thing, ...parsing.fault]
  const answer = answerFor(source, place, { kind: 'input', fromRequest: true }, thing, says)
  if ('why' in answer) return answer
  const { model, statements, status } = answer
  const caught = ['error', 'failure', 'reason'].find((name) => !statements.some((text) => mentions(text, name)))
  if (!caught) return { why: 'no free name for what is caught' }
  const layout = layoutOf(source, model, 1)
  const unknown = parsing.message
    ? `!(${caught} instanceof ${parsing.error}) || ${caught}.message !== ${source.style.quote}${parsing.message}${source.style.quote}`
    : `!(${caught} instanceof ${parsing.error})`
  const inside = [
    ...guardLines(layout, unknown, [`throw ${caught}${source.style.semicolon}`], source.style),
    ...statements.flatMap((text) => text.split(/\r?\n/)),
  ]
  const lines = [`} catch (${caught}) {`, ...inside.map((line) => source.style.unit + line), '}']
  const fixed = attempted(source, place, attempt, lines)
  if (typeof fixed !== 'string') return fixed
  if ('why' in parseSource(source.path, fixed)) return { why: 'the catch would not parse there' }
  const line = model ? lineOf(source.file, model.node.getStart()) : null
  const as = line === null ? 'no guard of the file says otherwise' : `as the guard on line ${line} answers`
  return {
    ok: true,
    proposal: {
      recipe: 'body-parsing',
      edits: [{ path: source.path, text: fixed }],
      summary: `Answers ${status} when the ${thing.join(' ')} ${parsing.fault.join(' ')}, instead of failing on reading it.`,
      assumes: [
        ...place.assumes,
        `the caller decides what ${short(call)} reads, so what cannot be read is the caller's mistake, and ${status} is the answer (${as})`,
      ],
      modelledOn: line === null ? null : { path: source.path, line },
    },
  }
}

const short = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ').slice(0, 80)

/** A name used in a text, as more than the key of an object. */
const mentions = (text: string, name: string): boolean => new RegExp(`(?<![.\\w'"])${name}\\b(?!\\s*:|['"])`).test(text)

function placeOf({ source, call, later }: ParseSite, parsing: Parsing): Place | { why: string } {
  const home = functionOf(call)
  if (!home) return { why: 'the failing line is not inside a function: there is nobody to answer' }
  if (ts.isConstructorDeclaration(home) || ts.isAccessor(home)) return { why: 'a constructor cannot answer early' }
  if ('asteriskToken' in home && home.asteriskToken) return { why: 'a generator does not answer' }
  if (later && !isAwaited(call)) return { why: 'its promise is not awaited there, so no catch would see it fail' }
  const climbed = climb(source, call, home)
  if ('why' in climbed) return climbed
  for (let at: ts.Node = call; at !== home; at = at.parent) {
    if (ts.isIterationStatement(at, false)) {
      return {
        why: `it is parsed in the loop on line ${lineOf(source.file, at.getStart())}: answering for one would hide the others`,
      }
    }
  }
  const around = catching(climbed.statement, home)?.catchClause
  if (around && new RegExp(`\\b${parsing.error}\\b`).test(around.getText())) {
    return { why: `${parsing.error} is already caught on line ${lineOf(source.file, around.getStart())}` }
  }
  return { side: 'before', beside: climbed.statement, fn: home, form: climbed.form, assumes: climbed.assumes }
}

function isAwaited(call: ts.Node): boolean {
  let at = call.parent
  while (ts.isParenthesizedExpression(at)) at = at.parent
  return ts.isAwaitExpression(at)
}
