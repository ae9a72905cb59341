/** The sandbox SDK knows one address; in a walk it leads to the emulated machines. */
const real = globalThis.fetch
globalThis.fetch = (input, init) =>
  String(input).startsWith('https://vercel.com/')
    ? real(String(input).replace('https://vercel.com', process.env.EMULATED_MACHINES), {
        ...init,
        dispatcher: undefined,
      })
    : real(input, init)
