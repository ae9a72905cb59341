import type { Project } from '../../lib/domain/project.ts'
import { appFiles } from '../../platform/tests/app.ts'
import { type Bench, openBench } from '../../platform/tests/harness.ts'

/** A running platform with the app `shop`, and commits for it. */
export interface DeployBench extends Bench {
  /** A new commit; with words, one whose build says them and fails. */
  commitNew(words?: string): string
  /** Deployments in log entries of these kinds, in order. */
  deploymentsIn(...what: string[]): Promise<string[]>
}

export async function openDeployBench(): Promise<DeployBench> {
  const bench = await openBench()
  let count = 0
  return {
    ...bench,
    commitNew(words) {
      const build = words === undefined ? {} : { build: `echo ${JSON.stringify(words)}; exit 1` }
      return bench.repository.commit(appFiles(`v${++count}`, build))
    },
    deploymentsIn: async (...what) =>
      (await bench.logged()).filter((entry) => what.includes(entry.what)).map((entry) => String(entry.deployment)),
  }
}

/** Which commit answers at an address, past any protection; null when nothing does. */
export async function answeringCommit(address: string, headers: Record<string, string> = {}): Promise<string | null> {
  const response = await fetch(`${address}/who`, { headers })
  const text = await response.text()
  return response.status === 200 ? (text.split(' ')[1] ?? null) : null
}

/** What adapters read of a project; the rest is not theirs. */
export const shop = (vercel?: Project['settings']['vercel']): Project =>
  ({
    id: 1,
    slug: 'shop',
    settings: { repository: '', branches: { production: 'main', staging: 'staging' }, app: 'shop', vercel },
  }) as unknown as Project
