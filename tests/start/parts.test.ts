import { expect, it } from 'vitest'
import { newParts } from '../../cli/parts.ts'

function recorded() {
  const stopped: string[] = []
  const troubles: string[] = []
  const parts = newParts((name) => troubles.push(name))
  const add = (name: string) =>
    parts.add(name, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      stopped.push(name)
    })
  return { stopped, troubles, parts, add }
}

it('stops what was started last first, one after the other', async () => {
  const { stopped, parts, add } = recorded()
  for (const name of ['database', 'platform', 'server']) add(name)
  await parts.stop()
  expect(stopped).toEqual(['server', 'platform', 'database'])
})

it('stops each part once, however often it is asked', async () => {
  const { stopped, parts, add } = recorded()
  add('database')
  const first = parts.stop()
  await parts.stop()
  expect(stopped).toEqual(['database'])
  await first
  expect(stopped).toEqual(['database'])
})

it('stops the others where one does not stop, and says which', async () => {
  const { stopped, troubles, parts, add } = recorded()
  add('database')
  parts.add('platform', () => Promise.reject(new Error('stuck')))
  add('server')
  await parts.stop()
  expect(stopped).toEqual(['server', 'database'])
  expect(troubles).toEqual(['platform'])
})

it('stops a part that was still starting when everything was asked to stop', async () => {
  const { stopped, parts, add } = recorded()
  add('database')
  const stopping = parts.stop()
  add('late')
  await stopping
  await expect.poll(() => stopped).toEqual(['database', 'late'])
})
