import { BASE, type Edits, FIXTURE } from './trees.ts'

export const CHANGED = 'changed\n'
export const moved = (from: string, to: string): Edits => ({ [from]: null, [to]: BASE[from]! })

/** The ways one protected folder and one protected file can be touched without their plain names being edited. */
export const HOSTILE: [string, Edits, string][] = [
  ['edit', { 'supabase/migrations/001_init.sql': CHANGED }, 'migrations'],
  ['add', { 'supabase/migrations/002.sql': CHANGED }, 'migrations'],
  ['delete', { 'supabase/migrations/001_init.sql': null }, 'migrations'],
  ['move out', moved('supabase/migrations/001_init.sql', 'docs/old.sql'), 'migrations'],
  ['move in', moved('docs/guide.md', 'supabase/migrations/guide.md'), 'migrations'],
  ['move within', moved('supabase/migrations/001_init.sql', 'supabase/migrations/002.sql'), 'deleted'],
  ['chmod', { 'vercel.json': { mode: '100755', bytes: BASE['vercel.json'] as string } }, 'mode'],
  ['upper case', { 'Supabase/Migrations/002.sql': CHANGED }, 'migrations'],
  ['case of one letter', { '.gitHub/workflows/x.yml': CHANGED }, 'git'],
  ['full-width letters', { 'supabase/ｍｉｇｒａｔｉｏｎｓ/2.sql': CHANGED }, 'migrations'],
  ['full-width slash', { 'src／migrations／2.sql': CHANGED }, 'migrations'],
  ['long s', { 'vercel.jſon': CHANGED }, 'deploy'],
  ['dotless i', { 'prisma/mıgratıons/2.sql': CHANGED }, 'migrations'],
  ['one dot leader', { '․env': CHANGED }, 'dot-path'],
  ['zero-width space', { 'vercel\u200B.json': CHANGED }, 'deploy'],
  ['HFS-ignorable', { '.g\u200Cit/config': CHANGED }, 'git'],
  ['soft hyphen', { 'ver\u00ADcel.json': CHANGED }, 'deploy'],
  ['bidi override', { 'vercel\u202E.json': CHANGED }, 'path'],
  ['combining mark', { 'vercel\u0335.json': CHANGED }, 'deploy'],
  ['tag characters', { 'vercel.json\u{E0041}': CHANGED }, 'deploy'],
  ['variation selector', { 'vercel.json\uFE0F': CHANGED }, 'deploy'],
  ['trailing dot', { 'vercel.json.': CHANGED }, 'deploy'],
  ['trailing space', { 'vercel.json ': CHANGED }, 'deploy'],
  ['trailing dots on a folder', { 'prisma/migrations. ./2.sql': CHANGED }, 'migrations'],
  ['alternate stream', { 'vercel.json::$DATA': CHANGED }, 'deploy'],
  ['backslash', { 'prisma\\migrations\\2.sql': CHANGED }, 'migrations'],
  ['short name', { 'GIT~1/config': CHANGED }, 'git'],
  ['short name of another', { 'VERCEL~1.JSO': CHANGED }, 'path'],
  ['newline in the name', { 'docs/a\nb.md': CHANGED }, 'path'],
  ['tab in the name', { 'docs/a\tb.md': CHANGED }, 'path'],
  ['quoted, non-ASCII', { 'supabase/migrations/ä"2.sql': CHANGED }, 'migrations'],
  ['not UTF-8', { 'docs/\uFFFD.md': CHANGED }, 'path'],
  ['lone surrogate', { 'docs/\uD800.md': CHANGED }, 'path'],
  ['parent folder', { 'docs/../vercel.json': CHANGED }, 'path'],
  ['absolute', { '/etc/passwd': CHANGED }, 'path'],
  ['empty segment', { 'docs//a.md': CHANGED }, 'path'],
  ['endless name', { [`docs/${'a'.repeat(1100)}.md`]: CHANGED }, 'path'],
  ['endless depth', { [`${'a/'.repeat(70)}a.md`]: CHANGED }, 'path'],
  ['new symlink', { 'docs/x': { mode: '120000', bytes: '../.env' } }, 'symlink'],
  ['file becomes a symlink', { 'src/server.ts': { mode: '120000', bytes: '/proc/self/environ' } }, 'symlink'],
  ['symlink becomes a file', { link: CHANGED }, 'symlink'],
  ['symlink pointed elsewhere', { link: { mode: '120000', bytes: '.env' } }, 'symlink'],
  ['symlink taken away', { link: null }, 'symlink'],
  ['folder becomes a symlink', { 'prisma/migrations': { mode: '120000', bytes: '../tmp' } }, 'symlink'],
  ['new submodule', { 'docs/sub': { mode: '160000', bytes: 'x' } }, 'submodule'],
  ['submodule moved on', { vendored: { mode: '160000', bytes: 'another commit' } }, 'submodule'],
  ['submodule taken away', { vendored: null }, 'submodule'],
  ['new executable', { 'docs/x.sh': { mode: '100755', bytes: CHANGED } }, 'mode'],
  ['executable edited', { 'bin/run': { mode: '100755', bytes: CHANGED } }, 'mode'],
  ['executable made plain', { 'bin/run': '#!/bin/sh\n' }, 'mode'],
  ['odd mode', { 'docs/x': { mode: '100664', bytes: CHANGED } }, 'mode'],
  ['a folder listed as an entry', { 'docs/x': { mode: '040000', bytes: CHANGED } }, 'mode'],
  ['attributes at any depth', { 'src/.gitattributes': CHANGED }, 'git'],
  ['NUL bytes', { 'src/a.ts': { bytes: Uint8Array.of(97, 0, 98) } }, 'binary'],
  ['not UTF-8 content', { 'src/a.ts': { bytes: Uint8Array.of(97, 0xff) } }, 'binary'],
  ['binary edited', { 'public/logo.png': CHANGED }, 'binary'],
  ['case collision of a file', { 'src/Server.ts': CHANGED }, 'collision'],
  ['case collision of a folder', { 'SRC/new.ts': CHANGED }, 'collision'],
  ['a file named like a folder', { Src: CHANGED }, 'collision'],
  ['NFC and NFD', { [`src/${'Übersicht'.normalize('NFD')}.ts`]: CHANGED }, 'collision'],
  ['renamed by case alone', moved('README.md', 'Readme.md'), 'deleted'],
  ['deleted source', { 'src/lib/json.ts': null }, 'deleted'],
]

export const GUARD = "one\ntwo\nif (!practice) return json(res, 404, { error: 'practice not found' })\nthree\n"
export const fixture = {
  [FIXTURE]: '{"request":{"method":"POST","path":"/api/campaigns/launch"},"expect":{"status":404}}\n',
}

/** Files an honest fix edits or adds; most are no part of the sample app, so they are put into both sides. */
export const EDITED = [
  'src/routes/launch.ts src/routes/practices.ts src/server.ts src/instrument.ts src/lib/json.ts src/lib/author.ts',
  'src/lib/billing-campaign.ts src/webhook/github.ts src/app/[id]/page.tsx src/Übersicht.ts README.md docs/guide.md',
  'app/page.tsx app/(shop)/cart/page.tsx app/api/[...path]/route.ts app/@modal/page.tsx components/LoginForm.tsx',
  'packages/api/src/index.ts lib/db/client.py cmd/server/main.go src/main.rs src/main/java/App.java index.html',
  'src/config.ts src/sessions.ts src/lib/supabase/client.ts src/middlewares/cors.ts public/robots.txt styles/main.css',
  'src/migrate.ts src/docker.ts src/testing/factory.ts src/latest.ts src/inspector.ts src/payment-form.tsx',
  'src/環境.ts src/a-very-long-name-for-a-file-that-does-one-thing.ts worker/jobs/retry.ts sql/queries.sql locales/de.json',
].flatMap((line) => line.split(' '))

/** Other honest changes. */
export const HONEST: [string, Edits][] = [
  ['a new source file', { 'src/lib/guard.ts': 'export const guard = 1\n' }],
  ['a new test', { 'tests/guard.test.ts': "test('guards', () => {})\n" }],
  ['a new test beside its source', { 'src/lib/guard.spec.ts': "test('guards', () => {})\n" }],
  ['a new folder', { 'src/new/deep/folder/a.ts': 'export {}\n' }],
  ['two files', { 'src/server.ts': GUARD, 'src/lib/json.ts': GUARD }],
  ['an empty file', { 'src/empty.ts': '' }],
  ['a lost last newline', { 'src/server.ts': 'one' }],
  ['a byte order mark', { 'src/server.ts': '\uFEFFone\n' }],
  ['Windows line ends', { 'src/server.ts': 'one\r\ntwo\r\n' }],
]
