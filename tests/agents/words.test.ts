import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffInWords } from '../../agents/implementer/words.ts'

test.each([
  ['a.sql', 'a\n-- foo\t\nb\n', 'a\n-- bar\t\nb\n'],
  ['a.c', 'x\n', 'x\n++ i;\t\n'],
  ['a.js', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
  ['my file.js', 'a\nb', 'a\nc'],
])('a patch of %s is what git applies, to the letter', (path, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'ns-words-'))
  try {
    const patch = diffInWords({ [path]: before }, [{ path, text: after }])
    expect(patch).toContain(`--- a/${path}\n+++ b/${path}\n`)
    writeFileSync(join(folder, path), before)
    execFileSync('git', ['init', '-q', folder])
    execFileSync('git', ['-C', folder, 'apply', '-'], { input: patch })
    expect(readFileSync(join(folder, path), 'utf8')).toBe(after)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
