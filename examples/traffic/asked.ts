/** A request without the person who sends it. */
export interface Asked {
  method: 'GET' | 'POST'
  path: string
  /** JSON text, or what somebody took for it. */
  body: string | null
}

export const get = (path: string): Asked => ({ method: 'GET', path, body: null })
export const post = (path: string, body: object): Asked => ({ method: 'POST', path, body: JSON.stringify(body) })
