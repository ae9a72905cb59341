import { TaskStore } from './store.ts'

export interface Request {
  method: string
  path: string
  body?: unknown
}

export interface Response {
  status: number
  body: unknown
}

const problem = (status: number, error: string): Response => ({ status, body: { error } })

/** The API without a server around it: a request in, an answer out. */
export function createApp(store = new TaskStore()): (request: Request) => Response {
  return ({ method, path, body }) => {
    const id = /^\/tasks\/(\d+)$/.exec(path)?.[1]
    if (path === '/tasks') {
      if (method === 'GET') return { status: 200, body: store.list() }
      if (method === 'POST') return create(body)
      return problem(405, 'method not allowed')
    }
    if (id === undefined) return problem(404, 'no such page')
    if (method === 'GET') return show(Number(id))
    if (method === 'DELETE') return remove(Number(id))
    return problem(405, 'method not allowed')
  }

  function create(body: unknown): Response {
    const title = (body as { title?: unknown } | null)?.title
    if (typeof title !== 'string' || title.trim() === '') return problem(400, 'title is required')
    return { status: 201, body: store.create(title.trim()) }
  }

  function show(id: number): Response {
    const task = store.find(id)
    return task ? { status: 200, body: task } : problem(404, 'no such task')
  }

  function remove(id: number): Response {
    return store.remove(id) ? { status: 204, body: null } : problem(404, 'no such task')
  }
}
