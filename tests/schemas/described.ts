import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Exchange, Heard } from '../../emulators/service.ts'

type Schema = Record<string, unknown>

interface Operation {
  /** `METHOD /path/{with}/names`. */
  name: string
  /** `isLong`: it may have slashes in it. */
  parameters: { name: string; in: string; required: boolean; schema: Schema; isLong?: boolean }[]
  body: Schema | null
  isBodyRequired: boolean
  /** By status; null: nothing is said of the body. */
  responses: Record<string, Schema | null>
}

interface Description {
  operations: Operation[]
  schemas: Record<string, Schema>
}

export interface Manner {
  /** Where its paths begin. */
  prefix: string | RegExp
  /** What any call may be refused with, besides what its operation names. */
  refusal: { statuses: (status: number) => boolean; schema: Schema }
  /** Parameters of queries that are used although they are described nowhere. */
  undescribed?: readonly string[]
  /** Requests that are looked at, and not their answers alone: what a test asks by itself is its own affair. */
  isOurs?: (heard: Heard) => boolean
  /** What is said is as described; what is left out is no fault. */
  saysLess?: boolean
}

/** A service as its vendor describes it: what is wrong with an exchange, in words. */
export function described(
  file: string,
  { prefix, refusal, undescribed = [], isOurs = () => true, saysLess = false }: Manner,
) {
  const { operations, schemas } = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Description
  const compiled = new Map<string, ValidateFunction>()
  const compilerOf = (of: Record<string, Schema>, options: Options): Ajv2020 => {
    const made = new Ajv2020({ strict: false, allErrors: true, logger: false, ...options })
    addFormats.default(made)
    return made.addSchema({ $id: 'all', schemas: named(of, (one) => strict(one as Schema, of, true)) })
  }
  const bodies = compilerOf(schemas, {})
  /** Of what an address carries everything is text. */
  const texts = compilerOf(schemas, { coerceTypes: 'array' })
  const answers = saysLess ? compilerOf(named(schemas, demandless) as typeof schemas, {}) : bodies

  function problems(key: string, schema: Schema, value: unknown, by = bodies, isPart = false): string[] {
    const check = compiled.get(key) ?? by.compile(strict(schema, schemas, isPart))
    compiled.set(key, check)
    if (check(value)) return []
    return (check.errors ?? []).slice(0, 6).map(({ instancePath, message, params, keyword }) => {
      const extra = keyword.startsWith('unevaluated') || keyword === 'additionalProperties' ? Object.values(params) : ''
      return `${key}: ${instancePath || 'it'} ${message} ${extra}`.trim()
    })
  }

  function asked({ name, parameters, body, isBodyRequired }: Operation, heard: Heard, at: Record<string, string>) {
    const found: string[] = []
    const of = (where: string) => parameters.filter((one) => one.in === where)
    const known = [...of('query').map((one) => one.name.replace('[]', '')), ...undescribed]
    for (const given of new Set(heard.url.searchParams.keys()))
      if (!known.includes(given.replace('[]', ''))) found.push(`${name}: it takes no ${given} in its query`)
    for (const { name: named, in: where, required, schema } of [...of('query'), ...of('path')]) {
      const all = where === 'path' ? [at[named]] : heard.url.searchParams.getAll(named)
      if (all.length === 0 && required) found.push(`${name}: it needs ${named} in its query`)
      if (all.length === 0) continue
      const value = { value: all.length === 1 ? all[0] : all }
      found.push(...problems(`${name} ${named}`, { properties: { value: schema } }, value, texts))
    }
    if (heard.body.length === 0) return isBodyRequired ? [...found, `${name}: it needs a body`] : found
    if (body === null) return [...found, `${name}: it takes no body`]
    return [...found, ...problems(`${name} asked`, body, JSON.parse(heard.body.toString('utf8')))]
  }

  /** Refusals say more than is described. */
  function told({ name, responses }: Operation, { status, body }: NonNullable<Exchange['reply']>): string[] {
    const schema = responses[status]
    if (schema === undefined && refusal.statuses(status))
      return problems(`${name} refused with ${status}`, refusal.schema, JSON.parse(body.toString()), bodies, true)
    if (schema === undefined) return [`${name}: ${status} is no answer of its`]
    if (schema === null) return body.length === 0 || status >= 300 ? [] : [`${name} answered ${status}: with a body`]
    const wanted = saysLess ? (demandless(schema) as Schema) : schema
    return problems(`${name} answered ${status}`, wanted, JSON.parse(body.toString()), answers, status >= 400)
  }

  return ({ heard, reply }: Exchange): string[] => {
    const path = heard.url.pathname.replace(prefix, '')
    const found = operationFor(operations, heard.method, path)
    if (!found) return isOurs(heard) ? [`${heard.method} ${path} is not described`] : []
    return [
      ...(isOurs(heard) ? asked(found.operation, heard, found.at) : []),
      // Not changed since it was last asked for.
      ...(reply && reply.status !== 304 ? told(found.operation, reply) : []),
    ]
  }
}

/** The operation a path is of, the one with the fewest names in it first. */
function operationFor(operations: Operation[], method: string, path: string) {
  const segments = path.split('/')
  const fitting = operations.flatMap((operation) => {
    const [theirs, pattern = ''] = operation.name.split(' ')
    const wanted = pattern.split('/')
    const last = operation.parameters.find(({ name }) => wanted.at(-1) === `{${name}}`)
    const isFit = last?.isLong ? segments.length >= wanted.length : segments.length === wanted.length
    if (theirs !== method || !isFit) return []
    const at: Record<string, string> = {}
    for (const [i, segment] of wanted.entries()) {
      const given = i === wanted.length - 1 ? segments.slice(i).join('/') : segments[i]!
      if (segment.startsWith('{')) at[segment.slice(1, -1)] = decodeURIComponent(given)
      else if (segment !== given) return []
    }
    return [{ operation, at }]
  })
  return fitting.sort((a, b) => Object.keys(a.at).length - Object.keys(b.at).length)[0]
}

/**
 * For a compiler: references lead to where shared schemas are, and nothing has a field but those that are described, so that
 * a misspelt one is found and an invented one too. Parts of a whole are open; the whole is closed.
 */
function strict(node: Schema, schemas: Record<string, Schema>, isPart = false): Schema {
  const deep = (one: unknown, part = false): unknown =>
    one !== null && typeof one === 'object' && !Array.isArray(one) ? strict(one as Schema, schemas, part) : one
  const made = Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$ref') return [key, String(value).replace(/^#/, 'all#')]
      if (key === 'properties') return [key, named(value as Schema, (one) => deep(one))]
      // Two ways that both fit are no fault.
      const name = key === 'oneOf' ? 'anyOf' : key
      if (PARTS.includes(key)) return [name, (value as Schema[]).map((one) => deep(one, true))]
      return [key, key === 'items' || key === 'additionalProperties' ? deep(value) : value]
    }),
  )
  return isPart || isOpen(node, schemas) ? made : { ...made, unevaluatedProperties: false }
}

/** Without a word of what has to be there. */
function demandless(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(demandless)
  if (node === null || typeof node !== 'object') return node
  const { required, properties, ...rest } = node as Schema
  const kept = named(rest, demandless)
  return properties ? { ...kept, properties: named(properties as Schema, demandless) } : kept
}

const PARTS = ['allOf', 'anyOf', 'oneOf']
const named = (all: Schema, each: (one: unknown) => unknown): Schema =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, each(one)]))

/** Whether other fields than the described ones are meant. */
function isOpen(one: Schema, schemas: Record<string, Schema>): boolean {
  if (typeof one.$ref === 'string') return isOpen(schemas[one.$ref.split('/').at(-1)!]!, schemas)
  if (one.additionalProperties !== undefined && one.additionalProperties !== false) return true
  const parts = PARTS.flatMap((key) => (one[key] ?? []) as Schema[]).filter(
    ({ type, required, properties }) =>
      // That something is null, or that fields are needed, says nothing about which there are.
      type !== 'null' && !(required && !properties),
  )
  return one.properties === undefined && (parts.length === 0 || parts.some((part) => isOpen(part, schemas)))
}
