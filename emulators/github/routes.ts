import { commitRoutes } from './commitRoutes.ts'
import { issueRoutes } from './issueRoutes.ts'
import { objectRoutes } from './objectRoutes.ts'
import { pullRoutes } from './pullRoutes.ts'
import { refRoutes } from './refRoutes.ts'
import type { GithubService } from './service.ts'
import { statusRoutes } from './statusRoutes.ts'
import type { Access, Answer, Call, Login, Repo } from './types.ts'

export interface Turn {
  service: GithubService
  repo: Repo
  login: Login
  call: Call
  /** What the pattern's `{names}` stand for. */
  at: Record<string, string>
}

export interface Route {
  method: string
  /** After `/repos/{owner}/{repo}/`. */
  pattern: string
  /** Permission and what of it, as the reference lists it for the endpoint. */
  needs: [permission: string, access: Access]
  answer(turn: Turn): Promise<Answer> | Answer
}

export const ROUTES: Route[] = [
  ...refRoutes,
  ...objectRoutes,
  ...commitRoutes,
  ...pullRoutes,
  ...issueRoutes,
  ...statusRoutes,
]

/** `*` at the end of a pattern takes what is left, slashes included. */
export function matched(pattern: string, path: string[]): Record<string, string> | null {
  const wanted = pattern.split('/')
  const at: Record<string, string> = {}
  for (const [i, segment] of wanted.entries()) {
    if (segment.endsWith('*')) {
      at[segment.slice(0, -1)] = path.slice(i).join('/')
      return path.length > i ? at : null
    }
    const given = path[i]
    if (given === undefined) return null
    if (segment.startsWith('{')) at[segment.slice(1, -1)] = given
    else if (segment !== given) return null
  }
  return path.length === wanted.length ? at : null
}
