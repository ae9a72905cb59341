import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GITHUB, GITHUB_GRAPHQL, VERCEL } from './operations.ts'
import { prunedSdl } from './pruneGraphql.ts'
import { type OpenApi, pruned } from './pruneRest.ts'
import { prunedVercel } from './pruneVercel.ts'

/**
 * Makes the descriptions in this folder anew, out of packages nobody here depends on:
 *
 *     npm pack @octokit/openapi @octokit/graphql-schema @vercel/sdk     and unpack the three
 *     node tests/schemas/prune.ts <folder of each, in this order>
 */
const [rest, graphql, vercel] = process.argv.slice(2)
if (!rest || !graphql || !vercel)
  throw new Error('three folders: @octokit/openapi, @octokit/graphql-schema, @vercel/sdk')

const here = (name: string) => join(import.meta.dirname, name)
const versionIn = (folder: string) => (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Named).version

interface Described {
  operations: unknown[]
  schemas: Record<string, unknown>
}

interface Named {
  version: string
}

/** One line an operation and a schema, so that a newer version's differences can be read. */
function lines({ operations, schemas }: Described, from: string): string {
  const each = (rows: string[]) => rows.map((row) => `    ${row}`).join(',\n')
  const named = Object.entries(schemas).map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
  const parts = [
    `  "from": ${JSON.stringify(from)}`,
    `  "operations": [\n${each(operations.map((one) => JSON.stringify(one)))}\n  ]`,
    `  "schemas": {\n${each(named)}\n  }`,
  ]
  return `{\n${parts.join(',\n')}\n}\n`
}

const source = JSON.parse(readFileSync(join(rest, 'generated/api.github.com.json'), 'utf8')) as OpenApi
writeFileSync(here('github.json'), lines(pruned(source, GITHUB), `@octokit/openapi ${versionIn(rest)}`))
const sdl = prunedSdl(readFileSync(join(graphql, 'schema.graphql'), 'utf8'), GITHUB_GRAPHQL)
writeFileSync(here('github.graphql'), `# From @octokit/graphql-schema ${versionIn(graphql)}\n\n${sdl}`)
writeFileSync(here('vercel.json'), lines(prunedVercel(vercel, VERCEL), `@vercel/sdk ${versionIn(vercel)}`))
