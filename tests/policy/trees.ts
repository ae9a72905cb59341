import { createHash } from 'node:crypto'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Entry } from '../../lib/domain/tree.ts'
import { type TreeGateAnswer, type TreeGateOptions, treeGate } from '../../lib/policy/treeGate.ts'

export interface File {
  mode?: string
  bytes: string | Uint8Array
}
/** Files by path; a string is a plain file's text. */
export type Tree = Record<string, string | File>
/** What a change does to a tree; null takes a file away. */
export type Edits = Record<string, string | File | null>

export const FIXTURE = 'tests/nightshift/0123456789ab.json'

export const manifest = Manifest.parse({
  test: { run: 'node --test tests/*.test.ts', report: 'tap' },
  start: 'node --import ./src/instrument.ts src/server.ts',
  prepare: 'sh tools/seed.sh && node ./db/prepare.ts --fresh',
  check: { types: 'tsc --noEmit', lint: null },
})

/** A small web app with one of everything that is protected. */
export const BASE: Tree = {
  ...Object.fromEntries(
    [
      '.env.example .gitattributes .github/workflows/ci.yml .github/CODEOWNERS .husky/pre-commit .npmrc .nvmrc',
      'AGENTS.md CLAUDE.md Dockerfile README.md docs/guide.md middleware.ts next.config.mjs nightshift.json',
      'package.json package-lock.json tsconfig.json vercel.json supabase/config.toml supabase/migrations/001_init.sql',
      'db/prepare.ts tools/seed.sh tools/format.ts prisma/migrations/1/migration.sql packages/ui/.env packages/ui/package.json',
      'src/server.ts src/instrument.ts src/routes/launch.ts src/routes/practices.ts src/lib/json.ts src/lib/author.ts',
      'src/app/api/billing/charge/route.ts src/app/(auth)/page.tsx src/lib/session.ts src/stripe/webhook.ts',
      'src/paypal/webhook/handler.ts src/webhook/github.ts src/app/[id]/page.tsx src/Übersicht.ts src/lib/billing-campaign.ts',
      'tests/launch.test.ts tests/__snapshots__/launch.test.ts.snap tests/nightshift.test.ts tests/nightshift/aaaaaaaaaaaa.json',
      'src/lib/json.test.ts',
    ]
      .flatMap((line) => line.split(/ (?=\S)/))
      .map((path) => [path, `${path}\none\ntwo\nthree\n`]),
  ),
  'bin/run': { mode: '100755', bytes: '#!/bin/sh\n' },
  link: { mode: '120000', bytes: 'src/server.ts' },
  vendored: { mode: '160000', bytes: 'a commit' },
  'public/logo.png': { bytes: Uint8Array.of(137, 80, 78, 71, 0, 1) },
}

export const bytesOf = (file: string | File): Uint8Array => {
  const bytes = typeof file === 'string' ? file : file.bytes
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
}

export function listing(tree: Tree): Entry[] {
  return Object.entries(tree).map(([path, file]) => {
    const bytes = bytesOf(file)
    const oid = createHash('sha1').update(bytes).digest('hex')
    return { path, mode: (typeof file === 'string' ? null : file.mode) ?? '100644', oid, size: bytes.length }
  })
}

export function blobsOf(...trees: Tree[]): Map<string, Uint8Array> {
  const files = trees.flatMap((tree) =>
    Object.values(tree).map((file) => [listing({ x: file })[0]!.oid, bytesOf(file)]),
  )
  return new Map(files as [string, Uint8Array][])
}

export function edited(tree: Tree, edits: Edits): Tree {
  const kept = Object.entries({ ...tree, ...edits }).filter(
    (entry): entry is [string, string | File] => entry[1] !== null,
  )
  return Object.fromEntries(kept)
}

/** The gate on an edited sample app. */
export function gate(edits: Edits, options: Partial<TreeGateOptions> = {}, base: Tree = BASE): TreeGateAnswer {
  const head = edited(base, edits)
  return treeGate(listing(base), listing(head), {
    blobs: blobsOf(base, head),
    manifest,
    protect: [],
    fixtureAllowed: FIXTURE,
    ...options,
  })
}

export const rulesOf = (answer: TreeGateAnswer): string[] => answer.findings.map((finding) => finding.rule)
