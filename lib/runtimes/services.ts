import type { DetectedService } from '../domain/runtime.ts'
import { baseOf, type Tree } from './tree.ts'

const COMPOSE = /^(?:docker-)?compose[\w.-]*\.ya?ml$/
const CI = /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|\.travis\.yml)$/
/** Images by the last segment of their name. */
const IMAGES: [RegExp, DetectedService['name']][] = [
  [/^(?:postgres(?:ql)?|postgis|pgvector|timescaledb|supabase-postgres)$/, 'postgres'],
  [/^(?:redis|valkey|keydb|redis-stack(?:-server)?)$/, 'redis'],
  [/^(?:mysql|mysql-server|mariadb|percona)$/, 'mysql'],
  [/^(?:mongo|mongodb(?:-community-server)?)$/, 'mongodb'],
]

/** Services that compose and CI files start beside the tests, each with the first file that says so. */
export function detectServices(tree: Tree): DetectedService[] {
  const found = new Map<DetectedService['name'], string>()
  const add = (name: DetectedService['name'] | undefined, why: string) => {
    if (name !== undefined && !found.has(name)) found.set(name, why)
  }
  for (const path of tree.paths) {
    const compose = COMPOSE.test(baseOf(path))
    if (!compose && !CI.test(path)) continue
    for (const line of tree.text(path).split('\n')) {
      const image = /^\s*(?:- )?(?:image|name): *['"]?([\w./-]{1,200})/.exec(line.slice(0, 400))?.[1]
      const listed = CI.test(path)
        ? /^\s*- ['"]?(?:[\w.-]+\/)*([a-z]+)(?::[\w.-]+)?['"]?\s*$/.exec(line.slice(0, 200))?.[1]
        : null
      const name = image === undefined ? listed : baseOf(image)
      add(IMAGES.find(([pattern]) => pattern.test(name ?? ''))?.[1], `${path} starts ${name}`)
    }
  }
  if (tree.has('supabase/config.toml')) add('postgres', 'supabase/config.toml: the app lives on Supabase')
  for (const line of tree.text('.env.example').split('\n')) {
    const scheme = /^[A-Z_]{1,60}=["']?(postgres|redis|mysql|mongodb)(?:ql)?(?:\+srv)?:\/\//.exec(line)?.[1]
    add(scheme as DetectedService['name'] | undefined, `.env.example names a ${scheme} address`)
  }
  return [...found].map(([name, why]) => ({ name, why }))
}
