import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instances } from './instances.ts'
import { forward, refuse } from './proxy.ts'
import type { TargetName } from './state.ts'
import type { Store } from './store.ts'
import type { Traffic } from './traffic.ts'

export interface Routers {
  /** Opens a target's router on a port of 127.0.0.1 (0: any free one) or moves it; answers the port, rejects when it is taken. */
  listen(app: string, environment: string, port: number): Promise<number>
  close(): void
}

/**
 * One listener per target. Which build answers is looked up for each request, so a promotion takes effect with the
 * commit that records it; requests in flight stay with the build they came to.
 */
export function openRouters(store: Store, instances: Instances, traffic: Traffic): Routers {
  const routers = new Map<string, { port: number; server: Server }>()

  function route(app: string, environment: string): Server {
    return createServer((incoming, answer) => {
      const target = store.state().apps[app]?.targets[environment as TargetName]
      const build = store.state().apps[app]?.builds.find((b) => b.id === target?.serving)
      if (!build) return refuse(answer, 503, 'nothing is deployed here yet')
      const leave = instances.enter(build.id)
      const began = performance.now()
      const done = (status: number) => {
        leave()
        const ms = performance.now() - began
        const { method = 'GET', url: path = '/' } = incoming
        traffic.count({ app, environment: build.environment, sha: build.sha, method, path, status, ms })
      }
      const port = instances.port(build.id)
      if (port !== null) return forward(incoming, answer, port, done)
      refuse(answer, 502, 'the app is not running')
      done(502)
    })
  }

  async function listen(app: string, environment: string, port: number): Promise<number> {
    const name = `${app} ${environment}`
    const now = routers.get(name)
    if (now && (port === 0 || port === now.port)) return now.port
    const server = route(app, environment)
    const taken = await new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
    now?.server.close()
    routers.set(name, { port: taken, server })
    return taken
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    listen(app, environment, port) {
      // one after the other: two who register the same app get one router
      const answer = last.then(() => listen(app, environment, port))
      last = answer.catch(() => {})
      return answer
    },
    close() {
      for (const { server } of routers.values()) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}
