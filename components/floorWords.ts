/** Paths that fall under each rule of the floor, for people; held against the rules themselves. */
export const FLOOR_EXAMPLES: Record<string, string[]> = {
  'dot-path': ['.github/', '.vscode/', '.editorconfig'],
  git: ['.gitattributes', '.gitmodules'],
  ci: ['.circleci/', 'Jenkinsfile', 'turbo.json'],
  env: ['.env', '.env.local'],
  registry: ['.npmrc', '.yarnrc.yml', '.nvmrc'],
  deploy: ['vercel.json', 'netlify.toml', 'Procfile'],
  migrations: ['db/migrations/'],
  supabase: ['supabase/'],
  nightshift: ['nightshift.json'],
  tsconfig: ['tsconfig.json'],
  config: ['next.config.mjs', 'vitest.config.ts'],
  checks: ['biome.json', '.eslintrc.json'],
  middleware: ['proxy.ts', 'middleware.ts'],
  docker: ['Dockerfile', 'compose.yaml'],
  codeowners: ['CODEOWNERS'],
  agents: ['AGENTS.md', 'CLAUDE.md', '.cursor/'],
  sensitive: ['src/auth/', 'billing.ts', 'session.ts', 'stripe.ts'],
}

/** What the floor holds besides names: true of every change, under every policy. */
export function wholeInWords(caps: { files: number; lines: number; bytes: number }): string[] {
  return [
    `At most ${caps.files} files, ${caps.lines} lines and ${caps.bytes / 1024} KB a change.`,
    'Text only: no binaries, no symlinks, no submodules, no other file modes.',
    'Existing tests and snapshots stay as they are, and so do the scripts and the driver that nightshift.json names.',
    'package.json, lockfiles and their like need a person’s approval.',
  ]
}
