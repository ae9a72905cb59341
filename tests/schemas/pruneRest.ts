/** An OpenAPI 3.0 document, as far as it is read. */
export interface OpenApi {
  info: { version: string }
  paths: Record<string, Record<string, Node>>
  components: Record<string, Record<string, Node>>
}

type Node = Record<string, unknown>

/** Words and examples, which decide nothing. */
const WORDS = ['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'default', 'discriminator']

/** The wanted operations alone, as JSON schemas; what they share stands once, under its name. */
export function pruned(source: OpenApi, wanted: readonly string[]) {
  const schemas: Record<string, unknown> = {}
  const place = (ref: string): Node => {
    const [kind = '', name = ''] = ref.replace('#/components/', '').split('/')
    const found = source.components[kind]?.[name]
    if (!found) throw new Error(`nothing is at ${ref}`)
    return found
  }
  const opened = (node: Node): Node => (typeof node.$ref === 'string' ? opened(place(node.$ref)) : node)

  /** `isNames`: its keys are names of fields, whatever they are called. */
  function plain(node: unknown, isNames = false): unknown {
    if (Array.isArray(node)) return node.map((one) => plain(one))
    if (node === null || typeof node !== 'object') return node
    const { $ref: ref, nullable, ...rest } = node as Node
    if (!isNames && typeof ref === 'string') {
      const name = ref.split('/').at(-1)!
      if (!(name in schemas)) {
        schemas[name] = null
        schemas[name] = plain(place(ref))
      }
      return { $ref: `#/schemas/${name}` }
    }
    const kept = Object.entries(isNames ? (node as Node) : rest).filter(
      ([key]) => isNames || !(WORDS.includes(key) || key.startsWith('x-')),
    )
    const made = Object.fromEntries(
      kept.map(([key, value]) => [key, key === 'enum' ? value : plain(value, !isNames && key === 'properties')]),
    )
    return nullable === true && !isNames ? orNull(made) : made
  }

  const schemaIn = (node: unknown): unknown => {
    const content = (opened((node ?? {}) as Node).content ?? {}) as Record<string, { schema?: unknown }>
    const json = content['application/json']
    return json?.schema === undefined ? null : plain(json.schema)
  }

  const operations = wanted.map((name) => {
    const [method = '', path = ''] = name.split(' ')
    const found = source.paths[path]?.[method.toLowerCase()]
    if (!found) throw new Error(`${name} is not described`)
    const parameters = ((found.parameters ?? []) as Node[]).map(opened).map((one) => ({
      ...{ name: one.name, in: one.in, required: one.required === true, schema: plain(one.schema) },
      // One that may have slashes in it.
      ...(one['x-multi-segment'] === true ? { isLong: true } : {}),
    }))
    const responses = Object.entries(found.responses as Record<string, Node>)
    return {
      ...{ name, parameters, body: found.requestBody ? schemaIn(found.requestBody) : null },
      isBodyRequired: opened((found.requestBody ?? {}) as Node).required === true,
      responses: Object.fromEntries(responses.map(([status, response]) => [status, schemaIn(response)])),
    }
  })
  plain({ $ref: '#/components/schemas/basic-error' })
  return { operations, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function orNull(schema: Node): Node {
  const { type, enum: words } = schema
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  return { ...schema, type: [type, 'null'], ...(Array.isArray(words) ? { enum: [...new Set([...words, null])] } : {}) }
}
