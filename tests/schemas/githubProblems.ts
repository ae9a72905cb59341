import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { buildSchema, execute, type GraphQLSchema, parse, validate } from 'graphql'
import type { Exchange } from '../../emulators/service.ts'
import { described } from './described.ts'

const rest = described('github.json', {
  isOurs: ({ headers }) => headers['user-agent']?.startsWith('nightshift') ?? false,
  prefix: /^\/api\/v3(?=\/)/,
  refusal: {
    statuses: (status) => [401, 403, 404, 429].includes(status) || status >= 500,
    schema: { $ref: '#/schemas/basic-error' },
  },
})
const schema = buildSchema(readFileSync(join(import.meta.dirname, 'github.graphql'), 'utf8'))

interface Asked {
  query: string
  variables?: Record<string, unknown>
}

interface Told {
  data?: Record<string, unknown> | null
  errors?: { message?: unknown; type?: unknown }[]
}

/** The query and its variables as the schema has them; and an answer that is what was selected, of the types it says. */
async function graphqlProblems({ heard, reply }: Exchange, of: GraphQLSchema): Promise<string[]> {
  const { query, variables = {} } = JSON.parse(heard.body.toString('utf8')) as Asked
  const document = parse(query)
  const wrong = validate(of, document).map(({ message }) => `GraphQL: ${message}`)
  if (wrong.length > 0 || !reply || reply.status !== 200) return wrong
  const { data = null, errors } = JSON.parse(reply.body.toString()) as Told
  const made = await execute({
    ...{ schema: of, document, variableValues: variables, rootValue: data ?? {} },
    // The one interface that is asked about is asked for its commits.
    typeResolver: () => 'Commit',
  })
  const refused = (made.errors ?? []).map(({ message }) => `GraphQL: ${message}`)
  if (errors)
    return data === null && errors.every(({ message }) => typeof message === 'string') ? [] : ['GraphQL: errors']
  if (refused.length > 0) return refused
  return isDeepStrictEqual(plain(made.data), data) ? [] : [`GraphQL: ${query} was answered with other fields`]
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

export const githubProblems = (exchange: Exchange): Promise<string[]> | string[] =>
  exchange.heard.url.pathname.endsWith('/graphql') ? graphqlProblems(exchange, schema) : rest(exchange)
