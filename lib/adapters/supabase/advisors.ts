import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SourceFinding } from '../../domain/source.ts'
import { redactText } from '../../parse/redactText.ts'
import { cutText, visible } from '../../parse/visible.ts'
import type { SupabaseApi } from './api.ts'
import { unreachable } from './trouble.ts'

const KINDS = ['security', 'performance'] as const
/** More than any project has; a list without an end is none. */
const MOST = 500

const text = z.string().max(20_000)
const Lints = z.object({
  lints: z.array(
    z.object({
      name: text,
      title: text,
      level: text.optional(),
      detail: text.optional(),
      description: text.optional(),
      remediation: text.nullish(),
      metadata: z.object({ schema: text.nullish(), name: text.nullish() }).nullish(),
      cache_key: text,
    }),
  ),
})

/** Everything the advisors find right now, each once; both of them, or it is not known what has gone. */
export async function findingsOf(api: SupabaseApi): Promise<SourceFinding[]> {
  const found = new Map<string, SourceFinding>()
  for (const kind of KINDS) {
    const { json } = await api.get(`/advisors/${kind}`)
    const read = Lints.safeParse(json)
    if (!read.success) throw unreachable('Supabase’s advisors say something else than findings')
    for (const lint of read.data.lints.slice(0, MOST)) {
      const about = [lint.metadata?.schema, lint.metadata?.name].filter(Boolean).join('.')
      const key = createHash('sha256').update(`supabase:${lint.cache_key}`).digest('hex').slice(0, 24)
      found.set(key, {
        key,
        title: shown(about ? `${lint.title}: ${about}` : lint.title, 160),
        why: shown(`Supabase’s ${kind} advisor: ${lint.detail ?? lint.description ?? lint.title}`, 1000),
      })
    }
  }
  return [...found.values()]
}

/** Names of tables are the team's, and anybody's who may make one. */
const shown = (words: string, most: number): string => cutText(redactText(visible(words).replace(/\s+/g, ' ')), most)
