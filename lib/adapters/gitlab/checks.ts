import { z } from 'zod'
import type { Checks } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'
import { checksOf } from '../review/checks.ts'
import type { Api } from './client.ts'

const Status = z.object({ name: z.string(), status: z.string(), allow_failure: z.boolean().catch(false) })

const FINE = ['success', 'skipped']
/** A job that a person has to start is awaited where the pipeline stands still for it. */
const WAITS = ['manual', 'created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'scheduled', 'canceling']

/** The jobs of a commit's pipelines and what others said of it. None at all is not green: nobody has looked. */
export async function checksAt(api: Api, sha: Sha): Promise<Checks> {
  const all = (await api.list(`repository/commits/${sha}/statuses`, {}, Status)).filter(
    ({ status, allow_failure }) => status !== 'manual' || !allow_failure,
  )
  return checksOf(
    [],
    all.map(({ name: context, status, allow_failure: may }) => ({
      context,
      state:
        FINE.includes(status) || (may && status === 'failed')
          ? 'success'
          : WAITS.includes(status)
            ? 'pending'
            : 'failed',
    })),
  )
}
