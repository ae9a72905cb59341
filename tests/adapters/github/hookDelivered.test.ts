import { expect, test } from 'vitest'
import { bytesOf, listen } from '../../../emulators/listen.ts'
import { hear } from '../../../lib/actions/hear.ts'
import { githubHook } from '../../../lib/adapters/hook.github.ts'
import { openHub } from '../../contracts/hub.ts'

const SECRET = 'a secret that both sides know'

test('what the emulated GitHub sends is heard, in any order, and a repetition rings nobody', async () => {
  const hub = await openHub()
  const rung: string[] = []
  const seen = new Set<string>()
  const door = await listen(async (request, response) => {
    const header = (name: string) => (request.headers[name] as string | undefined) ?? null
    const heard = { signature: header('x-hub-signature-256'), delivery: header('x-github-delivery') }
    const body = await bytesOf(request)
    const { status } = await hear(githubHook(SECRET), (agent) => rung.push(agent), seen, { ...heard, body })
    response.writeHead(status).end()
  })
  const { hooks } = hub.github.service
  hooks.held = true
  hooks.subscribe(door.url, SECRET)
  const tree = await hub.actor.composeTree(hub.base, [{ path: 'a', bytes: Buffer.from('a\n') }])
  const sha = await hub.actor.composeCommit({ parents: [hub.base], tree, message: 'A\n', at: '2026-11-20T03:00:00Z' })
  await hub.actor.push('agent/fix-000000000001', sha, null)
  await hooks.release()
  expect(hooks.deliveries.map(({ status }) => status)).toEqual([202, 202, 202])
  await hooks.send(hooks.deliveries[1]!)
  expect(hooks.deliveries[1]!.status).toBe(200)
  expect(rung).toHaveLength(6)
  await door.close()
  await hub.close()
})
