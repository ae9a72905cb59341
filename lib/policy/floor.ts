import { dependencyHits } from './dependencies.ts'
import type { Hit } from './hit.ts'
import type { FoldedPath } from './paths.ts'
import { isSensitive } from './sensitive.ts'

interface Rule {
  rule: string
  why: string
  hit: (path: FoldedPath) => boolean
}

const named = (...names: string[]) => {
  const set = new Set(names)
  return ({ name }: FoldedPath) => set.has(name)
}
const inside = (...folders: string[]) => {
  const set = new Set(folders)
  return ({ segments }: FoldedPath) => segments.some((segment) => set.has(segment))
}
const starting = (...starts: string[]) => {
  return ({ segments }: FoldedPath) => segments.some((segment) => starts.some((start) => segment.startsWith(start)))
}
const shaped = (shape: RegExp) => {
  return ({ name }: FoldedPath) => shape.test(name)
}

/** The floor of the design, section 4: no policy can take a rule away. Matched at any depth unless it says otherwise. */
const FLOOR: Rule[] = [
  { rule: 'dot-path', why: 'Top-level dot-files steer tools.', hit: ({ segments }) => !!segments[0]?.startsWith('.') },
  { rule: 'git', why: 'Git reads this as settings.', hit: starting('.git', 'git~') },
  { rule: 'ci', why: 'CI settings.', hit: inside('.circleci', '.buildkite', '.husky', '.ci', '.woodpecker') },
  {
    rule: 'ci',
    why: 'CI settings.',
    hit: shaped(
      /^(jenkinsfile(\..+)?|azure-pipelines.*\.ya?ml|(\.travis|\.drone|bitbucket-pipelines|\.?appveyor|buildspec|cloudbuild|codefresh|wercker)\.ya?ml|(turbo|nx)\.json)$/,
    ),
  },
  { rule: 'env', why: 'Environment files hold secrets.', hit: starting('.env') },
  {
    rule: 'registry',
    why: 'Decides where packages come from, or which runtime runs.',
    hit: (path) => starting('.npmrc', '.yarnrc', '.pnpmfile', '.pnp.')(path) || inside('.yarn', '.cargo', '.mvn')(path),
  },
  {
    rule: 'registry',
    why: 'Decides where packages come from, or which runtime runs.',
    hit: named(
      'bunfig.toml',
      'pnpm-workspace.yaml',
      '.pypirc',
      'pip.conf',
      '.netrc',
      '.nvmrc',
      '.node-version',
      '.tool-versions',
    ),
  },
  {
    rule: 'deploy',
    why: 'Decides how the app is deployed.',
    hit: shaped(
      /^((vercel|firebase)\.json|(netlify|fly)\.toml|wrangler\.(toml|jsonc?)|(render|serverless)\.ya?ml|procfile)$/,
    ),
  },
  { rule: 'migrations', why: 'Migrations change data for good.', hit: inside('migrations') },
  { rule: 'supabase', why: 'Database settings.', hit: ({ segments }) => segments[0] === 'supabase' },
  { rule: 'nightshift', why: 'Tells Nightshift how to test and run the app.', hit: named('nightshift.json') },
  { rule: 'tsconfig', why: 'Compiler settings.', hit: shaped(/^[tj]sconfig/) },
  { rule: 'config', why: 'Settings that are code and run in every tool.', hit: shaped(/\.config\../) },
  {
    rule: 'checks',
    why: 'Settings of the checks that judge the change.',
    hit: shaped(/^(\.eslint|\.prettier|biome\.jsonc?$)/),
  },
  { rule: 'middleware', why: 'Runs before every request.', hit: shaped(/^(proxy|middleware)\.[cm]?[jt]sx?$/) },
  {
    rule: 'docker',
    why: 'Decides what the image holds.',
    hit: shaped(
      /^((docker|container)file([._-].*)?|.+\.(docker|container)file|docker-compose.*|compose(\..+)?\.ya?ml|\.dockerignore)$/,
    ),
  },
  { rule: 'codeowners', why: 'Decides who must review.', hit: named('codeowners') },
  {
    rule: 'agents',
    why: 'Instructions that agents obey.',
    hit: inside('.claude', '.cursor', '.windsurf', '.agents', '.codex', '.gemini'),
  },
  {
    rule: 'agents',
    why: 'Instructions that agents obey.',
    hit: shaped(
      /^((agents?|claude|claude\.local|gemini|skill|copilot-instructions)\.md|\.(cursor|windsurf|cline|goose)(rules|hints)|\.aider.*)$/,
    ),
  },
  { rule: 'sensitive', why: 'Sign-in and money are a person’s to change.', hit: isSensitive },
]

/** The floor for people: each rule once, with its reason. */
export const FLOOR_RULES: Pick<Rule, 'rule' | 'why'>[] = [
  ...new Map(FLOOR.map(({ rule, why }) => [rule, { rule, why }])).values(),
]

/** Every rule of the floor a path falls under. */
export function floorHits(path: FoldedPath): Hit[] {
  const hits = FLOOR.filter(({ hit }) => hit(path)).map(({ rule, why }): Hit => ({ rule, why, answer: 'refused' }))
  return [...hits, ...dependencyHits(path)]
}
