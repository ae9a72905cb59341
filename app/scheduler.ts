import type { Config } from '../lib/config.ts'
import type { Agent } from '../lib/domain/work.ts'

/** The local clock: calls the agents' own doors, as Vercel Cron does for a hosted one. */
export function startScheduler(config: Config, agents: readonly Agent[]): void {
  const busy = new Set<Agent>()
  const call = async (agent: Agent) => {
    if (busy.has(agent)) return
    busy.add(agent)
    try {
      const headers = { authorization: `Bearer ${config.cronSecret}` }
      const response = await fetch(`${config.url}/api/cron/${agent}`, { method: 'POST', headers })
      await response.body?.cancel()
    } catch {
      // The server may not listen yet; the clock comes again.
    } finally {
      busy.delete(agent)
    }
  }
  setInterval(() => agents.forEach((agent) => void call(agent)), config.schedulerMs)
}
