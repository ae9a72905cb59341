/** Which room a file belongs to, and which rooms it may import from. The design's arrows, as data. */

export const ROOMS: { room: string; owns: RegExp; may: string[] }[] = [
  { room: 'domain', owns: /^lib\/domain\//, may: [] },
  { room: 'errors', owns: /^lib\/errors\.ts$/, may: [] },
  { room: 'world', owns: /^lib\/world(\.ts|\/)/, may: ['domain'] },
  { room: 'config', owns: /^lib\/config(\.ts$|\/)/, may: ['domain', 'errors'] },
  { room: 'stage', owns: /^lib\/policy\/stage[A-Za-z]*\.ts$/, may: ['domain', 'policy'] },
  { room: 'policy', owns: /^lib\/policy\//, may: ['domain', 'stage'] },
  { room: 'parse', owns: /^lib\/parse\//, may: ['domain'] },
  { room: 'runtimes', owns: /^lib\/runtimes\//, may: ['domain', 'parse'] },
  { room: 'recipes', owns: /^lib\/recipes\//, may: ['domain'] },
  { room: 'harness', owns: /^lib\/harness\//, may: ['domain', 'parse', 'recipes', 'runtimes'] },
  { room: 'store', owns: /^lib\/store\//, may: ['domain', 'world'] },
  { room: 'actions', owns: /^lib\/actions\//, may: ['domain', 'policy', 'stage', 'parse', 'store', 'world', 'errors'] },
  { room: 'adapters/index', owns: /^lib\/adapters\/index\.ts$/, may: ['adapters', 'config', 'world', 'domain'] },
  { room: 'adapters', owns: /^lib\/adapters\//, may: ['domain', 'world', 'errors', 'parse', 'store'] },
  {
    room: 'agents',
    owns: /^agents\//,
    may: ['actions', 'policy', 'stage', 'parse', 'runtimes', 'store', 'world', 'domain', 'errors'],
  },
  { room: 'components', owns: /^components\//, may: ['domain', 'stage'] },
  {
    room: 'app',
    owns: /^(app\/|instrumentation\.ts$|proxy\.ts$)/,
    // Policy: the policy page shows the floor and the hours in the policy's own words, not in a copy of them.
    may: [
      'agents',
      'actions',
      'policy',
      'store',
      'components',
      'adapters/index',
      'config',
      'world',
      'domain',
      'errors',
      'stage',
    ],
  },
  {
    room: 'cli',
    owns: /^cli\//,
    may: [
      'agents',
      'actions',
      'policy',
      'parse',
      'runtimes',
      'store',
      'adapters/index',
      'config',
      'world',
      'domain',
      'errors',
      'examples',
      // `--emulated` starts them beside what it runs against them.
      'emulators',
    ],
  },
  { room: 'platform', owns: /^platform\//, may: ['domain', 'route'] },
  { room: 'emulators', owns: /^emulators\//, may: ['domain'] },
  { room: 'examples', owns: /^examples\//, may: [] },
]

/** One function for the route everywhere: the platform counts by the same name as events are read. */
const ROUTE = 'lib/parse/route.ts'

export function roomOf(path: string): string | null {
  return ROOMS.find((room) => room.owns.test(path))?.room ?? null
}

export interface Import {
  from: string
  to: string
  typeOnly: boolean
}

/** Every import that no arrow allows, as a sentence. */
export function forbidden(imports: Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const here = roomOf(from)
    const there = roomOf(to)
    if (here === null) return [`${from} is in no room`]
    if (there === null) return [`${from} imports ${to}, which is in no room`]
    if (here === there) return []
    const may = ROOMS.find((room) => room.room === here)!.may
    if (may.includes(there) || (may.includes('route') && to === ROUTE)) return []
    return [`${from} (${here}) may not import ${to} (${there})`]
  })
}

/** Files on an import cycle, each cycle once; type-only imports vanish and close no cycle. */
export function cycles(imports: Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to])
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (file: string, trail: string[]) => {
    const at = trail.indexOf(file)
    if (at >= 0) {
      found.add([...trail.slice(at)].sort().join(' ↔ '))
      return
    }
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) walk(to, [...trail, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return [...found]
}
