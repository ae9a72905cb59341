/** Our own name on a host, asked once, by whichever call comes first; a question that failed is asked again. */
export function nameFrom<Api>(ask: (api: Api) => Promise<string>): (api: Api) => Promise<string> {
  let me: Promise<string> | null = null
  return (api) => {
    me ??= ask(api).catch((error: unknown) => {
      me = null
      throw error
    })
    return me
  }
}
