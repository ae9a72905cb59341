import { expect, it } from 'vitest'
import { targetInside } from '../../../lib/adapters/sandbox/adopt/links.ts'

it.each([
  ['a neighbour', 'node_modules/.bin/a', '../a/cli.js', '../a/cli.js'],
  ['a package of the repository', 'node_modules/@org/b', '../../packages/b', '../../packages/b'],
  ['the same by its full path', 'node_modules/@org/b', '/home/me/app/packages/b', '../../packages/b'],
  [
    'a store in another folder',
    'packages/b/node_modules/c',
    '../../../node_modules/.pnpm/c',
    '../../../node_modules/.pnpm/c',
  ],
  ['the repository itself', 'node_modules/self', '..', '..'],
  ['the repository by its full path', 'node_modules/self', '/home/me/app', '..'],
  ['a program of the system', '.venv/bin/python', '/usr/bin/python3', '/usr/bin/python3'],
  ['another folder of its owner', 'node_modules/d', '../../other/d', null],
  ['a folder with the same beginning', 'node_modules/d', '/home/me/app-two/d', null],
  ['a secret', 'node_modules/e', '/etc/shadow', null],
  ['a system path that climbs out', 'node_modules/f', '/usr/bin/../../root/.ssh', null],
  ['a version manager', '.venv/bin/python', '/home/me/.pyenv/bin/python', null],
])('a link to %s', (_, place, target, expected) => {
  expect(targetInside('/home/me/app', place, target)).toBe(expected)
})

it.each([
  ['a version manager that is shown', '/home/me/.pyenv/versions/3.12/bin/python', true],
  ['another folder with the same beginning', '/home/me/.pyenv/versions/3.12-secret/key', false],
  ['what lies above it', '/home/me/.pyenv/version', false],
])('a link to %s', (_, target, stays) => {
  const shown = ['/home/me/.pyenv/versions/3.12']
  expect(targetInside('/home/me/app', '.venv/bin/python', target, shown)).toBe(stays ? target : null)
})
