import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VERCEL_UNREAD } from './operations.ts'
import { typeSchemas } from './typeSchemas.ts'

/** The operations behind the SDK's functions of these names: their paths out of its sources, the rest out of its types. */
export function prunedVercel(folder: string, functions: readonly string[]) {
  const models = join(folder, 'esm/models')
  const files = readdirSync(models).filter((name) => name.endsWith('.d.ts'))
  const types = typeSchemas(
    files.map((name) => join(models, name)),
    VERCEL_UNREAD,
  )
  const operations = functions.map((name) => {
    const source = readFileSync(join(folder, 'src/funcs', `${name}.ts`), 'utf8')
    const found = (pattern: RegExp) => pattern.exec(source)?.[1] ?? ''
    const path = found(/pathToFunc\("([^"]+)"\)/)
    const fields = types.fields(`${found(/(\w+)\$outboundSchema/)}$Outbound`)
    const body = fields.find((field) => /^requestBody$/i.test(field.name))
    const parameters = fields.filter((field) => field !== body)
    const told = found(/M\.json\(\d+, (\w+)\$inboundSchema/)
    const statuses = found(/M\.(?:json|nil)\((\[[^\]]+\]|\d+)/).match(/\d+/g) ?? []
    return {
      name: `${found(/method: "([A-Z]+)"/)} ${path}`,
      parameters: parameters.map(({ name, isOptional, schema }) => {
        const where = path.includes(`{${name}}`) ? 'path' : 'query'
        return { name, in: where, required: !isOptional, schema }
      }),
      ...{ body: body?.schema ?? null, isBodyRequired: body !== undefined && !body.isOptional },
      responses: Object.fromEntries(statuses.map((status) => [status, told ? types.named(told) : null])),
    }
  })
  const sorted = Object.entries(types.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  return { operations, schemas: Object.fromEntries(sorted) }
}
