export interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
}

export interface Answer {
  status: number
  json: unknown
}

export const ok = (json: unknown, status = 200): Answer => ({ status, json })

/** An error as the service words it. */
export const no = (status: number, code: string, message = code): Answer => ({
  status,
  json: { error: { code, message } },
})
