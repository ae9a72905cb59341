import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { SCOPES } from '../../lib/adapters/slack/client.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const manifest = readFileSync(join(ROOT, 'slack-manifest.yml'), 'utf8')
const values = (name: string) =>
  [...manifest.matchAll(new RegExp(`^[ -]*${name}: (.+)$`, 'gm'))].map(([, value]) => value!)

test('its scopes are what the calls need, with what a command needs, and no others', () => {
  const list = /^ {4}bot:\n((?: {6}- \S+\n)+)/m.exec(manifest)?.[1] ?? ''
  const asked = [...list.matchAll(/- (\S+)/g)].map(([, scope]) => scope!)
  expect(asked.toSorted()).toEqual([...new Set([...Object.values(SCOPES).flat(), 'commands'])].toSorted())
})

test('its addresses are routes there are', () => {
  const addresses = [...values('url'), ...values('request_url')]
  expect(addresses).toHaveLength(2)
  for (const address of addresses) {
    const { origin, pathname } = new URL(address)
    expect(origin).toBe('https://nightshift.example.com')
    expect(existsSync(join(ROOT, 'app', pathname, 'route.ts'))).toBe(true)
  }
  expect(values('command')).toEqual(['/nightshift'])
  expect(values('is_enabled')).toEqual(['true'])
  expect(values('socket_mode_enabled')).toEqual(['false'])
})
