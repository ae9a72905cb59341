import type { TestCommand } from '../../domain/testRun.ts'
import { startPostgres } from '../services/postgres.ts'

export interface Served {
  /** The task, with where its services are in its environment. */
  task: <T extends TestCommand>(task: T) => T
  /** Every service as it was before the first run. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** What the tests talk to, started inside this sandbox and thrown away with it. Rejects with what a service said. */
export async function serve(workspace: string, services: TestCommand['services']): Promise<Served> {
  if (!services.includes('postgres')) return { task: (task) => task, reset: async () => {}, stop: async () => {} }
  const { env, reset, stop } = await startPostgres(workspace)
  // Theirs first: an address a repository declares is of a database that is not here.
  return { task: (task) => ({ ...task, env: { ...task.env, ...env } }), reset, stop }
}
