/** Where the error SDK of the app sends what it sees. It is in every page of the app, so it is no secret. */
export function Dsn({ dsn }: { dsn: string }) {
  return (
    <>
      <p className="max-w-prose">
        Give this address to the error SDK of the app, as its DSN; any SDK of Sentry’s will do. Deploy, and cause one
        error on purpose: it appears on the board.
      </p>
      <pre className="block-code">{dsn}</pre>
    </>
  )
}
