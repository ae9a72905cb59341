import type { Brings, Deployment, Serving, ServingPoint, Traffic } from '../domain/deployment.ts'
import type { Environment } from '../domain/event.ts'
import type { FixtureRequest } from '../domain/fixture.ts'
import type { Sha } from '../domain/tree.ts'

/** The port `deploy`: what serves whom, and since when; and a request to what serves. */

export interface DeployReader {
  serving(environment: Environment): Promise<Serving | null>
  deployment(id: string): Promise<Deployment | null>
  /** Traffic in whole minutes from `since` on, oldest first. */
  traffic(environment: Environment, since: Date): Promise<Traffic[]>
  /** What changes beside the code when one deployment gives its traffic to an earlier one. Hosts that keep none leave it out. */
  brings?(from: string, to: string): Promise<Brings>
}

export interface DeployActor extends DeployReader {
  /** Same key, same build. */
  create(sha: Sha, environment: Environment, key: string): Promise<Deployment>
  find(key: string): Promise<Deployment | null>
  /** Compare-and-set on what serves now and on how often that changed, so that there and back again is a change too. */
  promote(environment: Environment, deployment: string, expected: ServingPoint | null): Promise<'promoted' | 'moved'>
  /** The same, to a deployment that has served before. To what serves already it only moves the count on. */
  rollback(environment: Environment, deployment: string, expected: ServingPoint): Promise<'rolled-back' | 'moved'>
}

export interface ProbeAnswer {
  status: number
  ms: number
}

/** Sends one request to an address the host named, never to one from an event. */
export type Probe = (origin: string, request: FixtureRequest) => Promise<ProbeAnswer>
