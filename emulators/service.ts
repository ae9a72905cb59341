import type { IncomingMessage, ServerResponse } from 'node:http'
import { bytesOf, type Listening, listen } from './listen.ts'
import { answered, type Fault, type Reply, type Trouble, troubleFor, type Words } from './trouble.ts'

/** One request as it arrived. */
export interface Heard {
  method: string
  /** Behind its own address. */
  url: URL
  headers: Record<string, string | undefined>
  body: Buffer
}

/** A request and the service's own answer to it, whatever trouble befell that on its way; null: trouble came first. */
export interface Exchange {
  heard: Heard
  reply: Reply | null
}

/** A stand-in for a service: faults that are meant for its calls, and whoever looks on. */
export interface Emulated extends Listening {
  faults: Fault[]
  watchers: ((exchange: Exchange) => void)[]
  /** Calls that are under way. */
  underWay: number
}

export interface Habits extends Words {
  /** Writes a call down, and says what faults know it by. */
  note(heard: Heard): string
  answer(heard: Heard, trouble: Trouble | null): Promise<Reply> | Reply
}

/** `port`: 0 takes any free one. */
export async function emulate(habits: Habits, port = 0): Promise<Emulated> {
  const listening = await listen((request, response) => void serve(request, response), port)
  const service: Emulated = { ...listening, faults: [], watchers: [], underWay: 0 }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    service.underWay += 1
    response.on('close', () => (service.underWay -= 1))
    const { method = 'GET', headers } = request
    const heard: Heard = {
      ...{ method, url: new URL(request.url ?? '/', service.url), body: await bytesOf(request) },
      headers: headers as Heard['headers'],
    }
    const trouble = troubleFor(service.faults, habits.note(heard))
    let seen = false
    const show = (reply: Reply | null) => {
      seen = true
      for (const watch of service.watchers) watch({ heard, reply })
    }
    await answered(response, trouble, habits, async () => {
      const reply = await habits.answer(heard, trouble)
      show(reply)
      return reply
    })
    if (!seen) show(null)
  }
  return service
}

/** A body that is an object; nothing else is read. */
export const fieldsOf = ({ body }: Heard): Record<string, unknown> =>
  body[0] === 0x7b ? (JSON.parse(body.toString('utf8')) as Record<string, unknown>) : {}
