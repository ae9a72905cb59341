import { afterEach, beforeEach, expect, test } from 'vitest'
import { listen } from '../../../emulators/listen.ts'
import { blobsInArchive } from '../../../lib/adapters/github/archive.ts'
import { repositories } from '../../../lib/adapters/github/repository.ts'
import { type Hub, openHub } from '../../contracts/hub.ts'

let hub: Hub
beforeEach(async () => {
  hub = await openHub()
})
afterEach(() => hub.close())

const fetched = async (most?: number) => {
  const files = await hub.reader.files(hub.base)
  const api = repositories(hub.options, { metadata: 'read', contents: 'read' })(hub.project).begin()
  return blobsInArchive(api, hub.base, new Set(files.map(({ oid }) => oid)), most)
}

test('an archive’s host leads no further', async () => {
  const elsewhere: string[] = []
  const other = await listen((request, response) => {
    elsewhere.push(request.url ?? '')
    response.end()
  })
  const host = await listen((_, response) => void response.writeHead(302, { location: `${other.url}/on` }).end())
  hub.fault(/tarball/, { kind: 'redirects', to: `${host.url}/archive`, status: 302 })
  await expect(fetched()).rejects.toMatchObject({ code: 'CODE_UNREACHABLE' })
  expect(elsewhere).toEqual([])
  await host.close()
  await other.close()
})

test('an archive that unpacks to more than is read is given up', async () => {
  expect((await fetched()).size).toBe(2)
  await expect(fetched(2000)).rejects.toThrow('larger than is read')
})
