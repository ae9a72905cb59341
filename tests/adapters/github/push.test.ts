import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Hub, openHub } from '../../contracts/hub.ts'

let hub: Hub
beforeEach(async () => {
  hub = await openHub()
})
afterEach(() => hub.close())

test('a branch is moved from where it is expected, and never by force', async () => {
  const asked: unknown[] = []
  hub.github.watchers.push(({ heard }) => {
    if (heard.url.pathname === '/graphql')
      asked.push(JSON.parse(heard.body.toString('utf8')).variables.input.refUpdates)
  })
  const { tree } = await hub.actor.commit(hub.base)
  const sha = await hub.actor.composeCommit({ parents: [hub.base], tree, message: 'Next', at: '' })
  expect(await hub.actor.push('staging', sha, hub.base)).toBe('pushed')
  expect(asked).toEqual([[{ name: 'refs/heads/staging', beforeOid: hub.base, afterOid: sha, force: false }]])
})

test('a branch that is elsewhere is not even asked to move', async () => {
  const { tree } = await hub.actor.commit(hub.base)
  const sha = await hub.actor.composeCommit({ parents: [hub.base], tree, message: 'Next', at: '' })
  const other = hub.origin.commit('side', { z: 'z' }, 'Side')
  hub.origin.git('update-ref', 'refs/heads/staging', other)
  hub.origin.git('update-ref', 'refs/heads/agent/fix-00000000000a', other)
  expect(await hub.actor.push('staging', sha, hub.base)).toBe('moved')
  expect(await hub.actor.push('agent/fix-00000000000a', sha, null)).toBe('moved')
  expect(hub.github.calls.filter((call) => /updateRefs|POST .*\/git\/refs/.test(call))).toEqual([])
})
